// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace convoy::fleet {

/// A port of 127.0.0.1 that leads to another one, until the way is cut.
class tcp_gate {
public:
  enum class passage : std::uint8_t {
    open,
    silent, ///< nothing comes through, and nobody is told: as when a cable is
            ///< out
    refused ///< all connections are reset, and there are no new ones
  };

  /// Listens on `port`.
  tcp_gate(boost::asio::io_context& io, std::uint16_t port,
           std::uint16_t target);
  ~tcp_gate();
  tcp_gate(const tcp_gate&) = delete;
  tcp_gate& operator=(const tcp_gate&) = delete;

  std::uint16_t port() const noexcept;
  /// What was held back while it was silent comes through when it is open.
  void set(passage way);
  /// Connections that are there.
  std::size_t connections() const noexcept;

private:
  struct state;
  struct link;

  std::shared_ptr<state> state_;
};

} // namespace convoy::fleet
