// SPDX-License-Identifier: Apache-2.0
#include "actors/store/search_index.hpp"

#include "actors/store/search_index_postgresql.hpp"

namespace convoy::actors::store {

namespace {

/// Numbers of one person stand together, so that a search passes the others'
/// by.
constexpr long long numbers_per_user = 1LL << 40;

long long first_row(protocol::user_id user) {
  return stored(user) * numbers_per_user;
}

} // namespace

void put_into_index(statements& db, protocol::user_id user,
                    const std::vector<indexed_message>& messages) {
  if (db.place().is_postgresql())
    return postgresql::put_into_index(db, user, messages);
  for (const auto& [seq, tokens] : messages)
    db.execute("INSERT INTO search_index (rowid, tokens)"
               " VALUES (:row, :tokens)",
               first_row(user) + seq, tokens);
}

void take_from_index(statements& db, protocol::user_id user, long long seq,
                     const std::string& tokens) {
  if (db.place().is_postgresql())
    return postgresql::take_from_index(db, user, seq, tokens);
  db.execute("INSERT INTO search_index (search_index, rowid, tokens)"
             " VALUES ('delete', :row, :tokens)",
             first_row(user) + seq, tokens);
}

void drop_from_index(statements& db, protocol::user_id user,
                     const std::vector<indexed_message>& messages) {
  if (db.place().is_postgresql())
    return postgresql::drop_from_index(db, user, messages);
  for (const auto& [seq, tokens] : messages)
    take_from_index(db, user, seq, tokens);
}

bool compact_index(statements& db, bool begins, long long pages) {
  // PostgreSQL does so by itself (VACUUM).
  if (db.place().is_postgresql())
    return true;
  const auto changes = [&] {
    long long result = 0;
    db.select<long long>("SELECT total_changes()",
                         [&](long long count) { result = count; });
    return result;
  };
  const auto before = changes();
  db.execute("INSERT INTO search_index (search_index, rank)"
             " VALUES ('merge', :pages)",
             begins ? -pages : pages);
  // One is the command itself (https://sqlite.org/fts5.html, "merge").
  return changes() - before < 2;
}

std::string index_query(const std::vector<search_token>& all,
                        const std::vector<search_token>& any) {
  std::string result;
  for (const auto& each : all)
    result += (result.empty() ? "" : " AND ") + each;
  if (any.empty())
    return result;
  result += result.empty() ? "(" : " AND (";
  for (const auto& each : any)
    result += (&each == &any.front() ? "" : " OR ") + each;
  return result + ")";
}

std::vector<long long> find_in_index(statements& db, protocol::user_id user,
                                     const std::string& query,
                                     const seq_range& range, std::size_t most,
                                     std::size_t skip, index_order order) {
  if (db.place().is_postgresql())
    return postgresql::find_in_index(db, user, query, range, most, skip, order);
  const auto first = first_row(user);
  std::string sql = "SELECT rowid FROM search_index"
                    " WHERE search_index MATCH :query"
                    " AND rowid BETWEEN :low AND :high ORDER BY rowid";
  sql += order == index_order::newest_first ? " DESC" : "";
  sql += " LIMIT :most OFFSET :skip";
  std::vector<long long> result;
  db.select<long long>(
      sql, [&](long long row) { result.push_back(row - first); }, query,
      first + range.low, first + range.high, static_cast<long long>(most),
      static_cast<long long>(skip));
  return result;
}

} // namespace convoy::actors::store
