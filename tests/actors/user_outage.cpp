// SPDX-License-Identifier: Apache-2.0
#include "actors/user.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

// What people see of a store that fails or stalls, and that nothing is lost.

namespace {

using strings = std::vector<std::string>;

/// An archive that refuses everything while `fails`.
caf::behavior failing_archive(caf::event_based_actor* self, caf::actor real,
                              std::shared_ptr<bool> fails) {
  return {
      [=](const append& what) {
        if (*fails)
          self->send(what.user, append_failed{what.mark, "disk full"});
        else
          self->send(real, what);
      },
      [=](const ping_store& what) {
        auto promise = self->make_response_promise<bool>();
        if (*fails)
          promise.deliver(
              caf::make_error(caf::sec::runtime_error, "disk full"));
        else
          promise.delegate(real, what);
        return promise;
      },
      [=](const store_job& what) { return self->delegate(real, what); },
      [=](const set_remote_address& what) {
        return self->delegate(real, what);
      },
  };
}

struct talking {
  explicit talking(settings config = deterministic::quick())
      : world(std::move(config), deterministic::empty_store(),
              [fails = fails](caf::actor_system& system, caf::actor real) {
                return system.spawn(failing_archive, real, fails);
              }) {
    user = world.add_user("ann@example.org");
    world.add_connection(user, {"#room"});
    socket = world.open_socket();
    irc = &world.welcome();
    world.settle();
    socket->take();
  }
  ~talking() {
    *fails = false;
    world.advance(2s);
  }
  void say(const std::string& message, const std::string& nonce,
           const std::string& id) {
    socket->ask(R"({"method":"send","connection_id":"irc-example",)"
                R"("conversation_id":"#room","message":")"
                + message + R"(","nonce":")" + nonce + R"(","id":")" + id
                + "\"}");
  }
  void bob_says(const std::string& text) {
    irc->tell(":bob!b@host PRIVMSG #room :" + text);
    world.settle();
  }
  protocol::event_seq last() {
    return world.database->load_user(user)->last_seq;
  }

  std::shared_ptr<bool> fails = std::make_shared<bool>(false);
  deterministic world;
  protocol::user_id user{};
  std::shared_ptr<fake_websocket> socket;
  fake_irc_link* irc = nullptr;
};

std::string store_is_out(const std::string& ts) {
  return R"({"event":"state","type":"store","available":false,)"
         R"("message":"The store does not answer.","ts":)"
         + ts + "}";
}

bool is_back(const std::string& frame) {
  return member_of(frame, "type") == "store"
         && member_of(frame, "available") == "true"
         && member_of(frame, "seq").empty();
}

constexpr auto refusal =
    R"("errors":[{"message":"The store does not answer.","code":"store"}])";

} // namespace

TEST_CASE("sessions are told when the store fails and when it is back") {
  talking it;
  *it.fails = true;
  it.bob_says("one");
  CHECK(it.socket->take() == strings{store_is_out("1795330887.0")});
  it.bob_says("two");
  it.world.advance(1s);
  it.world.advance(1s);
  CHECK(it.socket->take().empty());
  const auto late = it.world.open_socket("token", "iso");
  CHECK(late->take() == strings{store_is_out("\"2026-11-22T07:01:29Z\"")});
  *it.fails = false;
  it.world.advance(1s);
  it.world.advance(1s);
  for (const auto& socket : {it.socket, late}) {
    const auto frames = socket->take();
    REQUIRE(frames.size() == 3);
    CHECK(member_of(frames[0], "message") == "one");
    CHECK(member_of(frames[1], "message") == "two");
    CHECK(is_back(frames[2]));
  }
  it.world.advance(10s);
  CHECK(it.socket->take().empty());
}

TEST_CASE("an outage is seen by whoever does nothing") {
  talking it;
  *it.fails = true;
  it.world.advance(1s);
  CHECK(it.socket->take().size() == 1);
  // Somebody who comes only now.
  it.world.add_user("bob@example.org", "bob");
  const auto bob = it.world.open_socket("bob");
  it.world.settle();
  CHECK(bob->take().size() == 1);
  *it.fails = false;
  it.world.advance(1s);
  for (const auto& socket : {it.socket, bob}) {
    const auto frames = socket->take();
    REQUIRE(frames.size() == 1);
    CHECK(is_back(frames[0]));
  }
}

TEST_CASE("a store that stalls is out of order after some seconds") {
  talking it;
  it.world.hold(it.world.writer);
  it.world.advance(1s);
  it.bob_says("one");
  for (auto n = 0; n < 4; ++n)
    it.world.advance(1s);
  CHECK(it.socket->take().empty());
  it.world.advance(1s);
  CHECK(it.socket->take_short()
        == strings{" store The store does not answer."});
  it.socket->say("hello", "#room", "1");
  it.world.settle();
  CHECK(it.socket->take().at(0).find(refusal) != std::string::npos);
  CHECK(it.irc->take().empty());
  it.world.let_go(it.world.writer);
  it.world.settle();
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 2);
  CHECK(member_of(frames[0], "message") == "one");
  CHECK(is_back(frames[1]));
  it.socket->say("hello", "#room", "2");
  it.world.settle();
  CHECK(it.socket->take_short().back() == "sent 2");
}

TEST_CASE("sends are refused at once while the store fails") {
  talking it;
  *it.fails = true;
  it.bob_says("one");
  it.socket->take();
  it.socket->say("hello", "#room", "1");
  it.say("hello", "n", "2");
  it.socket->load();
  it.world.settle();
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 3);
  for (const auto& each : frames)
    CHECK(each.find(refusal) != std::string::npos);
  CHECK(member_of(frames[2], "event") == "load");
  CHECK(it.irc->take().empty());
}

TEST_CASE("a load is answered while there is nothing new to say") {
  talking it;
  *it.fails = true;
  it.world.advance(1s);
  it.socket->take();
  it.socket->load();
  it.world.settle();
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 1);
  CHECK(member_of(frames[0], "seq") == std::to_string(it.last()));
}

TEST_CASE("what went to IRC before is answered when the store is back") {
  talking it;
  it.socket->say("hello", "#room", "1");
  it.world.run();
  *it.fails = true;
  it.world.settle();
  it.world.advance(5s);
  CHECK(it.socket->take_short()
        == strings{" store The store does not answer."});
  *it.fails = false;
  it.world.advance(1s);
  it.world.advance(1s);
  const auto frames = it.socket->take_short();
  REQUIRE(frames.size() == 3);
  CHECK(frames[0].ends_with("private hello"));
  CHECK(frames[1] == "sent 1");
}

TEST_CASE("a nonce that could not begin is refused and never sent") {
  talking it;
  *it.fails = true;
  it.say("hello", "n", "1");
  it.say("hello", "n", "2");
  it.socket->say("behind", "#room", "3");
  it.world.settle();
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 4);
  for (auto n = 0U; n < 3; ++n)
    CHECK(frames[n].find(refusal) != std::string::npos);
  CHECK(member_of(frames[3], "type") == "store");
  *it.fails = false;
  it.world.advance(1s);
  it.world.advance(1s);
  CHECK(it.irc->take().empty());
  CHECK_FALSE(it.world.database->find_nonce(it.user, "n"));
  it.socket->take();
  it.say("hello", "n", "4");
  it.world.settle();
  CHECK(it.socket->take_short().back() == "sent 4");
  CHECK(it.irc->take() == strings{"PRIVMSG #room :hello"});
}

TEST_CASE("a nonce that begins in a stall is withdrawn") {
  talking it;
  it.world.hold(it.world.writer);
  it.say("hello", "n", "1");
  it.world.settle();
  for (auto n = 0; n < 6; ++n)
    it.world.advance(1s);
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 2);
  CHECK(frames[0].find(refusal) != std::string::npos);
  it.world.let_go(it.world.writer);
  it.world.settle();
  CHECK(it.irc->take().empty());
  CHECK_FALSE(it.world.database->find_nonce(it.user, "n"));
  it.say("hello", "n", "2");
  it.world.settle();
  CHECK(it.socket->take_short().back() == "sent 2");
  CHECK(it.irc->take() == strings{"PRIVMSG #room :hello"});
}

TEST_CASE("the answer to a nonce waits for the store with its event") {
  talking it;
  it.say("hello", "n", "1");
  it.world.run();
  CHECK(it.irc->lines == strings{"PRIVMSG #room :hello"});
  *it.fails = true;
  it.world.settle();
  it.world.advance(3s);
  CHECK_FALSE(it.world.database->find_nonce(it.user, "n")->answered);
  *it.fails = false;
  it.socket->take();
  it.world.advance(1s);
  it.world.advance(1s);
  const auto frames = it.socket->take_short();
  REQUIRE(frames.size() == 3);
  CHECK(frames[0].ends_with("private hello"));
  CHECK(frames[1] == "sent 1");
  CHECK(it.world.database->find_nonce(it.user, "n")->answered);
}

TEST_CASE("IRC is kept alive for as long as the store is out") {
  auto config = deterministic::quick();
  config.max_uncommitted_events = 10;
  talking it{config};
  it.irc->resumed = 0;
  *it.fails = true;
  for (auto n = 0; n < 9; ++n)
    it.bob_says("x");
  it.irc->tell("PING :still there?");
  it.world.settle();
  CHECK(it.irc->take() == strings{"PONG :still there?"});
  CHECK(it.irc->resumed == 10);
  it.bob_says("x");
  // Nothing more is read from here on: the server is not silent, we are deaf.
  CHECK(it.irc->resumed == 10);
  for (auto n = 0; n < 60; ++n)
    it.world.advance(60s);
  CHECK(it.irc->take().empty());
  CHECK_FALSE(it.irc->closing);
  *it.fails = false;
  it.world.advance(1s);
  it.world.advance(1s);
  CHECK(it.irc->resumed == 11);
  const auto frames = it.socket->take_short();
  REQUIRE(frames.size() == 12);
  CHECK(frames.front() == " store The store does not answer.");
  for (auto n = 1U; n <= 10; ++n)
    CHECK(frames[n].ends_with("private x"));
  CHECK(it.world.connector.links.size() == 1);
  // And the watchdog watches again.
  it.world.advance(config.irc_read_timeout);
  CHECK(it.irc->take() == strings{"PING :irc.example.net"});
}
