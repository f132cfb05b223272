// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"

// What a session that comes back has missed (P3).
namespace convoy::actors::store {

std::vector<protocol::event> database::journal(protocol::user_id user,
                                               protocol::event_seq after,
                                               std::size_t limit) {
  auto& db = impl_->db;
  return db.trying(
      [&] { return "journal of user " + protocol::to_string(user); },
      [&] {
        static const auto sql = std::string("SELECT ") + event_columns
                                + " FROM journal WHERE user_id = :user"
                                  " AND seq > :after ORDER BY seq LIMIT :count";
        return select_events(db, sql, stored(user),
                             static_cast<long long>(after),
                             static_cast<long long>(limit));
      });
}

bool database::has_all(protocol::user_id user, protocol::event_seq after,
                       protocol::event_seq last) {
  if (after >= last)
    return after == last;
  auto& db = impl_->db;
  return db.trying(
      [&] { return "journal of user " + protocol::to_string(user); },
      [&] {
        long long found = 0;
        db.select<long long>(
            "SELECT COUNT(*) FROM journal"
            " WHERE user_id = :user AND seq > :after"
            " AND seq <= :last",
            [&](long long count) { found = count; }, stored(user),
            static_cast<long long>(after), static_cast<long long>(last));
        return static_cast<protocol::event_seq>(found) == last - after;
      });
}

} // namespace convoy::actors::store
