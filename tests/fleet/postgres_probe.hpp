// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/store_probe.hpp"

#include <memory>
#include <string>

struct pg_conn;

namespace convoy::fleet {

/// Looks into the PostgreSQL of a fleet.
class postgres_probe final : public history::store_probe {
public:
  /// `where` is a connection string.
  /// @throws std::runtime_error when it cannot be reached.
  explicit postgres_probe(const std::string& where);

  void ask(const std::string& sql,
           const std::function<void(const row&)>& take) override;
  /// Runs SQL that has no answer, several statements perhaps.
  void run(const std::string& sql);

private:
  struct closer {
    void operator()(pg_conn* db) const;
  };

  std::unique_ptr<pg_conn, closer> db_;
};

} // namespace convoy::fleet
