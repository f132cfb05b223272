// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fleet/postgres_probe.hpp"
#include "tests/fleet/server_program.hpp"
#include "tests/scenarios/runner/stage.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace convoy::fleet {

/// A PostgreSQL of our own on a free port of 127.0.0.1; it runs as nobody when
/// we are root.
class postgres {
public:
  /// Makes its files, starts it, and makes an empty database.
  /// @throws scenarios::failure when that does not work.
  explicit postgres(scenarios::world& in);

  std::uint16_t port() const noexcept {
    return port_;
  }
  /// Where it is for one who goes through that port.
  std::string url(std::uint16_t port) const;
  /// Ends it at once, as a crash would.
  void crash();
  void start();
  bool running() const noexcept;
  std::unique_ptr<postgres_probe> look() const;
  std::string log() const;

private:
  scenarios::temporary_directory folder_;
  std::uint16_t port_;
  std::unique_ptr<server_program> server_;
};

} // namespace convoy::fleet
