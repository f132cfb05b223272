// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/coalescing_stream.hpp"
#include "net/connection_registry.hpp"
#include "net/http_service.hpp"
#include "net/link.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace convoy::net {

/// One WebSocket, from its upgrade on. It keeps itself alive until it is
/// closed.
class websocket_connection final
    : public websocket_link,
      public closable,
      public std::enable_shared_from_this<websocket_connection>,
      private coalescing_stream::owner {
public:
  using upgrade = boost::beast::http::request<boost::beast::http::string_body>;

  /// `early` are bytes that came after the upgrade and were read with it.
  websocket_connection(tcp_socket socket, std::string early,
                       std::shared_ptr<const http_service> service,
                       connection_registry::slot place);

  /// Answers the upgrade, then hands itself to the gateway.
  void accept(const upgrade& head, protocol::http_request request);

  void send(std::span<const payload> frames) override;
  void handled(std::size_t count) override;
  void ask_sent() override;
  void close(std::uint16_t code, std::string reason) override;
  void shut() override;
  void leave() override;

private:
  void on_output() override;
  void on_input_exhausted() override;

  void on_accepted(protocol::http_request request);
  void read();
  void on_message();
  void deliver();
  void flush();
  void tell_sent();
  void start_close(std::uint16_t code, std::string_view reason, bool drop);
  void wait_for_deadline();
  void on_deadline();
  /// Closes the socket, and ends when no read is there to notice.
  void drop();
  void end();
  protocol::instant now() const;

  std::shared_ptr<const http_service> service_;
  connection_registry::slot place_;
  std::string trace_id_;
  boost::beast::websocket::stream<coalescing_stream, false> stream_;
  boost::beast::flat_buffer buffer_;
  steady_timer timer_;
  std::shared_ptr<websocket_observer> observer_;
  std::vector<protocol::request> batch_;
  protocol::instant last_activity_;
  protocol::instant last_ping_;
  protocol::instant close_deadline_{};
  bool sent_asked_ = false; ///< `on_sent` is owed
  bool reading_ = false;
  bool closing_ = false;
  bool ended_ = false;
  std::atomic<bool> overflowed_ = false;
  std::mutex flow_mutex_; ///< guards what follows
  std::size_t unhandled_ = 0;
  bool paused_ = false;
};

} // namespace convoy::net
