// SPDX-License-Identifier: Apache-2.0
#include "actors/store/history.hpp"

#include "actors/store/database_impl.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace convoy::actors::store {

namespace {

constexpr long long first_time = std::numeric_limits<long long>::min();
constexpr long long last_time = std::numeric_limits<long long>::max();

struct span {
  std::vector<protocol::event> messages; ///< oldest first
  bool cut = false; ///< more of them exist at the end that was not kept
};

span read_span(statements& db, const history_query& query, history_end kept,
               long long from, long long to) {
  span result;
  db.select<long long, long long, std::string, std::string, int, int, int,
            long long, long long, std::string, std::string, std::string,
            std::string, std::string, std::string>(
      history_sql(kept),
      [&](long long seq, long long time, const std::string& connection_id,
          const std::string& conversation_id, int kind, int highlight,
          int has_text, long long unread, long long notifications,
          const std::string& name, const std::string& sender,
          const std::string& target, const std::string& content,
          const std::string& topic, const std::string& extra) {
        result.messages.push_back(
            {static_cast<protocol::event_kind>(kind), highlight != 0,
             has_text != 0, static_cast<std::uint32_t>(unread),
             static_cast<std::uint32_t>(notifications),
             static_cast<protocol::event_seq>(seq), time_of(time),
             connection_id, conversation_id, name, sender, target, content,
             topic, extra});
      },
      stored(query.user), query.connection_id, query.conversation_id, from, to,
      static_cast<long long>(query.limit) + 1);
  if (result.messages.size() > query.limit) {
    result.cut = true;
    result.messages.pop_back();
  }
  if (kept == history_end::newest)
    std::reverse(result.messages.begin(), result.messages.end());
  return result;
}

/// The first time behind an exclusive bound.
long long behind(protocol::timestamp bound) {
  const auto time = stored(bound);
  return time == last_time ? last_time : time + 1;
}

history_page read_page(statements& db, const history_query& query) {
  if (query.around) {
    const auto middle = stored(*query.around);
    auto older = read_span(db, query, history_end::newest, first_time, middle);
    auto newer = read_span(db, query, history_end::oldest, middle, last_time);
    std::move(newer.messages.begin(), newer.messages.end(),
              std::back_inserter(older.messages));
    return {std::move(older.messages), older.cut, newer.cut};
  }
  const auto to = query.before ? stored(*query.before) : last_time;
  if (query.after) {
    auto found =
        read_span(db, query, history_end::oldest, behind(*query.after), to);
    return {std::move(found.messages), false, found.cut};
  }
  auto found = read_span(db, query, history_end::newest, first_time, to);
  return {std::move(found.messages), found.cut, false};
}

} // namespace

// The numbers that the index journal_history and its query name.
static_assert(static_cast<int>(protocol::event_kind::connection) == 20);
static_assert(static_cast<int>(protocol::event_kind::error) == 4);

std::string history_sql(history_end kept) {
  // The condition on the kind is the one of the index journal_history.
  std::string sql = std::string("SELECT ") + event_columns
                    + " FROM journal WHERE user_id = :user"
                      " AND connection_id = :connection"
                      " AND conversation_id = :conversation"
                      " AND time >= :from AND time < :to"
                      " AND kind < 20 AND kind <> 4 ORDER BY time";
  sql += kept == history_end::newest ? " DESC, seq DESC" : ", seq";
  return sql + " LIMIT :count";
}

bool database::clear_history(protocol::user_id user,
                             const std::string& connection_id,
                             const std::string& conversation_id,
                             protocol::event_seq last, std::size_t most) {
  auto& db = impl_->db;
  const auto limit = static_cast<long long>(most);
  return db.trying(
      "clear history of " + connection_id + " of user "
          + protocol::to_string(user),
      [&] {
        // The inner condition is the one of the index, as above.
        return db.execute("DELETE FROM journal WHERE user_id = :user"
                          " AND seq IN (SELECT seq FROM journal"
                          " WHERE user_id = :owner"
                          " AND connection_id = :connection"
                          " AND conversation_id = :conversation"
                          " AND kind < 20 AND kind <> 4 AND seq <= :last"
                          " LIMIT :most)",
                          stored(user), stored(user), connection_id,
                          conversation_id, static_cast<long long>(last), limit)
               < limit;
      });
}

history_page database::history(const history_query& query) {
  auto& db = impl_->db;
  return db.trying(
      [&] {
        return "history of " + query.connection_id + " of user "
               + protocol::to_string(query.user);
      },
      [&] {
        transaction snapshot(db, transaction::kind::read);
        return read_page(db, query);
      });
}

} // namespace convoy::actors::store
