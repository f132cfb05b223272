// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fleet/tcp_gate.hpp"
#include "tests/scenarios/runner/convoy_server.hpp"
#include "tests/scenarios/runner/stage.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace convoy::fleet {

/// Whether a GET is answered so within a moment.
bool is_answered(scenarios::world& in, std::uint16_t port,
                 const std::string& path, unsigned status);

/// One node of a fleet, with gates on all its ways to the others.
class node {
public:
  struct settings {
    std::string program;
    std::string name;
    std::uint16_t postgres = 0; ///< ports of 127.0.0.1
    std::uint16_t bus = 0;
    std::string irc_address;          ///< from which it connects to IRC servers
    std::vector<std::string> options; ///< further ones
    /// File with what libfaketime adds to the clock; "" without.
    std::string clock;
  };

  node(scenarios::world& in, const settings& how);

  const std::string& name() const noexcept {
    return how_.name;
  }
  const std::string& irc_address() const noexcept {
    return how_.irc_address;
  }
  /// For people, and for those who ask whether it is ready.
  std::uint16_t public_port() const noexcept {
    return people_.port();
  }
  std::uint16_t health_port() const noexcept {
    return health_.port();
  }
  /// Starts it, and waits for nothing.
  void start();
  bool running() const noexcept {
    return server_.running();
  }
  /// Whether it says so within a moment.
  bool is_ready();
  void signal(int number) {
    server_.signal(number);
  }
  /// Its exit code. @throws scenarios::failure when it does not end in time.
  int wait_for_exit(std::chrono::milliseconds limit) {
    return server_.wait_for_exit(limit);
  }
  bool has_clock() const noexcept {
    return !how_.clock.empty();
  }
  /// Sets its clock that much forward.
  void shift_clock(std::chrono::seconds by) const;
  /// How far its clock is before ours, as its answers are dated; nothing when
  /// it does not answer within a moment.
  std::optional<std::chrono::seconds> clock_shift();

  tcp_gate& to_postgres() noexcept {
    return to_postgres_;
  }
  tcp_gate& to_bus() noexcept {
    return to_bus_;
  }
  /// On all ways but that to IRC.
  void set_all(tcp_gate::passage way);
  std::string log() const {
    return server_.log();
  }

private:
  scenarios::world& world_;
  settings how_;
  scenarios::temporary_directory folder_;
  std::uint16_t public_port_;
  std::uint16_t internal_port_;
  tcp_gate people_;
  tcp_gate health_;
  tcp_gate to_postgres_;
  tcp_gate to_bus_;
  scenarios::convoy_server server_;
};

} // namespace convoy::fleet
