// SPDX-License-Identifier: Apache-2.0
#include "actors/store/sqlite.hpp"

#include "actors/store/store.hpp"

#include <soci/sqlite3/soci-sqlite3.h>
#include <sqlite3.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace convoy::actors::store::sqlite {

namespace {

[[noreturn]] void fail(const location& place, const std::string& reason) {
  throw store_error("store " + place.path + ": " + reason);
}

std::string text_of(int error) {
  return error == ENOENT ? "its directory does not exist"
                         : std::generic_category().message(error);
}

/// Tells SQLite, once and before its first use, that no connection is shared by
/// threads and that nobody asks how much memory it has: it locks less then.
void configure_sqlite() {
  static const auto done =
      sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK
      && sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
  static_cast<void>(done);
}

/// Finds out what SQLite would only call "unable to open database file".
void prepare_file(const location& place) {
  const char* path = place.path.c_str();
  // Not open: closing any descriptor of the file would drop the locks that
  // other database objects of this process hold on it.
  if (::mknod(path, S_IFREG | S_IRUSR | S_IWUSR, 0) != 0 && errno != EEXIST)
    fail(place, text_of(errno));
  struct stat info {};
  if (::stat(path, &info) != 0)
    fail(place, text_of(errno));
  if (!S_ISREG(info.st_mode))
    fail(place, "not a regular file");
  if (::faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) != 0)
    fail(place, text_of(errno));
}

dialect make_dialect() {
  dialect sql;
  sql.begin_read = "BEGIN";
  sql.begin_write = "BEGIN IMMEDIATE";
  sql.text = "TEXT";
  sql.clustered = " WITHOUT ROWID";
  // Only which row has which token: the journal has all else.
  sql.search_tables = {
      "CREATE VIRTUAL TABLE search_index USING fts5(tokens,"
      " content='', columnsize=0, detail=none, tokenize='ascii')"};
  sql.count_tables = "SELECT COUNT(*) FROM sqlite_master WHERE name = :name";
  sql.now = "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)";
  // Nobody else serves this store.
  sql.is_abandoned = "1 = 1";
  sql.is_in_list = " IN (SELECT value FROM json_each(:list))";
  sql.list_brackets = "[]";
  return sql;
}

} // namespace

bool class_of(const soci::soci_error& error, failure_class& to) {
  const auto* known = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  if (known == nullptr)
    return false;
  // The low byte is the class of an extended code.
  switch (known->result() & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
  case SQLITE_NOMEM:
  case SQLITE_READONLY:
  case SQLITE_IOERR:
  case SQLITE_FULL:
  case SQLITE_CANTOPEN:
  case SQLITE_PROTOCOL:
    to = failure_class::outage;
    break;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    to = failure_class::damage;
    break;
  default:
    to = failure_class::statement;
  }
  return true;
}

location locate(std::string_view path) {
  location result;
  result.path = path;
  result.sql = make_dialect();
  if (result.path.empty())
    throw store_error("store sqlite: there is no path behind sqlite:");
  // SOCI takes its connect string apart at quotes and cannot escape them.
  if (result.path.find_first_of(std::string_view("\"\0", 2))
      != std::string::npos)
    fail(result, "a path may not hold a double quote or a NUL");
  return result;
}

void connect(soci::session& session, const location& place,
             const store_options& how) {
  configure_sqlite();
  if (place.is_file())
    prepare_file(place);
  try {
    session.open(soci::sqlite3, "dbname=\"" + place.path + "\"");
    session << "PRAGMA busy_timeout = " << how.patience.count();
    std::string mode;
    int checkpoint = 0;
    session << "PRAGMA journal_mode = WAL", soci::into(mode);
    if (mode != "wal" && place.is_file())
      fail(place, "its file system does not allow a write-ahead log");
    session << "PRAGMA synchronous = " << (how.full_sync ? "FULL" : "NORMAL");
    session << "PRAGMA foreign_keys = ON";
    // In pages. A page that several commits touch is copied back only once.
    session << "PRAGMA wal_autocheckpoint = 4000", soci::into(checkpoint);
  } catch (const soci::soci_error& error) {
    fail(place, error.get_error_message());
  }
}

void abandon(soci::statement& what) {
  // After SQLITE_BUSY a statement waits to be tried again.
  sqlite_api::sqlite3_reset(
      static_cast<soci::sqlite3_statement_backend*>(what.get_backend())->stmt_);
}

} // namespace convoy::actors::store::sqlite
