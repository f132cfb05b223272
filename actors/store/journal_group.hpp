// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"

#include <span>
#include <string_view>

// Many users' batches in one transaction of PostgreSQL, where each statement
// costs a way to the server and back: so there is one for all rows of a table.
namespace convoy::actors::store::postgresql {

/// Writes all of it, for users who live at `home`. Throws `store_conflict` when
/// one of the batches is to be refused; of a batch alone the error says why.
void append_group(statements& db, std::string_view key, node_epoch home,
                  std::span<const journal_batch* const> batches);

} // namespace convoy::actors::store::postgresql
