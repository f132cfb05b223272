// SPDX-License-Identifier: Apache-2.0
#include "tests/history/store_probe.hpp"

#include "protocol/event.hpp"

#include <sqlite3.h>

#include <stdexcept>

namespace convoy::history {

std::map<std::string, std::string> store_probe::users() {
  std::map<std::string, std::string> result;
  ask("SELECT id, email FROM users", [&](const row& one) {
    result[one[0]] = one[1].substr(0, one[1].find('@'));
  });
  return result;
}

void store_probe::note_ends(const std::function<void(fact_kind)>& note) {
  const auto names = users();
  ask("SELECT user_id, MAX(seq) FROM journal GROUP BY 1", [&](const row& one) {
    note(journal_ended{names.at(one[0]), std::stoull(one[1])});
  });
}

void store_probe::note_all(const std::function<void(fact_kind)>& note) {
  const auto names = users();
  ask("SELECT user_id, seq, time, connection_id, conversation_id, kind,"
      " sender, content FROM journal ORDER BY user_id, seq",
      [&](const row& one) {
        content what;
        what.time = std::stoll(one[2]);
        what.connection = one[3];
        what.type = protocol::to_string(
            static_cast<protocol::event_kind>(std::stoi(one[5])));
        if (is_message(what.type)) {
          what.conversation = one[4];
          what.from = one[6];
          what.text = one[7];
        }
        note(journal_has{names.at(one[0]), std::stoull(one[1]),
                         std::move(what)});
      });
  ask("SELECT user_id, nonce, answered, error FROM nonces",
      [&](const row& one) {
        note(nonce_kept{names.at(one[0]), one[1], one[2] != "0", one[3]});
      });
  ask("SELECT user_id, connection_id, id, unread, notifications, read_seq"
      " FROM conversations",
      [&](const row& one) {
        note(counters_kept{names.at(one[0]), one[1], one[2],
                           std::stoull(one[3]), std::stoull(one[4]),
                           std::stoull(one[5])});
      });
}

namespace {

/// A statement and the row it is at.
class query {
public:
  query(sqlite3* db, const std::string& sql) : db_(db) {
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement_, nullptr)
        != SQLITE_OK)
      fail();
  }
  ~query() {
    sqlite3_finalize(statement_);
  }
  query(const query&) = delete;
  query& operator=(const query&) = delete;

  bool next() {
    const auto result = sqlite3_step(statement_);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
      fail();
    return result == SQLITE_ROW;
  }
  store_probe::row row() const {
    store_probe::row result;
    for (auto column = 0; column < sqlite3_column_count(statement_); ++column)
      result.push_back(text(column));
    return result;
  }

private:
  std::string text(int column) const {
    const auto* bytes = sqlite3_column_text(statement_, column);
    const auto size = sqlite3_column_bytes(statement_, column);
    return bytes ? std::string(reinterpret_cast<const char*>(bytes),
                               static_cast<std::size_t>(size))
                 : "";
  }
  [[noreturn]] void fail() const {
    throw std::runtime_error(std::string("the store: ") + sqlite3_errmsg(db_));
  }

  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
};

} // namespace

void sqlite_probe::closer::operator()(sqlite3* db) const {
  sqlite3_close_v2(db);
}

sqlite_probe::sqlite_probe(const std::string& path) {
  sqlite3* db = nullptr;
  const auto result =
      sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr);
  db_.reset(db);
  if (result != SQLITE_OK)
    throw std::runtime_error("cannot open " + path);
  // What a crash has left is for Convoy to put in order.
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void sqlite_probe::ask(const std::string& sql,
                       const std::function<void(const row&)>& take) {
  query rows(db_.get(), sql);
  while (rows.next())
    take(rows.row());
}

} // namespace convoy::history
