// SPDX-License-Identifier: Apache-2.0
#include "actors/session.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

constexpr auto handshake_error =
    R"({"errors":[{"message":"Need to log in first."}],"event":"handshake"})";

/// A user with one connection that is up, and a socket that has seen that.
struct talking {
  explicit talking(settings config = deterministic::quick())
      : world(std::move(config)) {
    user = world.add_user("ann@example.org");
    world.add_connection(user, {"#room"});
    socket = world.open_socket();
    irc = &world.welcome();
    socket->take();
  }

  deterministic world;
  protocol::user_id user{};
  std::shared_ptr<fake_websocket> socket;
  fake_irc_link* irc = nullptr;
};

} // namespace

// -- greeting -----------------------------------------------------------------

TEST_CASE("without a token the socket is told to log in and closed") {
  deterministic world;
  const auto socket = world.open_socket("");
  CHECK(socket->take() == strings{handshake_error});
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1008);
}

TEST_CASE("with an unknown or an expired token it is the same") {
  deterministic world;
  world.add_user("ann@example.org");
  CHECK(world.open_socket("wrong")->take() == strings{handshake_error});
  world.advance(1001h);
  const auto late = world.open_socket();
  CHECK(late->take() == strings{handshake_error});
  REQUIRE(late->closed);
  CHECK(late->closed->code == 1008);
}

TEST_CASE("nothing is sent on open, and early requests wait") {
  deterministic world;
  world.add_user("ann@example.org");
  world.hold(world.home->readers[0]);
  const auto socket = world.open_socket();
  socket->ask(R"({"id":"early"})");
  world.settle();
  CHECK(socket->take().empty());
  CHECK(socket->handled_requests == 0);
  world.let_go(world.home->readers[0]);
  world.settle();
  CHECK(socket->take_short() == strings{"pong early"});
  CHECK(socket->handled_requests == 1);
  CHECK_FALSE(socket->closed);
}

TEST_CASE("a store that does not answer closes the socket for another try") {
  deterministic world;
  world.add_user("ann@example.org");
  world.hold(world.home->readers[0]);
  const auto socket = world.open_socket();
  world.advance(29s);
  CHECK_FALSE(socket->closed);
  world.advance(1s);
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1012);
  CHECK(socket->take().empty());
}

TEST_CASE("a user has so many sessions and no more") {
  auto config = deterministic::quick();
  config.max_sessions_per_user = 2;
  deterministic world{config};
  world.add_user("ann@example.org");
  const auto first = world.open_socket();
  const auto second = world.open_socket();
  const auto third = world.open_socket();
  CHECK_FALSE(second->closed);
  REQUIRE(third->closed);
  CHECK(third->closed->code == 1012);
  CHECK(third->closed->reason == "Too many sessions.");
  first->gone();
  world.settle();
  CHECK_FALSE(world.open_socket()->closed);
}

// -- requests -----------------------------------------------------------------

TEST_CASE("what needs nobody else is answered at once and in order") {
  deterministic world;
  world.add_user("ann@example.org");
  const auto socket = world.open_socket();
  socket->ask({R"({"id":"1"})", R"({"method":"debug","id":"2"})",
               R"({"method":"dance","id":"3"})", "[1]", "{",
               R"({"method":"ping","id":"4"})"});
  world.settle();
  const auto frames = socket->take();
  REQUIRE(frames.size() == 6);
  CHECK(frames[0] == R"({"event":"pong","id":"1","ts":1795330887.0})");
  CHECK(frames[1] == R"({"event":"debug","id":"2"})");
  CHECK(member_of(frames[2], "event") == "dance");
  CHECK(frames[2].find(R"({"message":"Invalid method.","path":"/method"})")
        != std::string::npos);
  CHECK(frames[3].find("Expected a JSON object.") != std::string::npos);
  CHECK(frames[4].find(R"("path":"/")") != std::string::npos);
  CHECK(member_of(frames[5], "event") == "pong");
  CHECK(socket->handled_requests == 6);
  CHECK_FALSE(socket->closed);
}

TEST_CASE("a send with a key of the wrong type is refused with its path") {
  talking it;
  it.socket->ask(
      R"({"method":"send","id":"1","connection_id":1,"message":"x"})");
  it.world.settle();
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].find(
            R"({"message":"Expected a string.","path":"/connection_id"})")
        != std::string::npos);
}

TEST_CASE("a session has 64 requests open, one more is refused") {
  talking it;
  for (auto n = 0; n < 65; ++n)
    it.socket->say("hello", "#room", std::to_string(n));
  it.world.run();
  CHECK(it.socket->take_short()
        == strings{"sent 64 error Too many open requests."});
  it.world.settle();
  const auto rest = it.socket->take_short();
  CHECK(rest.size() == 128);
  CHECK(std::ranges::count(rest, "sent 63") == 1);
  it.socket->say("again", "#room", "65");
  it.world.settle();
  CHECK(it.socket->take_short().back() == "sent 65");
}

TEST_CASE("a request that nobody answers is answered when its time is up") {
  talking it;
  it.socket->say("hello", "#room", "7");
  it.world.run();
  it.world.coordinator().advance_time(104s);
  it.world.run();
  CHECK(it.socket->take().empty());
  it.world.coordinator().advance_time(1s);
  it.world.run();
  CHECK(it.socket->take_short() == strings{"sent 7 error Promise timeout"});
  it.world.settle();
  const auto late = it.socket->take_short();
  REQUIRE(late.size() == 1);
  CHECK(late[0].ends_with("private hello"));
}

TEST_CASE("a request may wait for its turn for longer than for its answer") {
  auto config = deterministic::quick();
  config.irc_flood_interval = 2s;
  config.irc_flood_burst = 1;
  config.irc_max_queued_lines = 50;
  talking it{config};
  for (int i = 0; i < 50; ++i)
    it.socket->say("hello", "#room", std::to_string(i));
  it.world.run();
  it.socket->take();
  for (int i = 0; i < 50; ++i) {
    it.irc->flush();
    it.world.advance(2s);
  }
  it.irc->flush();
  it.world.settle();
  auto sent = 0;
  for (const auto& each : it.socket->take_short()) {
    CHECK(each.find("error") == std::string::npos);
    sent += each.starts_with("sent") ? 1 : 0;
  }
  CHECK(sent >= 49);
}

TEST_CASE("deadlines do not pile up with the requests") {
  talking it;
  const auto before = it.world.pending_timers();
  for (auto n = 0; n < 50; ++n) {
    it.socket->say("hello");
    it.world.advance(1ms);
  }
  CHECK(it.world.pending_timers() <= before + 2);
}

// -- the end ------------------------------------------------------------------

TEST_CASE("the death of the user's actor closes the socket for another try") {
  talking it;
  caf::anon_send_exit(it.world.user_actor(it.user), caf::exit_reason::kill);
  it.world.settle();
  REQUIRE(it.socket->closed);
  CHECK(it.socket->closed->code == 1012);
}

TEST_CASE("a hole in the stream closes the socket instead of hiding it") {
  deterministic world;
  world.add_user("ann@example.org");
  const auto socket = std::make_shared<fake_websocket>();
  const auto who = world.system().spawn(session, world.home, socket,
                                        session_start{"token", "", {}, ""});
  world.settle();
  const auto frames = std::make_shared<const std::vector<net::payload>>(
      std::vector{std::make_shared<const std::string>("x")});
  caf::anon_send(who, deliver{1, 1, frames});
  world.settle();
  CHECK(socket->take() == strings{"x"});
  caf::anon_send(who, deliver{3, 3, frames});
  caf::anon_send(who, deliver{4, 4, frames});
  world.settle();
  CHECK(socket->take().empty());
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1012);
  caf::anon_send(who, socket_closed{});
  world.settle();
}

TEST_CASE("a session ends with its socket and closes what it leaves") {
  deterministic world;
  world.add_user("ann@example.org");
  const auto socket = world.open_socket();
  const auto before = world.system().registry().running();
  socket->gone();
  world.settle();
  CHECK(world.system().registry().running() == before - 1);
}
