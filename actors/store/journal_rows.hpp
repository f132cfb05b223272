// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"
#include "protocol/event.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace convoy::actors::store {

/// What an event counts towards the size of a journal: bytes of its texts.
long long bytes_of(const protocol::event& what);

/// The number of the newest event of somebody that is in the search index.
long long indexed_up_to(statements& db, protocol::user_id user);

/// The numbers that a query of them finds, ascending.
template <class... Values>
std::vector<long long> select_numbers(statements& db, const std::string& sql,
                                      const Values&... values) {
  std::vector<long long> result;
  db.select<long long>(
      sql, [&](long long seq) { result.push_back(seq); }, values...);
  std::sort(result.begin(), result.end());
  return result;
}

/// The events of those numbers that are there.
std::vector<protocol::event> find_rows(statements& db, protocol::user_id user,
                                       const std::vector<long long>& seqs);

/// Deletes the events of these numbers, which ascend, from the journal and from
/// the search index. The only way by which rows of the journal go.
void delete_rows(statements& db, protocol::user_id user,
                 const std::vector<long long>& seqs);

} // namespace convoy::actors::store
