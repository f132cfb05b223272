// SPDX-License-Identifier: Apache-2.0
#include "store_lock.hpp"

#include "failure.hpp"

#include <sqlite3.h>

namespace convoy::scenarios {

namespace {

/// Convoy's own writes are short.
constexpr int patience_ms = 5'000;

} // namespace

store_lock::store_lock(const std::string& path) {
  sqlite3* opened = nullptr;
  const auto error = sqlite3_open(path.c_str(), &opened);
  database_.reset(opened);
  if (error != SQLITE_OK
      || sqlite3_busy_timeout(opened, patience_ms) != SQLITE_OK
      || sqlite3_exec(opened, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr)
             != SQLITE_OK)
    throw failure("the store cannot be locked: " + path + ": "
                  + sqlite3_errmsg(opened));
}

/// What is open is rolled back.
void store_lock::closer::operator()(sqlite3* database) const {
  sqlite3_close(database);
}

} // namespace convoy::scenarios
