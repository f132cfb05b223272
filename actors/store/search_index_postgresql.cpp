// SPDX-License-Identifier: Apache-2.0
#include "actors/store/search_index_postgresql.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <cctype>

namespace convoy::actors::store::postgresql {

namespace {

/// So many of the numbers at one end are looked at one after the other, before
/// the index is asked, which would give all that a person ever had of a token
/// that is in each message.
constexpr long long numbers_looked_at = 8192;

bool is_of_token(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0
         && std::isupper(static_cast<unsigned char>(c)) == 0;
}

/// `text` with each token made one of that person, so that the index has their
/// messages apart from those of others.
std::string owned(protocol::user_id user, std::string_view text) {
  const auto whose = protocol::to_string(user);
  std::string result;
  bool is_inside = false;
  for (const char c : text) {
    if (is_of_token(c) && !is_inside)
      result += whose + "x";
    is_inside = is_of_token(c);
    result += c;
  }
  return result;
}

/// `a AND (b OR c)`, as text search has it.
std::string query_of(protocol::user_id user, const std::string& query) {
  std::string result;
  for (const auto word : protocol::words(query)) {
    if (word == "AND")
      result += " & ";
    else if (word == "OR")
      result += " | ";
    else
      result += owned(user, word);
  }
  return result;
}

std::vector<long long> find(statements& db, protocol::user_id user,
                            const std::string& query, bool by_index,
                            const seq_range& range, std::size_t most,
                            index_order order) {
  // No index helps a function, which is what an operator stands for.
  std::string sql = "SELECT seq FROM search_index WHERE user_id = :user"
                    " AND seq BETWEEN :low AND :high AND ";
  sql += by_index ? "tokens @@ CAST(:query AS TSQUERY)"
                  : "ts_match_vq(tokens, CAST(:query AS TSQUERY))";
  sql += " ORDER BY seq";
  sql += order == index_order::newest_first ? " DESC" : "";
  sql += " LIMIT :most";
  std::vector<long long> result;
  db.select<long long>(
      sql, [&](long long seq) { result.push_back(seq); }, stored(user),
      range.low, range.high, query, static_cast<long long>(most));
  return result;
}

} // namespace

void put_into_index(statements& db, protocol::user_id user,
                    const std::vector<indexed_message>& messages) {
  if (messages.empty())
    return;
  // A line for each message, of which an empty last one would be none.
  std::vector<long long> seqs;
  std::string lines;
  for (const auto& [seq, tokens] : messages) {
    if (!seqs.empty())
      lines += '\n';
    seqs.push_back(seq);
    lines += owned(user, tokens);
  }
  db.execute("INSERT INTO search_index (user_id, seq, tokens)"
             " SELECT CAST(:user AS BIGINT), message.seq,"
             "  CAST(COALESCE(message.tokens, '') AS TSVECTOR)"
             " FROM UNNEST(CAST(:seqs AS BIGINT[]),"
             "  string_to_array(CAST(:lines AS TEXT), CHR(10)))"
             "  AS message (seq, tokens)"
             " ON CONFLICT (user_id, seq) DO UPDATE"
             " SET tokens = search_index.tokens || excluded.tokens",
             stored(user), db.place().sql.list_of(seqs), lines);
}

void take_from_index(statements& db, protocol::user_id user, long long seq,
                     const std::string& tokens) {
  db.execute("UPDATE search_index"
             " SET tokens = ts_delete(tokens, string_to_array(:tokens, ' '))"
             " WHERE user_id = :user AND seq = :seq",
             owned(user, tokens), stored(user), seq);
}

void drop_from_index(statements& db, protocol::user_id user,
                     const std::vector<indexed_message>& messages) {
  std::vector<long long> seqs;
  for (const auto& each : messages)
    seqs.push_back(each.seq);
  const auto& sql = db.place().sql;
  db.execute("DELETE FROM search_index WHERE user_id = :user AND seq"
                 + sql.is_in_list,
             stored(user), sql.list_of(seqs));
}

std::vector<long long> find_in_index(statements& db, protocol::user_id user,
                                     const std::string& query,
                                     const seq_range& range, std::size_t most,
                                     std::size_t skip, index_order order) {
  const auto asked = query_of(user, query);
  const auto is_newest = order == index_order::newest_first;
  auto near = range;
  auto far = range;
  if (is_newest)
    near.low = std::max(range.low, range.high - numbers_looked_at);
  else
    near.high = std::min(range.high, range.low + numbers_looked_at);
  far.high = is_newest ? near.low - 1 : range.high;
  far.low = is_newest ? range.low : near.high + 1;
  auto result = find(db, user, asked, false, near, most + skip, order);
  if (result.size() < most + skip && far.low <= far.high) {
    const auto rest =
        find(db, user, asked, true, far, most + skip - result.size(), order);
    result.insert(result.end(), rest.begin(), rest.end());
  }
  result.erase(result.begin(), result.begin()
                                   + static_cast<std::ptrdiff_t>(
                                       std::min(skip, result.size())));
  return result;
}

} // namespace convoy::actors::store::postgresql
