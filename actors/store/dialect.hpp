// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace convoy::actors::store {

struct store_options;

/// The one place for what differs between SQLite and PostgreSQL. All other SQL
/// is common to both.
struct dialect {
  /// Opens a transaction that will write, so that it waits for another writer
  /// at its start and not in its middle.
  std::string begin_write;
  /// Stands behind the columns of a table that is stored in the order of its
  /// primary key.
  std::string clustered;
  /// Makes what search_index.cpp works with.
  std::string search_table;
};

/// Where a store is and how to speak to it.
struct location {
  std::string path; ///< of the file, or `:memory:`
  dialect sql;

  /// Whether it lives in the memory of one database object.
  bool in_memory() const noexcept {
    return path == ":memory:";
  }
};

/// How far a failure of the database goes.
enum class failure_class : std::uint8_t {
  statement, ///< what was asked for cannot be done
  outage,    ///< nothing can be done now: locked, full, broken disk, no memory
  damage     ///< nothing can be done, and time will not mend it
};

failure_class class_of(const soci::soci_error& error);

/// Takes `sqlite:PATH` or `sqlite::memory:` apart. Throws `store_error` on
/// anything else.
location parse_location(std::string_view url);

/// Opens the store at `place`, making its file with mode 0600 when there is
/// none: WAL, foreign keys, and waiting for other writers. With `full_sync` a
/// commit is on the disk when it returns. Throws `store_error` with the path
/// and the reason.
void connect(soci::session& session, const location& place,
             const store_options& how);

/// Whether what is deleted is overwritten in the file.
void overwrite_deleted(soci::session& session, bool wanted);

} // namespace convoy::actors::store
