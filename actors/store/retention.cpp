// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"
#include "actors/store/journal_rows.hpp"

#include <map>
#include <utility>

// What is too old, or too much, goes in small pieces.
namespace convoy::actors::store {

namespace {

constexpr protocol::timestamp never{};

/// Moves on to the next conversation that has messages; false when there is
/// none of that user.
bool next_conversation(statements& db, cleaning_place& place) {
  auto found = false;
  db.select<std::string, std::string>(
      // The condition on the kind is the one of the index journal_history.
      "SELECT connection_id, conversation_id FROM journal"
      " WHERE user_id = :user"
      " AND (connection_id, conversation_id) > (:connection, :conversation)"
      " AND kind < 20 AND kind <> 4"
      " ORDER BY connection_id, conversation_id LIMIT 1",
      [&](const std::string& connection_id,
          const std::string& conversation_id) {
        place.connection_id = connection_id;
        place.conversation_id = conversation_id;
        found = true;
      },
      stored(place.user), place.connection_id, place.conversation_id);
  return found;
}

bool next_user(statements& db, cleaning_place& place) {
  auto found = false;
  db.select<long long>(
      "SELECT id FROM users WHERE id > :id ORDER BY id LIMIT 1",
      [&](long long id) {
        // Before every conversation, that of a server with no name too.
        place = {user_of(id), {}, {}, place.deleted};
        found = true;
      },
      stored(place.user));
  return found;
}

/// Deletes the oldest messages of the conversation; how many it were.
std::size_t clean_conversation(statements& db, const retention& what,
                               const cleaning_place& place, std::size_t most) {
  const auto before = place.conversation_id.empty() ? what.notices_before
                                                    : what.messages_before;
  if (before == never)
    return 0;
  const auto seqs = select_numbers(db,
                                   "SELECT seq FROM journal"
                                   " WHERE user_id = :user"
                                   " AND connection_id = :connection"
                                   " AND conversation_id = :conversation"
                                   " AND time < :before"
                                   " AND kind < 20 AND kind <> 4"
                                   " ORDER BY time LIMIT :most"
                                       + db.place().sql.lock_free_rows,
                                   stored(place.user), place.connection_id,
                                   place.conversation_id, stored(before),
                                   static_cast<long long>(most));
  delete_rows(db, place.user, seqs);
  return seqs.size();
}

} // namespace

std::size_t database::clean_states(protocol::timestamp before,
                                   std::size_t most) {
  auto& db = impl_->db;
  return db.trying("clean state events", [&] {
    transaction change(db, transaction::kind::write);
    std::map<long long, std::vector<long long>> found;
    std::size_t count = 0;
    db.select<long long, long long>(
        // The condition on the kind is the one of the index journal_states.
        "SELECT user_id, seq FROM journal WHERE time < :before"
        " AND (kind >= 20 OR kind = 4) ORDER BY time LIMIT :most"
            + db.place().sql.lock_free_rows,
        [&](long long user, long long seq) {
          found[user].push_back(seq);
          ++count;
        },
        stored(before), static_cast<long long>(most));
    for (auto& [user, seqs] : found) {
      std::sort(seqs.begin(), seqs.end());
      delete_rows(db, user_of(user), seqs);
    }
    change.commit();
    return count;
  });
}

bool database::clean_messages(const retention& what, cleaning_place& place,
                              std::size_t most) {
  auto& db = impl_->db;
  return db.trying("clean messages", [&] {
    auto reached = place;
    auto is_over = false;
    transaction change(db, transaction::kind::write);
    for (std::size_t deleted = 0, seen = 0; deleted < most && seen < most;) {
      const auto count = clean_conversation(db, what, reached, most - deleted);
      deleted += count;
      reached.deleted += count;
      ++seen;
      if (deleted == most)
        break;
      if (!next_conversation(db, reached) && !next_user(db, reached)) {
        reached = {{}, {}, {}, reached.deleted};
        is_over = true;
        break;
      }
    }
    change.commit();
    place = std::move(reached);
    return is_over;
  });
}

std::size_t database::clean_largest(std::uint64_t max_bytes, std::size_t most) {
  if (max_bytes == 0)
    return 0;
  auto& db = impl_->db;
  return db.trying("clean large journals", [&] {
    transaction change(db, transaction::kind::write);
    long long user = 0;
    long long excess = 0;
    db.select<long long, long long>(
        "SELECT id, journal_bytes - :most FROM users"
        " WHERE journal_bytes > :bytes LIMIT 1"
            + db.place().sql.lock_free_rows,
        [&](long long id, long long bytes) {
          user = id;
          excess = bytes;
        },
        static_cast<long long>(max_bytes), static_cast<long long>(max_bytes));
    if (user == 0)
      return std::size_t{0};
    const auto seqs = select_numbers(db,
                                     "SELECT seq FROM journal"
                                     " WHERE user_id = :user"
                                     " ORDER BY seq LIMIT :most",
                                     user, static_cast<long long>(most));
    std::vector<long long> oldest;
    for (const auto& each : find_rows(db, user_of(user), seqs)) {
      if (excess <= 0)
        break;
      excess -= bytes_of(each);
      oldest.push_back(static_cast<long long>(each.seq));
    }
    delete_rows(db, user_of(user), oldest);
    // The count of a journal that was made before there was one is not exact.
    if (oldest.empty())
      db.execute("UPDATE users SET journal_bytes = 0 WHERE id = :id", user);
    change.commit();
    return oldest.size();
  });
}

} // namespace convoy::actors::store
