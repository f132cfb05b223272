// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

struct sqlite3;

namespace convoy::scenarios {

/// Another program that has the store for itself, as long as this lives: nobody
/// else can write it. They may read it.
class store_lock {
public:
  /// @throws failure when it cannot be had.
  explicit store_lock(const std::string& path);

private:
  struct closer {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<sqlite3, closer> database_;
};

} // namespace convoy::scenarios
