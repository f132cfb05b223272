// SPDX-License-Identifier: Apache-2.0
#include "net/internal_client.hpp"

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

/// One request and its answer. `is_over` is set with the latter.
class exchange {
public:
  exchange(asio::io_context& context, const internal_question& question)
      : resolver_(context),
        socket_(context),
        timer_(context),
        host_(question.host),
        port_(std::to_string(question.port)),
        request_(http::string_to_verb(question.method), question.target, 11) {
    request_.set(http::field::host, host_.find(':') == std::string::npos
                                        ? host_
                                        : "[" + host_ + "]");
    request_.set(http::field::connection, "close");
    request_.prepare_payload();
    parser_.body_limit(max_body);
  }

  void start(std::chrono::milliseconds pause) {
    timer_.expires_after(pause);
    timer_.async_wait([this](error_code) { resolve(); });
  }

  bool is_over = false;
  internal_answer answer;

private:
  static constexpr std::size_t max_body = 4 * 1024 * 1024;

  void resolve() {
    resolver_.async_resolve(host_, port_,
                            [this](error_code error, const auto& found) {
                              if (!failed("cannot be resolved", error))
                                connect(found);
                            });
  }

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
    http::async_read(socket_, buffer_, parser_,
                     [this](error_code error, std::size_t) {
                       if (failed("does not answer", error))
                         return;
                       is_over = true;
                       answer.status = parser_.get().result_int();
                       answer.body = std::move(parser_.get().body());
                     });
  }

  bool failed(const char* what, error_code error) {
    if (error) {
      is_over = true;
      answer.problem = std::string{what} + ": " + error.message();
      answer.is_nobody = error == asio::error::connection_refused
                         || error == asio::error::connection_reset
                         || error == http::error::end_of_stream;
    }
    return static_cast<bool>(error);
  }

  tcp::resolver resolver_;
  tcp::socket socket_;
  steady_timer timer_;
  std::string host_;
  std::string port_;
  http::request<http::empty_body> request_;
  boost::beast::flat_buffer buffer_;
  http::response_parser<http::string_body> parser_;
};

} // namespace

internal_answer ask_internal(const internal_question& question,
                             std::chrono::milliseconds deadline,
                             std::chrono::milliseconds pause) {
  asio::io_context context;
  exchange one{context, question};
  one.start(pause);
  context.run_for(pause + deadline);
  if (!one.is_over)
    return {0, {}, "does not answer in time.", false};
  return one.answer;
}

} // namespace convoy::net
