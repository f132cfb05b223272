// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/http_settings.hpp"
#include "net/link.hpp"
#include "net/runtime.hpp"
#include "protocol/http.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace convoy::net {

/// To be called exactly once, from any thread.
using http_reply = std::function<void(protocol::http_response)>;
/// Takes every request of a server.
using http_handler =
    std::function<void(protocol::http_request request, http_reply reply)>;

/// An HTTP/1.1 server with WebSockets: one request at a time on each
/// connection, keep-alive, a bound on all that is read and a deadline on every
/// read and write.
///
/// With a gateway: `/events` is upgraded, `/api…`, `/file…` and `/logout` are
/// requests, all else is a static file; where there is none of that name, but
/// an `index.html`, the routes of `protocol::is_page` are requests too. An
/// upload (POST to `/api/files`) is asked about before its body is read. With a
/// handler: every request goes to it.
/// A HEAD is given to either as a GET, and its answer goes without the body.
/// Errors of the server itself are JSON below `/api`, and where the path could
/// not be read; else a line of text.
class http_server {
public:
  http_server(runtime& loop, http_settings settings,
              std::shared_ptr<gateway> routes);
  http_server(runtime& loop, http_settings settings, http_handler handler);
  /// Shuts all connections; what is under way ends on the loop.
  ~http_server();
  http_server(const http_server&) = delete;
  http_server& operator=(const http_server&) = delete;

  /// Opens the port. "" when all is well, else a sentence that says what is
  /// wrong: with the settings, or with the address.
  std::string start();
  /// Takes over what of the settings may change while it runs. "" or what is
  /// wrong, and then nothing has changed. From any thread.
  std::string change(const http_settings& settings);
  /// The port that is listened on, once started.
  std::uint16_t port() const noexcept;
  /// Closes the port; connections stay.
  void stop_listening();
  /// Closes the WebSockets with 1001, whoever has them.
  void leave_connections();
  /// Closes all connections at once, without a close frame.
  void shut_connections();
  std::size_t connections() const;

private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

} // namespace convoy::net
