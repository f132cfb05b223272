// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"
#include "actors/store/homes.hpp"
#include "actors/store/journal_rows.hpp"
#include "actors/store/search_index.hpp"

// The search index follows the journal at a distance: what a commit would pay
// for it is more than for all else.
namespace convoy::actors::store {

namespace {

/// The next messages of somebody go into the index; how many events they came
/// out of.
std::size_t index_next(statements& db, protocol::user_id user,
                       std::size_t most) {
  const auto from = indexed_up_to(db, user);
  long long last = 0;
  db.select<long long>(
      "SELECT last_seq FROM users WHERE id = :id",
      [&](long long seq) { last = seq; }, stored(user));
  const auto to = std::min(last, from + static_cast<long long>(most));
  static const auto sql = std::string("SELECT ") + event_columns
                          + " FROM journal WHERE user_id = :user"
                            " AND seq > :from AND seq <= :to"
                            " AND kind < 20 AND kind <> 4 ORDER BY seq";
  std::vector<indexed_message> messages;
  for (const auto& each : select_events(db, sql, stored(user), from, to))
    messages.push_back(
        {static_cast<long long>(each.seq), tokens_of_message(each)});
  put_into_index(db, user, messages);
  db.execute("UPDATE users SET indexed_seq = :to WHERE id = :id", to,
             stored(user));
  return static_cast<std::size_t>(to - from);
}

} // namespace

std::size_t database::index_some(std::size_t most) {
  auto& db = impl_->db;
  return db.trying("index", [&] {
    transaction change(db, transaction::kind::write);
    // The condition is the one of the index users_to_index.
    const auto users = select_numbers(
        db,
        std::string("SELECT id FROM users WHERE last_seq - indexed_seq >= 256"
                    " AND")
            + is_nobody_elses + " ORDER BY id LIMIT :most"
            + db.place().sql.lock_free_rows,
        static_cast<long long>(impl_->home),
        static_cast<long long>(most / 256 + 1));
    std::size_t done = 0;
    for (const auto user : users)
      if (done < most)
        done += index_next(db, user_of(user), most - done);
    change.commit();
    return done;
  });
}

} // namespace convoy::actors::store
