// SPDX-License-Identifier: Apache-2.0
#include "irc_server.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

namespace convoy::scenarios {

namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

} // namespace

struct irc_server::state : std::enable_shared_from_this<irc_server::state> {
  state(asio::io_context& io, const std::string& address)
      : acceptor(io), endpoint(asio::ip::make_address(address), 0) {}

  void listen() {
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
    endpoint = acceptor.local_endpoint();
    accept();
  }

  void accept() {
    acceptor.async_accept(
        [self = shared_from_this()](auto error, tcp::socket socket) {
          if (error)
            return;
          self->connections.push_back(std::make_unique<line_peer>(
              std::move(socket), self->tls ? &*self->tls : nullptr));
          if (self->meet)
            self->meet(*self->connections.back());
          self->accept();
        });
  }

  tcp::acceptor acceptor;
  tcp::endpoint endpoint;
  std::optional<asio::ssl::context> tls;
  std::deque<std::unique_ptr<line_peer>> connections;
  std::function<void(line_peer&)> meet;
};

irc_server::irc_server(asio::io_context& io, const std::string& address,
                       const certificate* identity)
    : state_(std::make_shared<state>(io, address)) {
  if (identity) {
    auto& tls = state_->tls.emplace(asio::ssl::context::tls_server);
    tls.use_certificate_chain(asio::buffer(identity->pem));
    tls.use_private_key(asio::buffer(identity->key), asio::ssl::context::pem);
    // A certificate of the client is welcome, whoever signed it.
    tls.set_verify_mode(asio::ssl::verify_peer);
    tls.set_verify_callback(
        [](bool, asio::ssl::verify_context&) { return true; });
  }
  state_->listen();
}

irc_server::~irc_server() {
  listen(false);
}

std::uint16_t irc_server::port() const noexcept {
  return state_->endpoint.port();
}

void irc_server::listen(bool on) {
  boost::system::error_code ignored;
  if (!on)
    state_->acceptor.close(ignored);
  else if (!state_->acceptor.is_open())
    state_->listen();
}

void irc_server::on_accept(std::function<void(line_peer&)> meet) {
  state_->meet = std::move(meet);
}

const std::deque<std::unique_ptr<line_peer>>&
irc_server::connections() const noexcept {
  return state_->connections;
}

} // namespace convoy::scenarios
