// SPDX-License-Identifier: Apache-2.0
#include "actors/store/copy.hpp"

#include "actors/store/store.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

// SQLite's own copying, which SOCI does not know.
namespace convoy::actors::store {

namespace {

/// So many pages, 4 KiB each, are copied between two words about it.
constexpr int pages_at_once = 1024;
constexpr int patience_ms = 10'000;

struct closing {
  void operator()(sqlite3* file) const {
    sqlite3_close_v2(file);
  }
  void operator()(sqlite3_backup* copy) const {
    sqlite3_backup_finish(copy);
  }
};

using file_handle = std::unique_ptr<sqlite3, closing>;
using copy_handle = std::unique_ptr<sqlite3_backup, closing>;

[[noreturn]] void fail(const std::string& path, const std::string& reason) {
  throw store_error(path + ": " + reason);
}

[[noreturn]] void fail_errno(const std::string& path) {
  fail(path, std::generic_category().message(errno));
}

void run(sqlite3* file, const std::string& path, const char* sql) {
  if (sqlite3_exec(file, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    fail(path, sqlite3_errmsg(file));
}

file_handle open(const std::string& path) {
  sqlite3* opened = nullptr;
  const auto code =
      sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
  file_handle result{opened};
  if (code != SQLITE_OK)
    fail(path, opened ? sqlite3_errmsg(opened) : sqlite3_errstr(code));
  sqlite3_busy_timeout(opened, patience_ms);
  return result;
}

/// Makes an empty file, so that nobody else can read what comes into it.
void make_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                          S_IRUSR | S_IWUSR);
  if (file < 0)
    fail_errno(path);
  ::close(file);
}

void sync(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    fail_errno(path);
  const bool done = ::fsync(file) == 0;
  const int error = errno;
  ::close(file);
  errno = error;
  if (!done)
    fail_errno(path);
}

void copy_pages(sqlite3* from, sqlite3* to, const std::string& path,
                const progress& tell) {
  const copy_handle copy{sqlite3_backup_init(to, "main", from, "main")};
  if (!copy)
    fail(path, sqlite3_errmsg(to));
  for (;;) {
    const auto code = sqlite3_backup_step(copy.get(), pages_at_once);
    const auto all = sqlite3_backup_pagecount(copy.get());
    const auto left = sqlite3_backup_remaining(copy.get());
    tell("pages", static_cast<std::uint64_t>(all - left),
         static_cast<std::uint64_t>(all));
    if (code == SQLITE_DONE)
      return;
    if (code != SQLITE_OK)
      fail(path, sqlite3_errstr(code));
  }
}

void copy_into(const std::string& from, const std::string& to,
               const progress& tell) {
  const auto source = open(from);
  const auto target = open(to);
  // Synced as a whole at the end.
  run(target.get(), to, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF");
  // What is read in one transaction is of one moment, however long it takes.
  run(source.get(), from, "BEGIN; SELECT COUNT(*) FROM sqlite_master");
  copy_pages(source.get(), target.get(), to, tell);
  // The log is a second file, which a copy does not need.
  run(target.get(), to, "PRAGMA journal_mode = DELETE");
}

} // namespace

void copy_database(const std::string& from, const std::string& to,
                   const progress& tell) {
  make_file(to);
  try {
    copy_into(from, to, tell);
    sync(to);
  } catch (...) {
    ::unlink(to.c_str());
    throw;
  }
}

} // namespace convoy::actors::store
