// SPDX-License-Identifier: Apache-2.0
#include "websocket_peer.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <doctest/doctest.h>

using namespace convoy::scenarios;

namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using tcp = asio::ip::tcp;

/// A server that accepts one socket and sends `frames`, then closes.
struct server {
  server(world& in, std::vector<std::string> what)
      : frames(std::move(what)),
        acceptor(in.io(), tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
        stream(in.io()) {
    acceptor.async_accept(stream.next_layer(), [this](auto error) {
      if (!error)
        stream.async_accept([this](auto failed) {
          if (!failed)
            send();
        });
    });
  }

  void send() {
    if (next == frames.size()) {
      stream.async_close(websocket::close_code::policy_error, [](auto) {});
      return;
    }
    stream.async_write(asio::buffer(frames[next++]),
                       [this](auto error, std::size_t) {
                         if (!error)
                           send();
                       });
  }

  std::vector<std::string> frames;
  std::size_t next = 0;
  tcp::acceptor acceptor;
  websocket::stream<tcp::socket> stream;
};

/// What a peer says of these frames when all have come.
std::string violation_of(const std::vector<std::string>& frames) {
  world in;
  server other(in, frames);
  websocket_peer peer(in.io());
  peer.open(other.acceptor.local_endpoint().port(), "/events", {});
  REQUIRE(in.wait(std::chrono::seconds(10),
                  [&] { return peer.closed.has_value(); }));
  CHECK(peer.closed == 1008);
  CHECK(peer.inbox.size() == frames.size());
  return peer.violation;
}

const std::string pong = R"({"event":"pong","id":1,"ts":1.5})";

std::string message(int seq) {
  return R"({"event":"message","type":"private","connection_id":"irc-x",)"
         R"("conversation_id":"#a","name":"#a","from":"b","message":"c",)"
         R"("highlight":false,"ts":1.5,"seq":)"
         + std::to_string(seq) + '}';
}

} // namespace

TEST_CASE("numbers without a hole are fine, replies need none") {
  CHECK(violation_of({message(7), pong, message(8), message(9)}) == "");
}

TEST_CASE("what passes has no number and takes none") {
  const std::string typing =
      R"({"event":"state","type":"typing","connection_id":"irc-x",)"
      R"("conversation_id":"#a","nick":"b","state":"active","ts":1.5})";
  CHECK(violation_of({message(7), typing, message(8)}) == "");
  CHECK(violation_of({R"({"event":"state","type":"queued","seq":7})"})
            .starts_with("a passing event with seq"));
}

TEST_CASE("what follows a resume begins where it says") {
  const std::string resumed =
      R"({"event":"resume","resumed":true,"stream":"x","since":7,"seq":9})";
  const std::string gone =
      R"({"event":"resume","resumed":false,"stream":"x","seq":9})";
  CHECK(violation_of({resumed, message(8), message(9), message(10)}) == "");
  CHECK(violation_of({resumed, message(9)}).starts_with("seq 9 after 7"));
  CHECK(violation_of({gone, message(10)}) == "");
  CHECK(violation_of({gone, message(9)}).starts_with("seq 9 after 9"));
  CHECK(violation_of({R"({"event":"resume"})"}).starts_with("a place that is"));
}

TEST_CASE("a hole, a repetition and a missing number are seen") {
  CHECK(violation_of({message(7), message(9)}).starts_with("seq 9 after 7"));
  CHECK(violation_of({message(7), message(7)}).starts_with("seq 7 after 7"));
  CHECK(violation_of({R"({"event":"state","type":"join"})"})
            .starts_with("an event without seq"));
}

TEST_CASE("load says where the stream stands") {
  auto load = [](int seq) {
    return R"({"event":"load","id":1,"stream":"x","user":{"email":"a@b",)"
           R"("uid":"1","registered":"2026-11-22T07:01:18Z","roles":[],)"
           R"("remote_address":"","highlight_keywords":[],"unread":0,)"
           R"("default_connection":"","forced_connection":false,)"
           R"("video_service":""},"seq":)"
           + std::to_string(seq) + '}';
  };
  CHECK(violation_of({message(7), load(7), message(8)}) == "");
  CHECK(violation_of({load(7), message(8)}) == "");
  CHECK(violation_of({message(7), load(8)}).starts_with("seq 8 after 7"));
  CHECK(violation_of({load(7), message(9)}).starts_with("seq 9 after 7"));
  CHECK(violation_of({R"({"event":"load"})"})
            .starts_with("an event without seq"));
}

TEST_CASE("a frame that is not as described is seen") {
  CHECK(violation_of({R"({"event":"pong","id":1})"})
        == "not as described: /ts: Missing property.: "
           R"({"event":"pong","id":1})");
}

TEST_CASE("a frame that is no JSON object is seen") {
  CHECK(violation_of({"{"}).starts_with("not JSON"));
  CHECK(violation_of({"[1]"}).starts_with("a frame that is no object"));
  CHECK(violation_of({"{}"}).starts_with("a frame without an event"));
}
