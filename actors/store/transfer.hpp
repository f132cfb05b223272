// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/progress.hpp"
#include "actors/store/store.hpp"

#include <cstdint>
#include <span>

namespace convoy::actors::store {

/// A table as it is copied.
struct copied_table {
  const char* name;
  /// With a comma between; those of the primary key come first.
  const char* columns;
  int keys; ///< columns of its primary key
  /// Where the column of the user stands that a row belongs to; -1: nobody's.
  int user;
  int rows_at_once;
};

/// All that is copied, in an order in which what is referred to comes first.
/// Homes and nodes are not, nor is the search index, which is made anew.
std::span<const copied_table> copied_tables() noexcept;

/// What was copied.
struct transferred {
  std::uint64_t users = 0;
  std::uint64_t events = 0;
  std::uint64_t rows = 0; ///< of all tables
  /// Texts that PostgreSQL cannot keep as they were.
  std::uint64_t cleaned = 0;
};

/// Copies all of a store, as it is at one moment, into one that is empty or not
/// there, of whatever kind; then it reads the copy and compares the numbers of
/// rows and a checksum for each user. All is copied, or nothing. A server may
/// go on with `from`, which is not changed. Both have the same key. Throws
/// `store_error` with the place and the reason.
transferred transfer(const store_options& from, const store_options& to,
                     const progress& tell);

/// How many nodes say that they use a store. 0 for SQLite, where they hold a
/// lock instead.
std::uint64_t nodes_of(const store_options& options);

} // namespace convoy::actors::store
