// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/search_tokens.hpp"
#include "actors/store/statements.hpp"

#include <functional>
#include <string>
#include <vector>

// The full-text index: which message has which tokens. Of SQLite it is an FTS5
// table, of PostgreSQL one of text search vectors.
namespace convoy::actors::store {

/// Numbers of one person that are looked through, both ends inclusive.
struct seq_range {
  long long low = 1;
  long long high = 0;
};

/// A message that is in the index, and its tokens (tokens_of_message).
struct indexed_message {
  long long seq = 0;
  std::string tokens;
};

/// Puts messages into the index, no two of the same number. Cheap when numbers
/// ascend, and when they come together.
void put_into_index(statements& db, protocol::user_id user,
                    const std::vector<indexed_message>& messages);
/// Takes `tokens` of event `seq` out, which must be those that were put in.
void take_from_index(statements& db, protocol::user_id user, long long seq,
                     const std::string& tokens);

/// Takes all of these messages out.
void drop_from_index(statements& db, protocol::user_id user,
                     const std::vector<indexed_message>& messages);

/// Writes the index anew, about `pages` pages at a time, without what was taken
/// from it: until then that stays in the file. Whether nothing is left to do.
bool compact_index(statements& db, bool begins, long long pages);

/// A query: all of `all`, and one of `any` when there are some.
std::string index_query(const std::vector<search_token>& all,
                        const std::vector<search_token>& any);

enum class index_order { newest_first, oldest_first };

/// At most `most` numbers of events in `range` that have what `query` asks for,
/// behind the first `skip` of them.
std::vector<long long>
find_in_index(statements& db, protocol::user_id user, const std::string& query,
              const seq_range& range, std::size_t most, std::size_t skip = 0,
              index_order order = index_order::newest_first);

} // namespace convoy::actors::store
