// SPDX-License-Identifier: Apache-2.0
#include "actors/store/journal_rows.hpp"

#include "actors/store/event_row.hpp"
#include "actors/store/homes.hpp"
#include "actors/store/search_index.hpp"

namespace convoy::actors::store {

namespace {

bool is_searched(const protocol::event& what) {
  return is_message(what.kind) && what.kind != protocol::event_kind::error;
}

} // namespace

long long bytes_of(const protocol::event& what) {
  return static_cast<long long>(what.text.size() + what.extra.size()
                                + what.from.size() + what.target.size()
                                + what.topic.size() + what.name.size());
}

long long indexed_up_to(statements& db, protocol::user_id user) {
  long long result = 0;
  db.select<long long>(
      "SELECT indexed_seq FROM users WHERE id = :id",
      [&](long long seq) { result = seq; }, stored(user));
  return result;
}

std::vector<protocol::event> find_rows(statements& db, protocol::user_id user,
                                       const std::vector<long long>& seqs) {
  static const auto sql = std::string("SELECT ") + event_columns
                          + " FROM journal WHERE user_id = :user AND seq";
  const auto& dialect = db.place().sql;
  return select_events(db, sql + dialect.is_in_list + " ORDER BY seq",
                       stored(user), dialect.list_of(seqs));
}

void delete_rows(statements& db, protocol::user_id user,
                 const std::vector<long long>& seqs) {
  if (seqs.empty())
    return;
  // Another may have deleted some of them before it let go of the user.
  lock_user(db, user);
  const auto indexed = indexed_up_to(db, user);
  long long bytes = 0;
  std::vector<indexed_message> searched;
  for (const auto& each : find_rows(db, user, seqs)) {
    const auto seq = static_cast<long long>(each.seq);
    bytes += bytes_of(each);
    if (is_searched(each) && seq <= indexed)
      searched.push_back({seq, tokens_of_message(each)});
  }
  drop_from_index(db, user, searched);
  const auto& sql = db.place().sql;
  db.execute("DELETE FROM journal WHERE user_id = :user AND seq"
                 + sql.is_in_list,
             stored(user), sql.list_of(seqs));
  db.execute("UPDATE users SET journal_bytes = journal_bytes - :bytes"
             " WHERE id = :id",
             bytes, stored(user));
}

} // namespace convoy::actors::store
