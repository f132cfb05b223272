// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "process.hpp"
#include "world.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace convoy::scenarios {

/// An IRC server from Debian in the foreground, with a generated configuration
/// on free ports of 127.0.0.1.
class real_server {
public:
  enum class kind : std::uint8_t { ngircd, inspircd };

  /// Starts it in `directory` and waits until it listens. inspircd speaks TLS
  /// with the certificate `directory`/ca.pem, and plain text on another port.
  /// @throws failure when it does not come up.
  real_server(world& in, kind what, const std::string& directory,
              std::chrono::milliseconds limit);

  std::uint16_t port() const noexcept;
  std::uint16_t plain_port() const noexcept;

private:
  std::uint16_t port_ = 0;
  std::uint16_t plain_port_ = 0;
  std::unique_ptr<process> process_;
};

/// A port of 127.0.0.1 on which nobody listened a moment ago.
std::uint16_t free_port(world& in);

} // namespace convoy::scenarios
