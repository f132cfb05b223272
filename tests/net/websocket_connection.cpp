// SPDX-License-Identifier: Apache-2.0
#include "net/websocket_connection.hpp"

#include "tests/net/fake_gateway.hpp"
#include "tests/net/test_client.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;
using namespace std::chrono_literals;
namespace websocket = boost::beast::websocket;

namespace {

/// A WebSocket client that runs one operation at a time.
struct web_client {
  explicit web_client(std::uint16_t port) : stream(loop.context()) {
    REQUIRE(!loop.run([&](auto done) {
      stream.next_layer().async_connect(
          {boost::asio::ip::address_v4::loopback(), port}, done);
    }));
    REQUIRE(!loop.run([&](auto done) {
      stream.async_handshake("chat.example.org", "/events?ts=iso", done);
    }));
  }

  error_code send(std::string_view text, bool binary = false) {
    stream.binary(binary);
    return loop.run([&](auto done) {
      stream.async_write(boost::asio::buffer(text), done);
    });
  }

  error_code send_raw(std::string_view bytes) {
    return loop.run([&](auto done) {
      boost::asio::async_write(stream.next_layer(), boost::asio::buffer(bytes),
                               done);
    });
  }

  error_code read() {
    buffer.clear();
    return loop.run([&](auto done) { stream.async_read(buffer, done); });
  }

  std::string text() {
    auto error = read();
    REQUIRE_MESSAGE(!error, error.message());
    CHECK(stream.got_text());
    return {static_cast<const char*>(buffer.cdata().data()), buffer.size()};
  }

  /// Reads to the end; the code of the close frame, 1006 for none.
  unsigned closed() {
    error_code error;
    while (!error)
      error = read();
    return error == websocket::error::closed ? unsigned{stream.reason().code}
                                             : 1006u;
  }

  test_loop loop;
  websocket::stream<tcp::socket> stream;
  boost::beast::flat_buffer buffer;
};

struct open_fixture : server_fixture {
  explicit open_fixture(http_settings settings = {})
      : server_fixture(std::move(settings)),
        client(port()),
        session(routes->sessions.take()) {
    // nop
  }

  web_client client;
  std::shared_ptr<fake_session> session;
};

/// A masked frame of a client; the mask is zero.
std::string masked(char head, std::string_view text) {
  std::string out{head, static_cast<char>(0x80 | text.size()), 0, 0, 0, 0};
  return out.append(text);
}

} // namespace

TEST_CASE("an upgrade opens a session that both ends can use") {
  open_fixture f;
  CHECK(f.session->opened_with.param("ts") == "iso");
  CHECK(f.session->opened_with.host == "chat.example.org");
  f.client.send(R"({"method":"ping","id":"7"})");
  CHECK(f.session->came.take().id == "\"7\"");
  f.client.send(R"({"method":"load"})", true);
  CHECK(f.session->came.take().what == convoy::protocol::method::load);
  f.session->send({"one", "two"});
  f.session->send({"three"});
  CHECK(f.client.text() == "one");
  CHECK(f.client.text() == "two");
  CHECK(f.client.text() == "three");
}

TEST_CASE("frames of a browser may come right behind its upgrade") {
  server_fixture f;
  test_client client{f.port()};
  client.send("GET /events HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\n"
              "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
              + masked('\x81', R"({"id":"1"})")
              + masked('\x81', R"({"id":"2"})"));
  auto session = f.routes->sessions.take();
  CHECK(session->came.take().id == "\"1\"");
  CHECK(session->came.take().id == "\"2\"");
}

TEST_CASE("fragments make one request") {
  open_fixture f;
  f.client.send_raw(masked('\x01', R"({"id)") + masked('\x89', "ping")
                    + masked('\x00', R"(":"a)") + masked('\x80', R"(b"})"));
  CHECK(f.session->came.take().id == "\"ab\"");
}

TEST_CASE("many frames in one packet come in order") {
  http_settings settings;
  settings.max_unhandled_requests = 1000;
  open_fixture f{settings};
  std::string all;
  for (int i = 0; i < 500; ++i)
    all += masked('\x81', "{\"id\":" + std::to_string(i + 1) + "}");
  f.client.send_raw(all);
  for (int i = 0; i < 500; ++i)
    CHECK(f.session->came.take().id == std::to_string(i + 1));
}

TEST_CASE("reading pauses while too many requests are not handled") {
  http_settings settings;
  settings.max_unhandled_requests = 4;
  open_fixture f{settings};
  for (int i = 0; i < 10; ++i)
    f.client.send("{\"id\":" + std::to_string(i + 1) + "}");
  for (int i = 0; i < 4; ++i)
    f.session->came.take();
  // A pong would come if more were read.
  f.session->send({"fence"});
  CHECK(f.client.text() == "fence");
  CHECK(f.session->came.empty());
  f.session->link->handled(1);
  f.session->send({"fence"});
  CHECK(f.client.text() == "fence");
  CHECK(f.session->came.empty());
  f.session->link->handled(3);
  for (int i = 4; i < 8; ++i)
    CHECK(f.session->came.take().id == std::to_string(i + 1));
  f.session->link->handled(4);
  CHECK(f.session->came.take().id == "9");
  CHECK(f.session->came.take().id == "10");
}

TEST_CASE("pongs never come between the parts of a frame") {
  open_fixture f;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < 20; ++i)
    texts.push_back(std::string(70'000 + i, 'x'));
  int pongs = 0;
  f.client.stream.control_callback([&](websocket::frame_type kind, auto) {
    pongs += kind == websocket::frame_type::pong;
  });
  for (int i = 0; i < 3; ++i) {
    f.client.send_raw(masked('\x89', "p"));
    f.session->send(texts);
    f.client.send_raw(masked('\x89', "p"));
    for (const auto& text : texts)
      CHECK(f.client.text().size() == text.size());
  }
  f.client.send_raw(masked('\x81', "{}"));
  f.session->came.take(); // behind all pings, so all pongs are queued
  f.session->send({"fence"});
  CHECK(f.client.text() == "fence");
  CHECK(pongs == 6);
}

TEST_CASE("too large a message closes with 1009") {
  open_fixture f;
  f.client.send(std::string(convoy::protocol::max_frame_size, ' '));
  f.session->came.take();
  f.client.send(std::string(convoy::protocol::max_frame_size + 1, ' '));
  CHECK(f.client.closed() == 1009);
  CHECK(f.session->closed.take());
}

TEST_CASE("text that is not UTF-8 closes with 1007") {
  open_fixture f;
  f.client.send_raw(masked('\x81', "\xff"));
  CHECK(f.client.closed() == 1007);
  CHECK(f.session->closed.take());
}

TEST_CASE("a frame without a mask closes with 1002") {
  open_fixture f;
  f.client.send_raw(std::string("\x81\x02{}", 4));
  CHECK(f.client.closed() == 1002);
  CHECK(f.session->closed.take());
}

TEST_CASE("a close of the client is answered with the same code") {
  open_fixture f;
  auto error = f.client.loop.run([&](auto done) {
    f.client.stream.async_close({websocket::close_code::going_away}, done);
  });
  CHECK_FALSE(error);
  CHECK(f.client.stream.reason().code == websocket::close_code::going_away);
  CHECK(f.session->closed.take());
  f.session->send({"late"});
  f.session->link->handled(1);
  f.session->link->close(1000, "");
  CHECK(f.session->closed.empty());
}

TEST_CASE("close sends what waits, the code and the reason, and no more") {
  open_fixture f;
  f.session->send({"last"});
  f.session->link->close(1008, "Need to log in first.");
  f.session->link->close(1000, "Twice.");
  CHECK(f.client.text() == "last");
  CHECK(f.client.closed() == 1008);
  CHECK(f.client.stream.reason().reason == "Need to log in first.");
  CHECK(f.session->closed.take());
  CHECK(f.session->closed.empty());
}

TEST_CASE("a client that does not answer a close is dropped") {
  http_settings settings;
  settings.close_timeout = 50ms;
  open_fixture f{settings};
  f.session->link->close(1001, "Bye.");
  CHECK(f.session->closed.take());
}

TEST_CASE("a session that reads too slowly is told to come back") {
  http_settings settings;
  settings.outbox = {.bytes = 1 << 20, .frames = 100};
  open_fixture f{settings};
  for (int i = 0; i < 100; ++i)
    f.session->send({std::string(1 << 19, 'x')});
  CHECK(f.client.closed() == 1013);
  CHECK(f.client.stream.reason().reason
        == "Too slow: connect again and resume.");
  CHECK(f.session->closed.take());
}

TEST_CASE("a client that is silent is dropped without a close frame") {
  http_settings settings;
  settings.inactivity_timeout = 100ms;
  settings.ping_interval = 20ms;
  open_fixture f{settings};
  CHECK(f.session->closed.take());
  CHECK(f.client.closed() == 1006);
}

TEST_CASE("a client that answers pings stays") {
  http_settings settings;
  settings.inactivity_timeout = 1000ms;
  settings.ping_interval = 20ms;
  open_fixture f{settings};
  int pings = 0;
  f.client.stream.control_callback([&](websocket::frame_type kind, auto) {
    if (kind == websocket::frame_type::ping && ++pings == 75)
      f.session->send({"enough"});
  });
  CHECK(f.client.text() == "enough");
  CHECK(f.session->closed.empty());
}

TEST_CASE("a server that shuts its connections ends its sessions") {
  open_fixture f;
  f.server.shut_connections();
  CHECK(f.session->closed.take());
  CHECK(f.client.closed() == 1006);
  CHECK(f.server.connections() == 0);
}

TEST_CASE("a node that stops says so to every session") {
  open_fixture f;
  f.server.leave_connections();
  CHECK(f.client.closed() == 1001);
  CHECK(f.session->closed.take());
}

TEST_CASE("a client that resets ends its session") {
  open_fixture f;
  f.client.stream.next_layer().set_option(
      boost::asio::socket_base::linger(true, 0));
  f.client.stream.next_layer().close();
  CHECK(f.session->closed.take());
}
