// SPDX-License-Identifier: Apache-2.0
#include "actors/store/journal_group.hpp"

#include "actors/secrets.hpp"
#include "actors/store/amendments.hpp"
#include "actors/store/connections.hpp"
#include "actors/store/event_row.hpp"
#include "actors/store/homes.hpp"
#include "actors/store/journal_batch.hpp"
#include "actors/store/journal_rows.hpp"
#include "protocol/event_extra.hpp"
#include "protocol/json.hpp"

#include <map>
#include <set>
#include <tuple>

namespace convoy::actors::store::postgresql {

namespace {

using protocol::json_writer;

/// Rows that one statement takes, at most.
constexpr std::size_t rows_at_once = 1000;

/// What a group does to one user's numbering.
struct advancing {
  long long before = 0;
  long long last = 0;
  long long bytes = 0;
};

/// The array that a statement takes its rows from.
class json_rows {
public:
  json_rows() {
    out_.begin_array();
  }

  json_writer& begin() {
    ++count_;
    return out_.begin_object();
  }
  void end() {
    out_.end_object();
  }
  std::size_t count() const noexcept {
    return count_;
  }
  /// The array; from then on it is a new one.
  std::string take() {
    out_.end_array();
    auto result = out_.take();
    out_.begin_array();
    count_ = 0;
    return result;
  }

private:
  json_writer out_;
  std::size_t count_ = 0;
};

void put(json_writer& row, const char* name, long long value) {
  row.key(name).number(static_cast<std::int64_t>(value));
}

class group {
public:
  group(statements& db, std::string_view key, node_epoch home)
      : db_(db), key_(key), home_(home) {
    // nop
  }

  void write(std::span<const journal_batch* const> batches);

private:
  using conversation_place =
      std::tuple<protocol::user_id, std::string, std::string>;

  void advance_all(std::span<const journal_batch* const> batches);
  void advance_many(const std::map<protocol::user_id, advancing>& users);
  void expect_ours(const std::vector<long long>& users);
  void write_one(const journal_batch& batch, bool alone);
  void put_event(protocol::user_id user, const protocol::event& event);
  void flush_events();
  void flush_conversations();

  statements& db_;
  std::string_view key_;
  node_epoch home_;
  json_rows events_;
  std::map<conversation_place, const protocol::conversation*> conversations_;
};

void group::advance_all(std::span<const journal_batch* const> batches) {
  std::map<protocol::user_id, advancing> moved;
  std::vector<long long> others;
  for (const auto* each : batches) {
    if (each->events.empty()) {
      others.push_back(stored(each->user));
      continue;
    }
    check_gapless(db_, *each);
    const auto first = static_cast<long long>(each->events.front().seq);
    const auto [place, is_new] =
        moved.try_emplace(each->user, advancing{first - 1, first - 1, 0});
    auto& user = place->second;
    if (!is_new && user.last != first - 1)
      db_.fail<store_conflict>(append_to(each->user),
                               "event " + std::to_string(first)
                                   + " does not follow "
                                   + std::to_string(user.last));
    user.last = static_cast<long long>(each->events.back().seq);
    for (const auto& event : each->events)
      user.bytes += bytes_of(event);
  }
  if (!moved.empty())
    advance_many(moved);
  if (!others.empty())
    expect_ours(others);
}

void group::advance_many(const std::map<protocol::user_id, advancing>& users) {
  json_rows rows;
  for (const auto& [user, what] : users) {
    auto& row = rows.begin();
    put(row, "u", stored(user));
    put(row, "f", what.before);
    put(row, "l", what.last);
    put(row, "b", what.bytes);
    rows.end();
  }
  std::set<long long> done;
  db_.select<long long>(
      "UPDATE users SET last_seq = j.l, journal_bytes = journal_bytes + j.b"
      " FROM json_to_recordset(CAST(:rows AS JSON))"
      " AS j(u BIGINT, f BIGINT, l BIGINT, b BIGINT)"
      " WHERE users.id = j.u AND users.last_seq = j.f"
      " AND users.home_epoch = :home RETURNING users.id",
      [&](long long id) { done.insert(id); }, rows.take(),
      static_cast<long long>(home_));
  for (const auto& [user, what] : users)
    if (!done.contains(stored(user)))
      refuse_to_follow(db_, user, what.before + 1, home_);
}

void group::expect_ours(const std::vector<long long>& users) {
  const auto& sql = db_.place().sql;
  std::vector<std::pair<long long, node_epoch>> strangers;
  db_.select<long long, long long>(
      "SELECT id, home_epoch FROM users WHERE id" + sql.is_in_list
          + " ORDER BY id" + sql.lock_rows,
      [&](long long id, long long home) {
        if (home != home_)
          strangers.emplace_back(id, home);
      },
      sql.list_of(users));
  for (const auto& [id, home] : strangers)
    db_.fail<store_conflict>(append_to(user_of(id)), describe_home(db_, home));
}

void group::put_event(protocol::user_id user, const protocol::event& event) {
  auto& row = events_.begin();
  put(row, "u", stored(user));
  put(row, "s", static_cast<long long>(event.seq));
  put(row, "t", stored(event.time));
  row.field("c", event.connection_id).field("v", event.conversation_id);
  put(row, "k", static_cast<long long>(event.kind));
  put(row, "h", event.highlight ? 1 : 0);
  put(row, "x", event.has_text ? 1 : 0);
  put(row, "n", event.unread);
  put(row, "o", event.notifications);
  row.field("a", event.name)
      .field("f", event.from)
      .field("g", event.target)
      .field("b", event.text)
      .field("p", event.topic)
      .field("e", event.extra)
      .field("i", protocol::msgid_of(event));
  events_.end();
  if (events_.count() == rows_at_once)
    flush_events();
}

void group::flush_events() {
  if (events_.count() == 0)
    return;
  static const auto sql =
      std::string("INSERT INTO journal (user_id, ") + event_columns
      + ", msgid) SELECT * FROM json_to_recordset(CAST(:rows AS JSON))"
        " AS j(u BIGINT, s BIGINT, t BIGINT, c TEXT, v TEXT, k INTEGER,"
        " h INTEGER, x INTEGER, n BIGINT, o BIGINT, a TEXT, f TEXT, g TEXT,"
        " b TEXT, p TEXT, e TEXT, i TEXT)";
  db_.execute(sql, events_.take());
}

void group::flush_conversations() {
  if (conversations_.empty())
    return;
  json_rows rows;
  for (const auto& [place, what] : conversations_) {
    auto& row = rows.begin();
    put(row, "u", stored(std::get<0>(place)));
    row.field("c", std::get<1>(place))
        .field("i", what->id)
        .field("n", what->name)
        .field("t", what->topic)
        .field("f", what->frozen)
        .field("k", seal(key_, what->key))
        .field("o", what->info);
    put(row, "d", static_cast<long long>(what->unread));
    put(row, "h", static_cast<long long>(what->notifications));
    put(row, "r", static_cast<long long>(what->read_seq));
    put(row, "l", stored(what->last_time));
    row.field("m", what->last_msgid);
    rows.end();
  }
  static const auto sql =
      std::string("INSERT INTO conversations (") + conversation_columns
      + ") SELECT * FROM json_to_recordset(CAST(:rows AS JSON))"
        " AS j(u BIGINT, c TEXT, i TEXT, n TEXT, t TEXT, f TEXT, k TEXT,"
        " o TEXT, d BIGINT, h BIGINT, r BIGINT, l BIGINT, m TEXT)"
      + replace_conversation;
  db_.execute(sql, rows.take());
  conversations_.clear();
}

void group::write_one(const journal_batch& batch, bool alone) {
  for (const auto& event : batch.events) {
    put_event(batch.user, event);
    // It looks at rows, and at those before its own only.
    if (amends(event)) {
      flush_events();
      amend(db_, batch.user, event);
    }
  }
  for (const auto& connection : batch.connections)
    write_connection(db_, key_, batch.user, connection);
  for (const auto& [connection_id, conversation] : batch.changed)
    if (alone)
      write_changed(db_, key_, batch.user, connection_id, conversation);
    else
      conversations_[{batch.user, connection_id, conversation.id}] =
          &conversation;
  if (!batch.removed.empty())
    flush_conversations();
  write_rest(db_, batch);
}

void group::write(std::span<const journal_batch* const> batches) {
  const auto alone = batches.size() == 1;
  if (!alone)
    advance_all(batches);
  else if (batches.front()->events.empty())
    must_live_at(db_, home_, batches.front()->user,
                 append_to(batches.front()->user));
  else {
    check_gapless(db_, *batches.front());
    advance(db_, *batches.front(), home_);
  }
  for (const auto* each : batches)
    write_one(*each, alone);
  flush_events();
  flush_conversations();
}

} // namespace

void append_group(statements& db, std::string_view key, node_epoch home,
                  std::span<const journal_batch* const> batches) {
  group{db, key, home}.write(batches);
}

} // namespace convoy::actors::store::postgresql
