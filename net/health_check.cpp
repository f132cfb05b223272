// SPDX-License-Identifier: Apache-2.0
#include "net/health_check.hpp"

#include "net/asio.hpp"

#include <boost/asio/connect.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace convoy::net {

namespace {

namespace http = boost::beast::http;

/// One request and its answer. `verdict` is set once it is over.
class health_request {
public:
  health_request(asio::io_context& context, const std::string& host,
                 std::uint16_t port)
      : resolver_(context),
        socket_(context),
        host_(host),
        port_(std::to_string(port)) {
    request_.set(http::field::host,
                 host.find(':') == std::string::npos ? host : "[" + host + "]");
    request_.set(http::field::connection, "close");
    answer_.body_limit(max_body);
  }

  void start() {
    resolver_.async_resolve(host_, port_,
                            [this](error_code error, const auto& found) {
                              if (!failed("cannot be resolved", error))
                                connect(found);
                            });
  }

  bool is_over = false;
  std::string verdict;

private:
  static constexpr std::size_t max_body = 4'096;

  void connect(const tcp::resolver::results_type& found) {
    asio::async_connect(socket_, found,
                        [this](error_code error, const tcp::endpoint&) {
                          if (!failed("cannot be reached", error))
                            write();
                        });
  }

  void write() {
    http::async_write(socket_, request_, [this](error_code error, std::size_t) {
      if (!failed("does not take a request", error))
        read();
    });
  }

  void read() {
    http::async_read(socket_, buffer_, answer_,
                     [this](error_code error, std::size_t) {
                       if (!failed("does not answer", error))
                         judge();
                     });
  }

  void judge() {
    is_over = true;
    const auto status = answer_.get().result_int();
    if (status != 200)
      verdict =
          "answers " + std::to_string(status) + ": " + answer_.get().body();
  }

  bool failed(const char* what, error_code error) {
    if (error) {
      is_over = true;
      verdict = std::string{what} + ": " + error.message();
    }
    return static_cast<bool>(error);
  }

  tcp::resolver resolver_;
  tcp::socket socket_;
  std::string host_;
  std::string port_;
  http::request<http::empty_body> request_{http::verb::get, "/healthz", 11};
  boost::beast::flat_buffer buffer_;
  http::response_parser<http::string_body> answer_;
};

} // namespace

std::string check_health(const std::string& host, std::uint16_t port,
                         std::chrono::milliseconds deadline) {
  asio::io_context context;
  health_request request{context, host, port};
  request.start();
  context.run_for(deadline);
  if (request.is_over && request.verdict.empty())
    return {};
  return "Convoy at " + host + ":" + std::to_string(port) + " "
         + (request.is_over ? request.verdict : "does not answer in time.");
}

} // namespace convoy::net
