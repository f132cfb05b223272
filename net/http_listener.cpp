// SPDX-License-Identifier: Apache-2.0
#include "net/http_listener.hpp"

#include "net/http_connection.hpp"
#include "net/log.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace convoy::net {

namespace {

/// How long a process without free file descriptors waits for some.
constexpr std::chrono::milliseconds retry_delay{100};

} // namespace

http_listener::http_listener(asio::io_context& context,
                             std::shared_ptr<const http_service> service)
    : context_(context),
      service_(std::move(service)),
      strand_(asio::make_strand(context)),
      acceptor_(strand_),
      retry_(strand_) {
  // nop
}

std::string http_listener::start() {
  const auto& settings = service_->settings;
  auto name = settings.host + ":" + std::to_string(settings.port);
  error_code error;
  tcp::resolver resolver{context_};
  auto found = resolver.resolve(settings.host, std::to_string(settings.port),
                                tcp::resolver::passive, error);
  if (!error) {
    auto endpoint = found.begin()->endpoint();
    acceptor_.open(endpoint.protocol(), error);
    if (!error)
      acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error)
      acceptor_.bind(endpoint, error);
    if (!error)
      acceptor_.listen(asio::socket_base::max_listen_connections, error);
  }
  if (error)
    return "Cannot listen on " + name + ": " + error.message() + ".";
  port_ = acceptor_.local_endpoint(error).port();
  asio::post(strand_, [self = shared_from_this()] { self->accept(); });
  return {};
}

void http_listener::stop() {
  asio::post(strand_, [self = shared_from_this()] {
    error_code ignored; // closed is what it is to be
    self->acceptor_.close(ignored);
    self->retry_.cancel();
  });
}

void http_listener::accept() {
  if (!acceptor_.is_open())
    return;
  acceptor_.async_accept(
      asio::make_strand(context_),
      [self = shared_from_this()](error_code error, tcp_socket socket) {
        if (error == asio::error::operation_aborted)
          return;
        if (error) {
          log::warning("accept-failed", {{"error", error.message()}});
          self->accept_later();
          return;
        }
        self->admit(std::move(socket));
        self->accept();
      });
}

void http_listener::admit(tcp_socket socket) {
  auto place = service_->registry->enter();
  bool has_room = static_cast<bool>(place);
  if (!has_room)
    place = service_->refused->enter();
  // Beyond that many who are told so, one is closed without a word.
  if (place)
    std::make_shared<http_connection>(std::move(socket), service_,
                                      std::move(place), has_room)
        ->start();
}

void http_listener::accept_later() {
  retry_.expires_after(retry_delay);
  retry_.async_wait([self = shared_from_this()](error_code error) {
    if (!error)
      self->accept();
  });
}

} // namespace convoy::net
