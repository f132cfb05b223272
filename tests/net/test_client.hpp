// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/net/mailbox.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace convoy::net {

/// Runs one operation at a time to its end, or fails the test.
class test_loop {
public:
  boost::asio::io_context& context() {
    return context_;
  }

  /// `start` gets the completion handler.
  template <class Start>
  boost::system::error_code run(Start start) {
    std::optional<boost::system::error_code> result;
    start([&result](boost::system::error_code error, auto&&...) {
      result = error;
    });
    context_.restart();
    context_.run_for(patience);
    REQUIRE_MESSAGE(result.has_value(), "the operation did not end");
    return *result;
  }

private:
  boost::asio::io_context context_;
};

/// A TCP client that speaks HTTP, or whatever it is told to.
class test_client {
public:
  using response =
      boost::beast::http::response<boost::beast::http::string_body>;

  explicit test_client(std::uint16_t port) : socket_(loop_.context()) {
    auto error = loop_.run([&](auto done) {
      socket_.async_connect({boost::asio::ip::address_v4::loopback(), port},
                            done);
    });
    REQUIRE(!error);
  }

  boost::system::error_code send(std::string_view bytes) {
    return loop_.run([&](auto done) {
      boost::asio::async_write(socket_, boost::asio::buffer(bytes), done);
    });
  }

  /// The next response; `head` when it comes without the body it describes.
  response read(bool head = false) {
    boost::beast::http::response_parser<boost::beast::http::string_body> parser;
    parser.skip(head);
    auto error = loop_.run([&](auto done) {
      boost::beast::http::async_read(socket_, buffer_, parser, done);
    });
    REQUIRE_MESSAGE(!error, error.message());
    return parser.release();
  }

  response ask(std::string_view request) {
    REQUIRE(!send(request));
    return read();
  }

  /// What comes up to the end.
  std::string read_all() {
    while (read_more()) {
      // nop
    }
    return take(buffer_.size());
  }

  std::string read_exactly(std::size_t count) {
    while (buffer_.size() < count)
      REQUIRE(read_more());
    return take(count);
  }

  /// Whether the other side has closed, nothing being left to read.
  bool is_closed() {
    return read_all().empty();
  }

  test_loop& loop() {
    return loop_;
  }
  boost::asio::ip::tcp::socket& socket() {
    return socket_;
  }

private:
  /// False at the end.
  bool read_more() {
    std::size_t size = 0;
    auto error = loop_.run([&](auto done) {
      socket_.async_read_some(buffer_.prepare(65'536),
                              [&size, done](auto problem, std::size_t count) {
                                size = count;
                                done(problem);
                              });
    });
    buffer_.commit(size);
    return !error;
  }

  std::string take(std::size_t count) {
    std::string out(count, '\0');
    buffer_.consume(
        boost::asio::buffer_copy(boost::asio::buffer(out), buffer_.cdata()));
    return out;
  }

  test_loop loop_;
  boost::asio::ip::tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
};

} // namespace convoy::net
