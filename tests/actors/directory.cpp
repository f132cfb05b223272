// SPDX-License-Identifier: Apache-2.0
#include "actors/directory.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

/// Asks the node to stop; `true` once everybody has left.
struct stopping {
  explicit stopping(deterministic& where) : world(where) {
    self->send(world.home->directory, stop_node{});
    world.run();
  }
  bool is_over() {
    auto result = false;
    self->receive([&](bool all_left) { result = all_left; },
                  caf::after(0s) >> [] {});
    return result;
  }

  deterministic& world;
  caf::scoped_actor self{world.system()};
};

/// The archive, its reader, its watch, the hasher, the dialer, the profiles,
/// the lists, the doorman, the last uses and the site.
constexpr std::size_t own_actors = 10;

} // namespace

TEST_CASE("a user has one actor, and anybody who asks gets it") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org", "a");
  const auto bob = world.add_user("bob@example.org", "b");
  CHECK(world.user_actor(ann) == world.user_actor(ann));
  CHECK(world.user_actor(ann) != world.user_actor(bob));
}

TEST_CASE("those who want to be on IRC are started, the others are not") {
  deterministic world;
  world.add_connection(world.add_user("ann@example.org", "a"));
  world.add_connection(world.add_user("bob@example.org", "b"), {}, false);
  world.add_user("eve@example.org", "e");
  caf::anon_send(world.home->directory, start_wanted{});
  world.settle();
  REQUIRE(world.connector.links.size() == 1);
  CHECK(world.connector.last().where.host == "irc.example.net");
}

TEST_CASE("a user whose actor died is started again") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org");
  world.add_connection(ann);
  const auto first = world.user_actor(ann);
  REQUIRE(world.connector.links.size() == 1);
  caf::anon_send_exit(first, caf::exit_reason::kill);
  world.settle();
  world.advance(8s);
  CHECK(world.connector.links.size() == 2);
  CHECK(world.user_actor(ann) != first);
}

TEST_CASE("the token of nobody starts nobody") {
  deterministic world;
  const auto before = world.system().registry().running();
  const auto socket = world.open_socket("wrong");
  socket->gone();
  world.settle();
  CHECK(world.system().registry().running() == before);
}

TEST_CASE("a node without users stops at once") {
  deterministic world;
  stopping stop{world};
  CHECK(stop.is_over());
}

TEST_CASE("stop closes sessions, leaves IRC, commits all and ends everybody") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org");
  world.add_connection(ann, {"#room"});
  const auto socket = world.open_socket();
  auto& irc = world.welcome();
  socket->take();
  world.hold(world.writer);
  irc.tell(":bob!b@host PRIVMSG #room :last words");
  world.run();
  stopping stop{world};
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1001);
  CHECK(irc.take() == strings{"QUIT :https://convoy.chat"});
  CHECK(irc.closing);
  CHECK_FALSE(stop.is_over());
  irc.end();
  world.run();
  CHECK_FALSE(stop.is_over());
  world.let_go(world.writer);
  world.run();
  CHECK(stop.is_over());
  socket->gone();
  world.run();
  // `stop` is an actor too.
  CHECK(world.system().registry().running() == own_actors + 1);
  store::history_query query;
  query.user = ann;
  query.connection_id = "irc-example";
  query.conversation_id = "#room";
  const auto stored = world.database->history(query).messages;
  REQUIRE_FALSE(stored.empty());
  CHECK(stored.back().text == "last words");
}

TEST_CASE("whoever comes while the node stops is sent elsewhere") {
  deterministic world;
  world.add_connection(world.add_user("ann@example.org"), {"#room"});
  const auto socket = world.open_socket();
  auto& irc = world.welcome();
  stopping stop{world};
  const auto late = world.open_socket();
  REQUIRE(late->closed);
  CHECK(late->closed->code == 1012);
  CHECK(world.rest("GET", "/api/user").status == 503);
  irc.end();
  world.run();
  CHECK(stop.is_over());
  const auto later = world.open_socket();
  REQUIRE(later->closed);
  CHECK(later->closed->code == 1012);
}

TEST_CASE("a session that was looked up when the stop came starts nobody") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org", "a");
  world.add_user("bob@example.org", "b");
  world.add_connection(ann);
  world.user_actor(ann);
  auto& irc = world.connector.last();
  world.hold(world.home->readers[0]);
  const auto socket = world.open_socket("b");
  stopping stop{world};
  world.let_go(world.home->readers[0]);
  world.run();
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1012);
  irc.end();
  world.run();
  CHECK(stop.is_over());
}

TEST_CASE("a lookup under way is answered when the last user has left") {
  deterministic world;
  world.add_user("ann@example.org");
  world.hold(world.home->readers[0]);
  const auto socket = world.open_socket();
  stopping stop{world};
  CHECK_FALSE(stop.is_over());
  world.let_go(world.home->readers[0]);
  world.run();
  CHECK(stop.is_over());
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1012);
}

// -- who has to go ------------------------------------------------------------

namespace {

/// Asks for somebody to leave; `true` once they have.
struct expelling {
  expelling(deterministic& where, protocol::user_id id) : world(where) {
    self->send(world.home->directory, expel_user{id, "Go."});
    world.run();
  }
  bool is_over() {
    auto result = false;
    self->receive([&](bool gone) { result = gone; }, caf::after(0s) >> [] {});
    return result;
  }

  deterministic& world;
  caf::scoped_actor self{world.system()};
};

} // namespace

TEST_CASE("who is expelled leaves IRC, their sessions close with 1008") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org");
  world.add_connection(ann);
  world.user_actor(ann);
  const auto socket = world.open_socket();
  world.settle();
  REQUIRE(world.connector.links.size() == 1);
  expelling gone{world, ann};
  world.settle();
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1008);
  CHECK(socket->closed->reason == "Go.");
  CHECK(gone.is_over());
}

TEST_CASE("who has been expelled is not started until they are let in") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org");
  world.add_connection(ann);
  CHECK(expelling{world, ann}.is_over());
  caf::anon_send(world.home->directory, start_wanted{});
  world.settle();
  CHECK(world.connector.links.empty());
  CHECK_FALSE(world.user_actor(ann));
  const auto socket = world.open_socket();
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1008);
  caf::anon_send(world.home->directory, readmit_user{ann});
  world.settle();
  CHECK(world.connector.links.size() == 1);
  CHECK(world.user_actor(ann));
}

TEST_CASE("who is let in before they have left comes back when they have") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org");
  world.add_connection(ann);
  const auto actor = world.user_actor(ann);
  REQUIRE(world.connector.links.size() == 1);
  // They take their time to leave.
  world.hold(actor);
  expelling gone{world, ann};
  caf::anon_send(world.home->directory, readmit_user{ann});
  world.settle();
  CHECK_FALSE(gone.is_over());
  CHECK_FALSE(world.user_actor(ann));
  world.let_go(actor);
  world.settle();
  CHECK(gone.is_over());
  CHECK(world.user_actor(ann));
  CHECK(world.user_actor(ann) != actor);
  CHECK(world.connector.links.size() == 2);
}

TEST_CASE("a user whose account has changed looks who they are") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org");
  const auto roles = [&](const char* wanted) {
    return world.rest("GET", "/api/user").body.find(wanted)
           != std::string::npos;
  };
  CHECK(roles(R"("roles":["admin"])"));
  world.database->change_account(ann, {.roles = {{"admin", "staff"}}});
  CHECK(roles(R"("roles":["admin"])"));
  caf::anon_send(world.home->directory, account_changed{ann});
  world.settle();
  CHECK(roles(R"("roles":["admin","staff"])"));
  // Nobody is started for it.
  const auto before = world.system().registry().running();
  caf::anon_send(world.home->directory,
                 account_changed{world.add_user("bob@example.org", "b")});
  world.settle();
  CHECK(world.system().registry().running() == before);
}
