// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "certificate.hpp"
#include "line_peer.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace convoy::scenarios {

/// A scripted IRC server: it accepts, and the scenario says the rest.
class irc_server {
public:
  /// Listens on a free port of `address`; with TLS when `identity` is given.
  irc_server(boost::asio::io_context& io, const std::string& address,
             const certificate* identity);
  ~irc_server();

  std::uint16_t port() const noexcept;
  /// Stops and resumes listening on the same port.
  void listen(bool on);
  /// Has `meet` called for each new connection.
  void on_accept(std::function<void(line_peer&)> meet);
  /// In the order in which they were accepted.
  const std::deque<std::unique_ptr<line_peer>>& connections() const noexcept;

private:
  struct state;
  std::shared_ptr<state> state_;
};

} // namespace convoy::scenarios
