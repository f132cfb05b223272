// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sqlite3.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace convoy::tests {

/// Another program that has the store for itself, as long as this lives.
class locked {
public:
  explicit locked(const std::string& path) {
    sqlite3* opened = nullptr;
    const auto error = sqlite3_open(path.c_str(), &opened);
    database_.reset(opened);
    if (error != SQLITE_OK
        || sqlite3_exec(opened, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr)
               != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(opened));
  }

private:
  struct closer {
    void operator()(sqlite3* database) const {
      sqlite3_close(database);
    }
  };
  std::unique_ptr<sqlite3, closer> database_;
};

} // namespace convoy::tests
