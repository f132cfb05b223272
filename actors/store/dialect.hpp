// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors::store {

struct store_options;

/// The one place for what differs between SQLite and PostgreSQL, but for what
/// search_index.hpp and journal_group.hpp do. All other SQL is common to both.
struct dialect {
  /// Opens a transaction that sees one moment.
  std::string begin_read;
  /// Opens a transaction that will write, so that with SQLite it waits for
  /// another writer at its start and not in its middle.
  std::string begin_write;
  /// In such a transaction: waits until no other changes the schema; or "".
  std::string lock_schema;
  /// In a transaction: from now on it waits for a lock for so short a time that
  /// those who queue up behind it hardly notice, and may take as long as it
  /// likes for what it does; or "".
  std::string change_schema;
  /// Lets those who have queued up go on for `{seconds}` before the next try.
  std::string let_others;
  /// From now on nothing is too long for this connection; or "".
  std::string be_patient;
  /// Type of a text that is compared by its bytes.
  std::string text;
  /// Stands behind the columns of a table that is stored in the order of its
  /// primary key.
  std::string clustered;
  /// Makes what the search index works with.
  std::vector<std::string> search_tables;
  /// How many tables of the name `:name` there are.
  std::string count_tables;
  /// Behind a query: nobody else changes the rows it finds before the
  /// transaction ends; or it passes over those that somebody else is changing.
  std::string lock_rows;
  std::string lock_free_rows;
  /// Microseconds since the Unix epoch, by the clock of the database.
  std::string now;
  /// Which uploads nobody can be at any more, of all that are not finished.
  std::string is_abandoned;
  /// Behind a column: it is one of the numbers that are bound as `:list`, a
  /// text that `list_of` makes.
  std::string is_in_list;
  std::string_view list_brackets;

  std::string list_of(const std::vector<long long>& numbers) const;
};

/// Which database keeps a store.
enum class product : std::uint8_t { sqlite, postgresql };

/// Where a store is and how to speak to it.
struct location {
  product kind = product::sqlite;
  /// Of the file, or `:memory:`; of a server its address without the password.
  std::string path;
  std::string secret; ///< what libpq is told
  dialect sql;

  bool is_postgresql() const noexcept {
    return kind == product::postgresql;
  }
  bool is_file() const noexcept {
    return kind == product::sqlite && path != ":memory:";
  }
};

/// How far a failure of the database goes.
enum class failure_class : std::uint8_t {
  statement, ///< what was asked for cannot be done
  refusal,   ///< nor ever will be: a text that the database cannot keep
  clash,     ///< it was in the way of another transaction: do it again
  outage,    ///< nothing can be done now: locked, full, broken disk, no memory
  damage     ///< nothing can be done, and time will not mend it
};

failure_class class_of(const soci::soci_error& error);

/// Whether somebody else had what a transaction wanted to lock: it may end
/// otherwise the next time.
bool is_locked_out(const soci::soci_error& error);

/// What the database says, on one line, without what its library puts around.
std::string reason_of(const soci::soci_error& error);

/// Takes `sqlite:PATH`, `sqlite::memory:` or
/// `postgresql://USER:PASSWORD@HOST:PORT/DATABASE?OPTION=VALUE` apart, which is
/// what libpq takes. Throws `store_error` on anything else; no error has the
/// password in it.
location parse_location(std::string_view url);

/// Opens the store at `place`. An SQLite file is made with mode 0600 when there
/// is none: WAL, foreign keys, and waiting for other writers. With `full_sync`
/// a commit is on the disk when it returns. Throws `store_error` with the path
/// and the reason.
void connect(soci::session& session, const location& place,
             const store_options& how);

/// Whether a new connection is needed after that error: it is gone, or leads to
/// a server that is not the one to write to any more.
bool is_broken(soci::session& session, const location& place,
               const soci::soci_error& error);

/// Ends what has failed half-way: SQLite would go on with it.
void abandon(soci::statement& what, const location& place);

/// Whether what is deleted is overwritten in the file; of PostgreSQL nobody
/// can tell.
void overwrite_deleted(soci::session& session, const location& place,
                       bool wanted);

} // namespace convoy::actors::store
