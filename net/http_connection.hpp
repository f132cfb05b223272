// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/asio.hpp"
#include "net/connection_registry.hpp"
#include "net/http_inspection.hpp"
#include "net/http_service.hpp"
#include "net/request_note.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/file_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <memory>
#include <optional>
#include <string>

namespace convoy::net {

/// One HTTP connection until it closes or becomes a WebSocket. It takes one
/// request, answers it, and only then looks at the next.
class http_connection final
    : public closable,
      public std::enable_shared_from_this<http_connection> {
public:
  /// With an empty `place` there is no room: the client is told so.
  http_connection(tcp_socket socket,
                  std::shared_ptr<const http_service> service,
                  connection_registry::slot place, bool has_room);

  void start();
  void shut() override;

private:
  using parser =
      boost::beast::http::request_parser<boost::beast::http::string_body>;

  // -- reading ----------------------------------------------------------------

  void wait_for_request(std::chrono::milliseconds patience);
  void read_header();
  void on_header();
  /// The two below bound the time for all of the body.
  void want_body(std::chrono::milliseconds patience);
  void say_continue(std::chrono::milliseconds patience);
  void read_body(std::chrono::milliseconds patience);
  void on_unreadable(error_code error);

  // -- uploads ----------------------------------------------------------------

  /// Asks the gateway before the body is read.
  void ask_to_upload();
  void take_upload(const std::string& person);
  /// For whom memory is held: whoever the answer is for, or else the client's
  /// network.
  std::string holder_of(const std::string& person) const;
  void fail_busy(std::string_view message);

  // -- routes -----------------------------------------------------------------

  void dispatch();
  void upgrade(protocol::http_request request);
  void ask_gateway(protocol::http_request request);
  void serve_file(const protocol::http_request& request);
  /// Whether a path that could be a file's is the gateway's.
  bool is_made(const std::vector<std::string>& path) const;

  // -- answering --------------------------------------------------------------

  template <class Body>
  boost::beast::http::response<Body>
  make_response(unsigned status, std::string_view content_type);
  void fail(unsigned status, std::string_view message);
  void respond(protocol::http_response answer);
  /// Whether the client has the answer already.
  bool has_etag(const protocol::http_response& answer) const;
  template <class Body>
  void write(boost::beast::http::response<Body> response);
  template <class State>
  void write_some(std::shared_ptr<State> state);
  void on_written();
  void linger();
  void drain();

  std::shared_ptr<const http_service> service_;
  connection_registry::slot place_;
  bool has_room_;
  boost::beast::basic_stream<tcp, strand> stream_;
  boost::asio::ip::address peer_;
  boost::beast::flat_buffer buffer_;
  std::optional<parser> parser_;
  bool head_ = false;       ///< the answer goes without its body
  bool keep_alive_ = false; ///< another request may follow
  request_note note_;       ///< of the request
  std::size_t drained_ = 0;
  std::string network_; ///< of whom the request came from
  byte_budget::share upload_;
  byte_budget::share large_answer_;
};

} // namespace convoy::net
