// SPDX-License-Identifier: Apache-2.0
#include "net/irc_transport.hpp"

#include <boost/asio/buffer.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>

namespace convoy::net {

namespace {

using state = transport_outcome::state;

transport_outcome from_socket(const error_code& error, std::size_t bytes,
                              state blocked) {
  if (!error)
    return {state::done, bytes, {}};
  if (error == asio::error::would_block)
    return {blocked, 0, {}};
  if (error == asio::error::eof)
    return {state::closed, 0, {}};
  return {state::failed, 0, describe(error)};
}

} // namespace

std::string describe(const error_code& error) {
  return error.message() + ".";
}

transport_outcome irc_transport::handshake() {
  ERR_clear_error();
  auto outcome = from_tls(SSL_do_handshake(tls_.get()), 0);
  if (outcome.what == state::done) {
    const auto peer = std::move(peer_);
    if (!peer->pinned.empty() && peer->seen != peer->pinned)
      outcome = {state::failed, 0, describe_peer(*peer)};
  }
  return outcome;
}

transport_outcome irc_transport::read(std::span<char> into) {
  if (!tls_) {
    error_code error;
    auto bytes =
        socket_.read_some(asio::buffer(into.data(), into.size()), error);
    return from_socket(error, bytes, state::wants_read);
  }
  ERR_clear_error();
  std::size_t bytes = 0;
  auto result = SSL_read_ex(tls_.get(), into.data(), into.size(), &bytes);
  return from_tls(result, bytes);
}

transport_outcome irc_transport::write(std::string_view bytes) {
  if (!tls_) {
    error_code error;
    auto written = socket_.write_some(asio::buffer(bytes), error);
    return from_socket(error, written, state::wants_write);
  }
  ERR_clear_error();
  std::size_t written = 0;
  auto result = SSL_write_ex(tls_.get(), bytes.data(), bytes.size(), &written);
  return from_tls(result, written);
}

void irc_transport::finish() {
  if (tls_) {
    ERR_clear_error();
    SSL_shutdown(tls_.get());
  }
  error_code ignored; // the other side may be gone already
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

std::string irc_transport::describe_peer(const peer_check& peer) const {
  if (!peer.pinned.empty())
    return "The server's certificate is not the pinned one: expected SHA-256 "
           + peer.pinned + ", seen " + peer.seen + ".";
  return std::string("Certificate verify failed: ")
         + X509_verify_cert_error_string(SSL_get_verify_result(tls_.get()))
         + ". Its SHA-256 is " + peer.seen + ".";
}

transport_outcome irc_transport::from_tls(int result, std::size_t bytes) {
  if (result == 1)
    return {state::done, bytes, {}};
  auto system_error = errno;
  switch (SSL_get_error(tls_.get(), result)) {
  case SSL_ERROR_WANT_READ:
    return {state::wants_read, 0, {}};
  case SSL_ERROR_WANT_WRITE:
    return {state::wants_write, 0, {}};
  case SSL_ERROR_ZERO_RETURN:
    return {state::closed, 0, {}};
  case SSL_ERROR_SYSCALL:
    return system_error == 0
               ? transport_outcome{state::closed, 0, {}}
               : transport_outcome{
                   state::failed, 0,
                   describe({system_error, boost::system::system_category()})};
  default:
    break;
  }
  if (peer_ && !peer_->seen.empty()
      && SSL_get_verify_result(tls_.get()) != X509_V_OK)
    return {state::failed, 0, describe_peer(*peer_)};
  auto* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return {state::failed, 0,
          std::string("TLS failed: ") + (reason ? reason : "unknown error")
              + "."};
}

} // namespace convoy::net
