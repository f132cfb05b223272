// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/frame.hpp"
#include "protocol/http.hpp"
#include "protocol/irc_message.hpp"
#include "protocol/irc_session.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

// The seam between sockets and actors: no Boost here and no CAF. Links may be
// called from any thread and never block; observers are called from the
// socket's strand and must not block either.
namespace convoy::net {

/// Encoded text that all its receivers share.
using payload = std::shared_ptr<const std::string>;

// -- WebSocket ----------------------------------------------------------------

/// An open WebSocket, as the actor behind it sees it.
class websocket_link {
public:
  virtual ~websocket_link() = default;
  /// Queues one text frame each. All that waits leaves in one system call. When
  /// more waits than the bound allows, the socket is closed with 1013 and a
  /// text that tells the client to come back.
  virtual void send(std::span<const payload> frames) = 0;
  /// Says that `count` requests have been dealt with: reading pauses while
  /// `max_unhandled_requests` are not.
  virtual void handled(std::size_t count) = 0;
  /// Asks for one `on_sent` when all that was given to `send` has left.
  virtual void ask_sent() = 0;
  /// Sends what waits, then a close frame. Later sends are dropped.
  virtual void close(std::uint16_t code, std::string reason) = 0;
};

class websocket_observer {
public:
  virtual ~websocket_observer() = default;
  /// Frames that came, in order, decoded.
  virtual void on_requests(std::vector<protocol::request> requests) = 0;
  /// The answer to `ask_sent`; it does not come once the socket closes.
  virtual void on_sent() = 0;
  /// The last call, exactly once.
  virtual void on_closed() = 0;
};

// -- HTTP ---------------------------------------------------------------------

/// What the HTTP server needs from the other side.
class gateway {
public:
  virtual ~gateway() = default;
  /// A REST request below `/api`, or `/logout`. `reply` is called exactly once,
  /// from any thread.
  virtual void
  on_request(protocol::http_request request,
             std::function<void(protocol::http_response)> reply) = 0;
  /// `/events` was upgraded; the link is open. The observer is kept until
  /// `on_closed`.
  virtual std::shared_ptr<websocket_observer>
  on_websocket(protocol::http_request request,
               std::shared_ptr<websocket_link> link) = 0;
};

// -- IRC ----------------------------------------------------------------------

/// A connection to an IRC server, from the first look-up on.
class irc_link {
public:
  virtual ~irc_link() = default;
  /// Queues lines (without CR LF); everything that waits leaves in one system
  /// call. When the last of them is written, `on_written(mark)` says so.
  virtual void write(std::vector<std::string> lines, std::uint64_t mark) = 0;
  /// Asks for more: after each `on_lines` reading pauses until this is called.
  virtual void resume() = 0;
  /// Writes what waits (for a second at most), then closes. Ends a connect
  /// that is still under way.
  virtual void close() = 0;
  /// Ends it at once, without a word: the server sees a reset.
  virtual void abort() = 0;
};

class irc_observer {
public:
  virtual ~irc_observer() = default;
  /// Connected, and TLS is up where it is wanted. Reading has begun.
  virtual void on_connected(protocol::irc_socket_info socket) = 0;
  /// Lines that came with one read, in order. Lines that are none have been
  /// dropped and counted.
  virtual void on_lines(std::vector<protocol::irc_message> lines) = 0;
  virtual void on_written(std::uint64_t mark) = 0;
  /// The last call, exactly once: the connect failed, the server closed, or
  /// `close` was called. `reason` is a sentence for people, "" when we closed;
  /// `end` is what the next try should know of it.
  virtual void on_closed(std::string reason, protocol::irc_end end) = 0;
};

/// Where to connect, and how.
struct irc_endpoint {
  std::string host;
  std::uint16_t port = 6697;
  bool tls = true;
  bool tls_verify = true;
  std::string local_address; ///< address to bind to, "" for any
  /// SHA-256 of the server's certificate, lower-case hex: this one is accepted,
  /// whoever signed it, and no other. "" to go by its signatures.
  std::string pinned;
  std::string certificate; ///< client certificate and key, PEM, or ""
};

/// What a TLS client shows to be known by.
struct client_certificate {
  std::string pem;    ///< certificate and key; the key is in the clear
  std::string sha256; ///< fingerprints of the certificate, lower-case hex
  std::string sha512;
};

/// Makes IRC connections, and what they are to be known by.
class irc_connector {
public:
  virtual ~irc_connector() = default;
  /// Looks up, connects and shakes hands, each with a deadline, all later.
  virtual std::shared_ptr<irc_link>
  connect(irc_endpoint where, std::shared_ptr<irc_observer> observer) = 0;
  /// A new certificate for `name`; takes less than a millisecond. Empty when
  /// none can be made.
  virtual client_certificate make_certificate(const std::string& name) = 0;
  /// One that was made earlier; nothing when `pem` is none.
  virtual std::optional<client_certificate>
  read_certificate(const std::string& pem) = 0;
};

} // namespace convoy::net
