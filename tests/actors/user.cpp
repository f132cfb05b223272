// SPDX-License-Identifier: Apache-2.0
#include "actors/user.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

struct talking {
  talking() {
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

std::string refusal(fake_websocket& socket) {
  const auto frames = socket.take();
  REQUIRE(frames.size() == 1);
  return frames[0].substr(frames[0].find("\"errors\":"));
}

} // namespace

TEST_CASE("a user begins with what the store knows") {
  deterministic world;
  const auto user = world.add_user("ann@example.org");
  world.add_connection(user, {"#room"}, false);
  const auto socket = world.open_socket();
  CHECK(world.connector.links.empty());
  socket->load();
  world.settle();
  const auto frames = socket->take();
  REQUIRE(frames.size() == 1);
  CHECK(member_of(frames[0], "email") == "ann@example.org");
  CHECK(member_of(frames[0], "uid") == "1");
  CHECK(member_of(frames[0], "seq") == "0");
  CHECK(member_of(frames[0], "wanted_state") == "disconnected");
  CHECK(member_of(frames[0], "conversation_id") == "#room");
  CHECK(member_of(frames[0], "frozen") == "Not active in this room.");
}

TEST_CASE("the address of the last session is kept") {
  deterministic world;
  world.add_user("ann@example.org");
  world.open_socket();
  CHECK(world.database->find_account("ann@example.org")->remote_address
        == "192.0.2.7");
}

TEST_CASE("a send that names nothing usable is refused with the key") {
  talking it;
  const auto ask = [&](std::string_view keys) {
    it.socket->ask("{\"method\":\"send\",\"id\":1," + std::string{keys} + "}");
    it.world.settle();
    return refusal(*it.socket);
  };
  CHECK(
      ask(R"("message":"x")")
      == R"("errors":[{"message":"Invalid input.","path":"/connection_id"}]})");
  CHECK(ask(R"("connection_id":"irc-example","message":"")")
        == R"("errors":[{"message":"Invalid input.","path":"/message"}]})");
  CHECK(
      ask(R"("connection_id":"irc-none","message":"x")")
      == R"("errors":[{"message":"Connection not found.","path":"/connection_id"}]})");
}

TEST_CASE("a connection id is looked up in lower case") {
  talking it;
  it.socket->ask(R"({"method":"send","id":"1","connection_id":"IRC-Example",)"
                 R"("conversation_id":"#room","message":"hi"})");
  it.world.settle();
  CHECK(it.irc->take() == strings{"PRIVMSG #room :hi"});
  CHECK(it.socket->take_short().back() == "sent 1");
}

TEST_CASE("a connection whose actor dies is started again") {
  talking it;
  it.socket->say("lost", "#room", "9");
  it.world.run();
  // The user's own actor list is its own: the socket's bridge knows the actor.
  it.irc->observer->on_lines({});
  auto* job =
      dynamic_cast<caf::scheduled_actor*>(it.world.coordinator().jobs.front());
  REQUIRE(job != nullptr);
  caf::anon_send_exit(caf::actor_cast<caf::actor>(job),
                      caf::exit_reason::user_shutdown);
  it.world.run();
  CHECK(it.irc->closing);
  CHECK(it.socket->take_short() == strings{"sent 9 error Connection closed."});
  it.irc->end();
  it.world.advance(3s);
  CHECK(it.world.connector.links.size() == 1);
  it.world.advance(5s);
  CHECK(it.world.connector.links.size() == 2);
  it.world.welcome();
  it.socket->take();
  it.socket->say("hello");
  it.world.settle();
  CHECK(it.socket->take_short().back() == "sent 1");
}

TEST_CASE("connections leave IRC when their user's actor dies") {
  talking it;
  caf::anon_send_exit(it.world.user_actor(it.user), caf::exit_reason::kill);
  it.world.settle();
  CHECK(it.irc->closing);
  CHECK_FALSE(it.irc->observer);
  const strings lines = it.irc->take();
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].starts_with("QUIT :"));
}

TEST_CASE("a removed connection says QUIT and its commands are answered") {
  talking it;
  it.socket->say("lost", "#room", "9");
  it.world.run();
  it.irc->take();
  CHECK(it.world.rest("DELETE", "/api/connection/irc-example").body == "{}");
  CHECK(it.irc->take().back() == "QUIT :https://convoy.chat");
  CHECK_FALSE(it.irc->observer);
  CHECK(it.socket->take_short() == strings{"sent 9 error Connection closed."});
  it.socket->load();
  it.world.settle();
  CHECK(it.socket->take().at(0).find(R"("connections":[])")
        != std::string::npos);
  CHECK(it.world.database->load_user(it.user)->connections.empty());
}

TEST_CASE("a login that ends on the way to its user lets nobody in") {
  talking it;
  const auto user = it.world.user_actor(it.user);
  it.world.hold(user);
  // It has been looked up, and waits for the user.
  const auto late = it.world.open_socket();
  caf::anon_send(user, actors::revoke{hash_token("token"), it.user});
  it.world.let_go(user);
  it.world.settle();
  const auto after = it.world.open_socket();
  REQUIRE(after->closed);
  CHECK(after->closed->code == 1008);
  REQUIRE(late->closed);
  CHECK(late->closed->code == 1008);
  it.world.advance(2min);
  CHECK_FALSE(it.world.open_socket()->closed);
}
