// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/search_index.hpp"

// What search_index.hpp declares, for PostgreSQL: a row for each message, with
// its tokens as a text search vector.
namespace convoy::actors::store::postgresql {

void put_into_index(statements& db, protocol::user_id user,
                    const std::vector<indexed_message>& messages);
void take_from_index(statements& db, protocol::user_id user, long long seq,
                     const std::string& tokens);
void drop_from_index(statements& db, protocol::user_id user,
                     const std::vector<indexed_message>& messages);

std::vector<long long> find_in_index(statements& db, protocol::user_id user,
                                     const std::string& query,
                                     const seq_range& range, std::size_t most,
                                     std::size_t skip, index_order order);

} // namespace convoy::actors::store::postgresql
