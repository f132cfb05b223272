// SPDX-License-Identifier: Apache-2.0
#include "actors/store/journal_rows.hpp"

#include "actors/store/event_row.hpp"
#include "actors/store/search_index.hpp"

#include <iterator>

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
  static const auto sql =
      std::string("SELECT ") + event_columns
      + " FROM journal WHERE user_id = :user AND seq = :seq";
  std::vector<protocol::event> result;
  result.reserve(seqs.size());
  for (const auto seq : seqs) {
    auto found = select_events(db, sql, stored(user), seq);
    std::move(found.begin(), found.end(), std::back_inserter(result));
  }
  return result;
}

void delete_rows(statements& db, protocol::user_id user,
                 const std::vector<long long>& seqs) {
  if (seqs.empty())
    return;
  const auto indexed = indexed_up_to(db, user);
  long long bytes = 0;
  for (const auto& each : find_rows(db, user, seqs)) {
    const auto seq = static_cast<long long>(each.seq);
    bytes += bytes_of(each);
    if (is_searched(each) && seq <= indexed)
      take_from_index(db, user, seq, tokens_of_message(each));
    db.execute("DELETE FROM journal WHERE user_id = :user AND seq = :seq",
               stored(user), seq);
  }
  db.execute("UPDATE users SET journal_bytes = journal_bytes - :bytes"
             " WHERE id = :id",
             bytes, stored(user));
}

} // namespace convoy::actors::store
