// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "process.hpp"
#include "real_server_files.hpp"
#include "world.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace convoy::scenarios {

/// An IRC server from Debian in the foreground, with a generated configuration
/// on free ports of 127.0.0.1.
class real_server {
public:
  enum class kind : std::uint8_t { ngircd, inspircd, hybrid };

  /// Starts it in `directory` and waits until it listens. But for ngircd it
  /// speaks TLS with the certificate `directory`/ca.pem, and plain text on
  /// another port.
  /// @throws failure when it does not come up.
  real_server(world& in, kind what, const std::string& directory,
              std::chrono::milliseconds limit);

  std::uint16_t port() const noexcept;
  std::uint16_t plain_port() const noexcept;

  /// Links services (NickServ, ChanServ, SASL) to it, which is an inspircd.
  /// @throws failure when they do not come up.
  void start_services(std::chrono::milliseconds limit);

private:
  void start_hybrid(std::chrono::milliseconds limit);
  /// Starts a program, which is up when it has said `ready`.
  std::unique_ptr<process> start(std::vector<std::string> arguments,
                                 const std::string& ready,
                                 std::chrono::milliseconds limit) const;

  world& world_;
  real_server_place place_;
  std::unique_ptr<process> server_;
  std::unique_ptr<process> services_;
};

/// A port of 127.0.0.1 on which nobody listened a moment ago.
std::uint16_t free_port(world& in);

} // namespace convoy::scenarios
