// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"
#include "actors/store/journal_rows.hpp"
#include "actors/store/search_index.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace convoy::actors::store {

namespace {

/// Deletes rows of a user: who, who again, and how many at most.
struct piece {
  const char* sql;
  long long weight = 1; ///< how many small rows one of them is like
};

/// Large files lie in pieces of this weight.
constexpr long long heavy = 50;

/// Of the search index, which is written anew.
constexpr long long pages_at_once = 200;

/// First what lets somebody in; what refers to a row goes before it.
constexpr std::array pieces{
    piece{"DELETE FROM sessions WHERE user_id = :user AND token_hash IN"
          " (SELECT token_hash FROM sessions WHERE user_id = :owner"
          "  LIMIT :most)"},
    piece{"DELETE FROM api_tokens WHERE user_id = :user AND id IN"
          " (SELECT id FROM api_tokens WHERE user_id = :owner LIMIT :most)"},
    piece{"DELETE FROM nonces WHERE user_id = :user AND nonce IN"
          " (SELECT nonce FROM nonces WHERE user_id = :owner LIMIT :most)"},
    piece{"DELETE FROM file_parts"
          " WHERE file_id IN (SELECT id FROM files WHERE user_id = :user)"
          " AND (file_id, part) IN (SELECT file_id, part FROM file_parts"
          "  WHERE file_id IN (SELECT id FROM files WHERE user_id = :owner)"
          "  LIMIT :most)",
          heavy},
    piece{"DELETE FROM files WHERE user_id = :user AND id IN"
          " (SELECT id FROM files WHERE user_id = :owner LIMIT :most)",
          heavy},
    // Their conversations go with them.
    piece{"DELETE FROM connections WHERE user_id = :user AND id IN"
          " (SELECT id FROM connections WHERE user_id = :owner"
          "  LIMIT :most)"},
};

/// Whether all of them are gone.
bool delete_pieces(statements& db, long long user, long long most) {
  for (const auto& [sql, weight] : pieces) {
    const auto limit = std::max(most / weight, 1LL);
    const auto done = db.execute(sql, user, user, limit);
    most -= done * weight;
    if (done == limit || most <= 0)
      return false;
  }
  return true;
}

/// Whether all of it is gone.
bool delete_journal(statements& db, protocol::user_id user, std::size_t most) {
  const auto seqs = select_numbers(
      db, "SELECT seq FROM journal WHERE user_id = :user LIMIT :most",
      stored(user), static_cast<long long>(most));
  delete_rows(db, user, seqs);
  return seqs.size() < most;
}

} // namespace

bool database::delete_account(protocol::user_id id, std::size_t most) {
  auto& db = impl_->db;
  return db.trying("delete user " + protocol::to_string(id), [&] {
    const overwriting wiped(db);
    transaction change(db, transaction::kind::write);
    // From here on nobody logs in, and the node lets go of them; nobody can go
    // on without a stream.
    db.execute("UPDATE users SET disabled = 1, stream = '' WHERE id = :id",
               stored(id));
    const auto is_empty =
        delete_pieces(db, stored(id), static_cast<long long>(most))
        && delete_journal(db, id, most)
        && compact_index(db, !std::exchange(impl_->compacts, true),
                         pages_at_once);
    // Whatever a node wrote meanwhile is gone by now, and from here on it is
    // refused, for there is no such user.
    if (is_empty) {
      db.execute("DELETE FROM users WHERE id = :id", stored(id));
      impl_->compacts = false;
    }
    change.commit();
    return is_empty;
  });
}

std::optional<protocol::user_id> database::half_deleted() {
  auto& db = impl_->db;
  return db.trying("look for whoever is being deleted", [&] {
    std::optional<protocol::user_id> result;
    db.select<long long>("SELECT id FROM users WHERE disabled <> 0"
                         " AND stream = '' ORDER BY id LIMIT 1",
                         [&](long long id) { result = user_of(id); });
    return result;
  });
}

} // namespace convoy::actors::store
