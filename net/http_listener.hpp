// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/asio.hpp"
#include "net/http_service.hpp"

#include <memory>
#include <string>

namespace convoy::net {

/// Accepts the connections of an HTTP server.
class http_listener : public std::enable_shared_from_this<http_listener> {
public:
  http_listener(asio::io_context& context,
                std::shared_ptr<const http_service> service);

  /// Opens the port and begins. "" or what is wrong.
  std::string start();
  std::uint16_t port() const noexcept {
    return port_;
  }
  /// From any thread.
  void stop();

private:
  void accept();
  void admit(tcp_socket socket);
  void accept_later();

  asio::io_context& context_;
  std::shared_ptr<const http_service> service_;
  strand strand_;
  asio::basic_socket_acceptor<tcp, strand> acceptor_;
  steady_timer retry_;
  std::uint16_t port_ = 0;
};

} // namespace convoy::net
