// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"

// What is not read, counted anew (the user actor counts as it goes).
namespace convoy::actors::store {

namespace {

/// Throws when the journal does not have all that its user knows of: counting
/// would miss it.
void must_reach(statements& db, protocol::user_id user, long long last) {
  long long stands = 0;
  db.select<long long>(
      "SELECT last_seq FROM users WHERE id = :id",
      [&](long long seq) { stands = seq; }, stored(user));
  if (stands < last)
    db.fail("count unread messages of user " + protocol::to_string(user),
            "event " + std::to_string(last) + " is not committed");
}

} // namespace

read_count database::count_unread(protocol::user_id user,
                                  const std::string& connection_id,
                                  const std::string& conversation_id,
                                  protocol::event_seq seq,
                                  protocol::event_seq last) {
  auto& db = impl_->db;
  return db.trying(
      "count unread messages of user " + protocol::to_string(user), [&] {
        transaction snapshot(db, transaction::kind::read);
        const auto up_to = static_cast<long long>(seq);
        const auto newest = static_cast<long long>(last);
        must_reach(db, user, newest);
        read_count result;
        result.seq = seq;
        // The conditions are those of the indexes journal_unread and
        // journal_highlights.
        db.select<long long>(
            "SELECT COUNT(*) FROM journal WHERE user_id = :user"
            " AND connection_id = :connection"
            " AND conversation_id = :conversation"
            " AND seq > :seq AND seq <= :last AND unread = 1 AND kind < 20",
            [&](long long count) {
              result.unread = static_cast<std::uint32_t>(count);
            },
            stored(user), connection_id, conversation_id, up_to, newest);
        db.select<long long>(
            "SELECT COALESCE(SUM(notifications), 0) FROM journal"
            " WHERE user_id = :user AND seq > :seq AND seq <= :last"
            " AND highlight = 1 AND kind < 20 AND kind <> 4"
            " AND connection_id = :connection"
            " AND conversation_id = :conversation",
            [&](long long count) {
              result.notifications = static_cast<std::uint32_t>(count);
            },
            stored(user), up_to, newest, connection_id, conversation_id);
        db.select<long long>(
            "SELECT time FROM journal WHERE user_id = :user"
            " AND seq <= :seq ORDER BY seq DESC LIMIT 1",
            [&](long long time) { result.when = time_of(time); }, stored(user),
            up_to);
        // No later than that, for the newest may have come in late.
        const auto when = stored(result.when);
        result.when = {};
        db.select<long long>(
            "SELECT time FROM journal WHERE user_id = :user"
            " AND connection_id = :connection"
            " AND conversation_id = :conversation AND time <= :time"
            " AND kind < 20 AND kind <> 4 ORDER BY time DESC LIMIT 1",
            [&](long long time) { result.when = time_of(time); }, stored(user),
            connection_id, conversation_id, when);
        return result;
      });
}

protocol::event_seq database::last_message(protocol::user_id user,
                                           const std::string& connection_id,
                                           const std::string& conversation_id,
                                           protocol::timestamp time) {
  auto& db = impl_->db;
  return db.trying("last message of user " + protocol::to_string(user), [&] {
    protocol::event_seq result = 0;
    db.select<long long>(
        "SELECT seq FROM journal WHERE user_id = :user"
        " AND connection_id = :connection"
        " AND conversation_id = :conversation AND time <= :time"
        " AND kind < 20 AND kind <> 4 ORDER BY time DESC, seq DESC LIMIT 1",
        [&](long long seq) { result = static_cast<protocol::event_seq>(seq); },
        stored(user), connection_id, conversation_id, stored(time));
    return result;
  });
}

} // namespace convoy::actors::store
