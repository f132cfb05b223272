// SPDX-License-Identifier: Apache-2.0
#include "http.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <memory>
#include <optional>
#include <stdexcept>

namespace convoy::scenarios {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

struct exchange : std::enable_shared_from_this<exchange> {
  explicit exchange(asio::io_context& io) : stream(io) {}

  void start(std::uint16_t port) {
    stream.async_connect(
        asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), port),
        [self = shared_from_this()](beast::error_code failed) {
          self->connected(failed);
        });
  }

  void connected(beast::error_code failed) {
    if (failed) {
      error = failed;
      return;
    }
    // An answer may come before the whole request went out, so both at once;
    // a failed write shows in the read.
    http::async_write(stream, request,
                      [self = shared_from_this()](auto, std::size_t) {});
    http::async_read(
        stream, buffer, parser,
        [self = shared_from_this()](auto failed_read, std::size_t) {
          self->error = failed_read;
        });
  }

  beast::tcp_stream stream;
  http::request<http::string_body> request;
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  std::optional<beast::error_code> error;
};

} // namespace

http_answer call(world& in, const http_call& what,
                 std::chrono::milliseconds limit) {
  auto current = std::make_shared<exchange>(in.io());
  auto& request = current->request;
  request.method_string(what.method);
  request.target(what.target);
  request.version(11);
  request.set(http::field::host, "127.0.0.1:" + std::to_string(what.port));
  request.set(http::field::connection, "close");
  for (const auto& [name, value] : what.headers)
    request.set(name, value);
  request.body() = what.body;
  if (!what.body.empty() || what.method != "GET")
    request.prepare_payload();
  if (what.method == "HEAD")
    current->parser.skip(true);
  current->parser.body_limit(16U << 20);
  current->start(what.port);
  if (!in.wait(limit, [&] { return current->error.has_value(); })) {
    current->stream.close();
    throw std::runtime_error("no answer in time");
  }
  if (*current->error)
    throw std::runtime_error("no answer: " + current->error->message());
  http_answer answer;
  auto& message = current->parser.get();
  answer.status = message.result_int();
  for (const auto& field : message)
    answer.headers.emplace_back(std::string(field.name_string()),
                                std::string(field.value()));
  answer.body = std::move(message.body());
  return answer;
}

} // namespace convoy::scenarios
