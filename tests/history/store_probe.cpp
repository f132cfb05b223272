// SPDX-License-Identifier: Apache-2.0
#include "tests/history/store_probe.hpp"

#include "protocol/event.hpp"

#include <sqlite3.h>

#include <stdexcept>

namespace convoy::history {

/// A statement and the row it is at.
class store_probe::query {
public:
  query(sqlite3* db, const char* sql) : db_(db) {
    if (sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr) != SQLITE_OK)
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
  std::int64_t number(int column) const {
    return sqlite3_column_int64(statement_, column);
  }
  std::string text(int column) const {
    const auto* bytes = sqlite3_column_text(statement_, column);
    const auto size = sqlite3_column_bytes(statement_, column);
    return bytes ? std::string(reinterpret_cast<const char*>(bytes),
                               static_cast<std::size_t>(size))
                 : "";
  }

private:
  [[noreturn]] void fail() const {
    throw std::runtime_error(std::string("the store: ") + sqlite3_errmsg(db_));
  }

  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
};

void store_probe::closer::operator()(sqlite3* db) const {
  sqlite3_close_v2(db);
}

store_probe::store_probe(const std::string& path) {
  sqlite3* db = nullptr;
  const auto result =
      sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr);
  db_.reset(db);
  if (result != SQLITE_OK)
    throw std::runtime_error("cannot open " + path);
  // What a crash has left is for Convoy to put in order.
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

std::map<std::int64_t, std::string> store_probe::users() {
  std::map<std::int64_t, std::string> result;
  query rows(db_.get(), "SELECT id, email FROM users");
  while (rows.next()) {
    const auto email = rows.text(1);
    result[rows.number(0)] = email.substr(0, email.find('@'));
  }
  return result;
}

void store_probe::note_ends(const std::function<void(fact_kind)>& note) {
  const auto names = users();
  query rows(db_.get(), "SELECT user_id, MAX(seq) FROM journal GROUP BY 1");
  while (rows.next())
    note(journal_ended{names.at(rows.number(0)),
                       static_cast<event_number>(rows.number(1))});
}

void store_probe::note_all(const std::function<void(fact_kind)>& note) {
  const auto names = users();
  query rows(db_.get(),
             "SELECT user_id, seq, time, connection_id, conversation_id, kind,"
             " sender, content FROM journal ORDER BY user_id, seq");
  while (rows.next()) {
    content what;
    what.time = rows.number(2);
    what.connection = rows.text(3);
    what.type =
        protocol::to_string(static_cast<protocol::event_kind>(rows.number(5)));
    if (is_message(what.type)) {
      what.conversation = rows.text(4);
      what.from = rows.text(6);
      what.text = rows.text(7);
    }
    note(journal_has{names.at(rows.number(0)),
                     static_cast<event_number>(rows.number(1)),
                     std::move(what)});
  }
  query nonces(db_.get(), "SELECT user_id, nonce, answered, error FROM nonces");
  while (nonces.next())
    note(nonce_kept{names.at(nonces.number(0)), nonces.text(1),
                    nonces.number(2) != 0, nonces.text(3)});
}

} // namespace convoy::history
