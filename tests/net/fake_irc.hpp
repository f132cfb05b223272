// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/irc_dialer.hpp"
#include "net/link.hpp"
#include "net/runtime.hpp"
#include "tests/net/mailbox.hpp"
#include "tests/net/test_client.hpp"
#include "tests/net/tls_fixture.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::net {

/// The actor behind an IRC connection, as a test plays it.
struct fake_irc_user : irc_observer {
  void on_connected(protocol::irc_socket_info socket) override {
    connected.put(std::move(socket));
  }
  void on_lines(std::vector<protocol::irc_message> came) override {
    lines.put(std::move(came));
  }
  void on_written(std::uint64_t mark) override {
    written.put(mark);
  }
  void on_closed(std::string reason, protocol::irc_end how) override {
    end = how;
    closed.put(std::move(reason));
  }

  mailbox<protocol::irc_socket_info> connected;
  mailbox<std::vector<protocol::irc_message>> lines;
  mailbox<std::uint64_t> written;
  mailbox<std::string> closed;
  protocol::irc_end end = protocol::irc_end::lost; ///< read after `closed`
};

/// A port of 127.0.0.1 that listens; the test plays the server.
struct irc_peer {
  irc_peer()
      : acceptor(loop.context(), {boost::asio::ip::address_v4::loopback(), 0}),
        socket(loop.context()) {
    // nop
  }

  std::uint16_t port() const {
    return acceptor.local_endpoint().port();
  }

  void accept() {
    REQUIRE(!loop.run([&](auto done) { acceptor.async_accept(socket, done); }));
  }

  void send(std::string_view bytes) {
    REQUIRE(!loop.run([&](auto done) {
      boost::asio::async_write(socket, boost::asio::buffer(bytes), done);
    }));
  }

  /// What comes, until it is `size` bytes or the end.
  std::string receive(std::size_t size) {
    std::string out(size, '\0');
    std::size_t filled = 0;
    loop.run([&](auto done) {
      boost::asio::async_read(socket, boost::asio::buffer(out),
                              [&filled, done](auto error, std::size_t count) {
                                filled = count;
                                done(error);
                              });
    });
    out.resize(filled);
    return out;
  }

  test_loop loop;
  boost::asio::ip::tcp::acceptor acceptor;
  boost::asio::ip::tcp::socket socket;
};

/// The same with TLS.
struct tls_peer : irc_peer {
  explicit tls_peer(const self_signed& identity)
      : context(boost::asio::ssl::context::tls_server) {
    context.use_certificate(boost::asio::buffer(identity.certificate()),
                            boost::asio::ssl::context::pem);
    context.use_private_key(boost::asio::buffer(identity.key()),
                            boost::asio::ssl::context::pem);
  }

  boost::system::error_code shake_hands() {
    accept();
    stream.emplace(socket, context);
    return loop.run([&](auto done) {
      stream->async_handshake(boost::asio::ssl::stream_base::server, done);
    });
  }

  void send_tls(std::string_view bytes) {
    REQUIRE(!loop.run([&](auto done) {
      boost::asio::async_write(*stream, boost::asio::buffer(bytes), done);
    }));
  }

  std::string receive_tls(std::size_t size) {
    std::string out(size, '\0');
    REQUIRE(!loop.run([&](auto done) {
      boost::asio::async_read(*stream, boost::asio::buffer(out), done);
    }));
    return out;
  }

  boost::asio::ssl::context context;
  std::optional<boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>> stream;
};

/// A dialer that may dial this machine, and somebody who uses it.
struct dialer_fixture {
  explicit dialer_fixture(irc_dialer_settings settings = make_settings())
      : dialer(loop, std::move(settings)) {
    auto problem = dialer.start();
    REQUIRE_MESSAGE(problem.empty(), problem);
    loop.run();
  }

  ~dialer_fixture() {
    loop.abandon();
    loop.join();
  }

  static irc_dialer_settings make_settings() {
    irc_dialer_settings out;
    out.allow_private = true;
    return out;
  }

  void connect(std::uint16_t port, bool tls = false, bool verify = true,
               const std::string& host = "127.0.0.1") {
    irc_endpoint where;
    where.host = host;
    where.port = port;
    where.tls = tls;
    where.tls_verify = verify;
    connect(where);
  }

  void connect(const irc_endpoint& where) {
    link = dialer.connect(where, user);
  }

  runtime loop{2};
  irc_dialer dialer;
  std::shared_ptr<fake_irc_user> user = std::make_shared<fake_irc_user>();
  std::shared_ptr<irc_link> link;
};

} // namespace convoy::net
