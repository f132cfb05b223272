// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fleet/node.hpp"
#include "tests/fleet/options.hpp"
#include "tests/fleet/postgres.hpp"
#include "tests/fleet/server_program.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace convoy::fleet {

/// The nodes, PostgreSQL, NATS, and HAProxy as deploy/proxies has it.
class fleet {
public:
  /// Starts PostgreSQL and NATS.
  fleet(scenarios::world& in, const options& how);

  /// Starts the nodes and HAProxy; nobody waits for them.
  void start();

  /// Whether HAProxy has found a node.
  bool serves_people();
  /// Where people connect.
  std::uint16_t port() const noexcept {
    return port_;
  }
  std::vector<std::unique_ptr<node>>& nodes() noexcept {
    return nodes_;
  }
  const std::vector<std::unique_ptr<node>>& nodes() const noexcept {
    return nodes_;
  }
  postgres& store() noexcept {
    return store_;
  }
  server_program& bus() noexcept {
    return *bus_;
  }
  /// One more node, which HAProxy does not know. Not started.
  std::unique_ptr<node> make_node(const std::string& name);
  /// Writes all logs into that folder.
  void keep_logs(const std::string& folder) const;

private:
  std::string proxy_configuration() const;

  scenarios::world& world_;
  options how_;
  scenarios::temporary_directory folder_;
  std::uint16_t port_;
  std::uint16_t bus_port_;
  postgres store_;
  std::unique_ptr<server_program> bus_;
  std::unique_ptr<server_program> proxy_;
  std::vector<std::unique_ptr<node>> nodes_;
};

/// For what must come true, on a slow and busy machine.
constexpr std::chrono::seconds patience{120};

} // namespace convoy::fleet
