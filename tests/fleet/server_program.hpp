// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/scenarios/runner/process.hpp"
#include "tests/scenarios/runner/world.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace convoy::fleet {

/// A free port below those that connections are given, so that nobody takes it
/// while its server is away.
/// @throws scenarios::failure when there is none.
std::uint16_t quiet_port(scenarios::world& in);

/// A program that Convoy needs beside it: PostgreSQL, NATS, HAProxy.
class server_program {
public:
  /// `ready` is what it says when it serves.
  server_program(scenarios::world& in, std::vector<std::string> arguments,
                 std::string directory, std::string ready);

  /// Starts it and waits until it serves.
  /// @throws scenarios::failure when it does not within `limit`.
  void start(std::chrono::milliseconds limit);
  /// Ends it by a signal.
  /// @throws scenarios::failure when it does not end within `limit`.
  void end(int signal, std::chrono::milliseconds limit);
  bool running() const noexcept;
  /// What it has said since its first start.
  std::string log() const;

private:
  bool serves() const;

  scenarios::world& world_;
  std::vector<std::string> arguments_;
  std::string directory_;
  std::string ready_;
  std::unique_ptr<scenarios::process> process_;
  std::string earlier_;
};

} // namespace convoy::fleet
