// SPDX-License-Identifier: Apache-2.0
#include "actors/directory.hpp"
#include "actors/homes.hpp"
#include "fleet_node.hpp"

#include <algorithm>

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

settings quick_drain() {
  auto result = deterministic::quick();
  result.drain_window = 4s;
  return result;
}

/// Some who are on IRC from here, each with a socket.
struct crowd : fleet_node {
  explicit crowd(std::size_t count) : fleet_node(usual(), quick_drain()) {
    for (std::size_t n = 0; n < count; ++n) {
      const auto name = "user" + std::to_string(n);
      ids.push_back(world.add_user(name + "@example.org", name));
      world.add_connection(ids.back(), {}, true,
                           "irc://" + name + ".example.net:6697");
    }
    advance(1s);
    REQUIRE(world.connector.links.size() == count);
    for (std::size_t n = 0; n < count; ++n) {
      world.connector.links[n]->accept();
      sockets.push_back(world.open_socket("user" + std::to_string(n)));
    }
    world.settle();
  }
  std::ptrdiff_t closed_sockets() const {
    return std::ranges::count_if(
        sockets, [](const auto& each) { return each->closed.has_value(); });
  }
  std::ptrdiff_t left_irc() const {
    return std::ranges::count_if(
        world.connector.links, [](const auto& each) { return each->closing; });
  }
  void drain() {
    self.emplace(world.system());
    for (const auto& each : {world.home->lease, world.home->homes})
      caf::anon_send(each, drain_node{});
    (*self)->send(world.home->directory, drain_node{});
    world.settle();
  }
  bool is_drained() {
    auto result = false;
    (*self)->receive([&](bool all) { result = all; }, caf::after(0s) >> [] {});
    return result;
  }

  std::vector<protocol::user_id> ids;
  std::vector<std::shared_ptr<fake_websocket>> sockets;
  std::optional<caf::scoped_actor> self;
};

/// Somebody who comes when the store has not answered with a lease yet.
struct before_the_lease : fleet_node {
  before_the_lease() {
    world.add_user("ann@example.org");
    world.hold(world.home->registry);
    world.settle();
    socket = world.open_socket();
  }

  std::shared_ptr<fake_websocket> socket;
};

} // namespace

TEST_CASE("a session of somebody homeless makes them live here") {
  fleet_node here;
  const auto ann = here.world.add_user("ann@example.org");
  here.world.settle();
  const auto socket = here.world.open_socket();
  CHECK_FALSE(socket->closed);
  CHECK(here.registry().claim(ann, 4711) == std::nullopt);
  CHECK(here.registry().claim(ann, here.epoch()) == here.epoch());
  const auto other = here.join("there");
  CHECK(here.registry().claim(ann, other) == here.epoch());
}

TEST_CASE("whoever comes before the first lease waits for it") {
  before_the_lease here;
  here.advance(4s);
  CHECK(here.epoch() == 0);
  here.world.let_go(here.world.home->registry);
  here.world.settle();
  CHECK(here.epoch() != 0);
  CHECK_FALSE(here.socket->closed);
  CHECK(here.homes_here() == 1);
}

TEST_CASE("without a lease sessions are sent elsewhere") {
  before_the_lease here;
  CHECK_FALSE(here.socket->closed);
  here.advance(homes_state::start_patience);
  REQUIRE(here.socket->closed);
  CHECK(here.socket->closed->code == 1012);
  CHECK(here.world.rest("GET", "/api/user").status == 503);
  here.world.let_go(here.world.home->registry);
}

TEST_CASE("whoever asks while a user is located gets the same actor") {
  fleet_node here;
  const auto ann = here.world.add_user("ann@example.org");
  here.world.settle();
  here.world.hold(here.world.home->registry);
  caf::scoped_actor one{here.world.system()};
  caf::scoped_actor two{here.world.system()};
  one->send(here.world.home->directory, find_user{ann});
  two->send(here.world.home->directory, find_user{ann});
  here.world.settle();
  here.world.let_go(here.world.home->registry);
  here.world.settle();
  caf::actor first;
  caf::actor second;
  one->receive([&](const caf::actor& found) { first = found; });
  two->receive([&](const caf::actor& found) { second = found; });
  CHECK(first);
  CHECK(first == second);
}

TEST_CASE("whoever waits for a home when the node stops is told at once") {
  fleet_node here;
  const auto ann = here.world.add_user("ann@example.org");
  here.world.settle();
  here.world.hold(here.world.home->registry);
  caf::scoped_actor asks{here.world.system()};
  asks->send(here.world.home->directory, find_user{ann});
  const auto socket = here.world.open_socket();
  CHECK_FALSE(socket->closed);
  caf::scoped_actor stops{here.world.system()};
  stops->send(here.world.home->directory, stop_node{});
  here.world.settle();
  auto is_over = false;
  stops->receive([&](bool all) { is_over = all; }, caf::after(0s) >> [] {});
  CHECK(is_over);
  auto is_told = false;
  asks->receive([&](const caf::error&) { is_told = true; },
                caf::after(0s) >> [] {});
  CHECK(is_told);
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1012);
  here.world.let_go(here.world.home->registry);
}

TEST_CASE("a user who is not needed any more is free") {
  fleet_node here;
  const auto ann = here.world.add_user("ann@example.org");
  here.world.settle();
  here.world.open_socket()->gone();
  here.world.settle();
  CHECK(here.homes_here() == 1);
  for (int n = 0; n < 40; ++n)
    here.advance(10s);
  CHECK(here.homes_here() == 0);
  // And comes back when somebody asks for them.
  CHECK(here.world.user_actor(ann));
  CHECK(here.homes_here() == 1);
}

TEST_CASE("who comes back while their actor ends has a home") {
  fleet_node here;
  const auto ann = here.world.add_user("ann@example.org");
  here.world.settle();
  const auto first = here.world.open_socket();
  const auto actor = here.world.user_actor(ann);
  first->gone();
  here.world.settle();
  const auto& directory = here.world.home->directory;
  here.advance(std::chrono::ceil<std::chrono::seconds>(
                   here.world.home->config.user_patience)
               - 1s);
  here.world.hold(directory);
  here.advance(1s);
  // The directory has said yes, which the actor does not know yet.
  here.world.hold(actor);
  here.world.let_go(directory);
  here.world.settle();
  here.world.hold(here.world.home->registry);
  const auto back = here.world.open_socket();
  here.world.let_go(actor);
  here.world.settle();
  here.world.let_go(here.world.home->registry);
  here.world.settle();
  CHECK_FALSE(back->closed);
  CHECK(here.world.user_actor(ann) != actor);
  CHECK(here.homes_here() == 1);
}

TEST_CASE("who fails to start while the store is away starts later") {
  crowd here{1};
  const auto actor = here.world.user_actor(here.ids[0]);
  caf::anon_send_exit(actor, caf::exit_reason::kill);
  here.world.settle();
  here.luck->refused = 1'000;
  here.advance(4100ms);
  CHECK(here.world.connector.links.size() == 1);
  here.luck->refused = 0;
  here.advance(4s);
  CHECK(here.world.connector.links.size() == 2);
  CHECK(here.homes_here() == 1);
}

TEST_CASE("who is expelled while they move in does not live here") {
  crowd here{1};
  const auto bob = here.world.add_user("bob@example.org", "b");
  caf::anon_send(here.world.home->directory, expel_user{bob, "disabled"});
  here.world.settle();
  here.registry().claim(bob, here.epoch());
  CHECK(here.homes_here() == 2);
  caf::anon_send(here.world.home->directory, moved_in{{bob}});
  here.world.settle();
  CHECK(here.homes_here() == 1);
}

TEST_CASE("somebody who moves in is taken over from who stood in for them") {
  fleet_node here;
  const auto ann = here.world.add_user("ann@example.org");
  here.world.add_connection(ann, {"#room"});
  const auto other = here.join("there");
  REQUIRE(here.registry().claim(ann, other) == other);
  here.world.settle();
  const auto away = here.world.user_actor(ann);
  REQUIRE(away);
  CHECK(here.world.connector.links.empty());
  here.registry().leave(other);
  here.advance(2s);
  CHECK(here.world.connector.links.size() == 1);
  const auto local = here.world.user_actor(ann);
  CHECK(local != away);
}

TEST_CASE("a drained node closes its sessions one by one, then lets users go") {
  crowd here{4};
  here.drain();
  here.advance(50ms);
  CHECK(here.closed_sockets() == 1);
  here.advance(2s);
  CHECK(here.closed_sockets() == 3);
  CHECK(here.left_irc() == 0);
  CHECK(here.sockets[0]->closed->code == 1012);
  CHECK(here.sockets[0]->closed->reason == "resume elsewhere");
  here.advance(2s);
  CHECK(here.closed_sockets() == 4);
  CHECK(here.left_irc() >= 1);
  CHECK_FALSE(here.is_drained());
  CHECK(here.homes_here() < 4);
  CHECK(here.homes_here() > 0);
  here.advance(4s);
  CHECK(here.left_irc() == 4);
  CHECK(here.is_drained());
  CHECK(here.homes_here() == 0);
  for (const auto& each : here.world.connector.links) {
    CHECK(each->take().back().starts_with("QUIT"));
    CHECK_FALSE(each->aborted);
  }
}

TEST_CASE("nobody comes in while a node is drained") {
  crowd here{1};
  here.world.add_user("bob@example.org", "b");
  here.drain();
  const auto late = here.world.open_socket("b");
  REQUIRE(late->closed);
  CHECK(late->closed->code == 1012);
  CHECK(here.world.rest("GET", "/api/user", "", "b").status == 503);
  here.advance(9s);
  CHECK(here.is_drained());
}

TEST_CASE("a node without users is drained at once") {
  crowd here{0};
  here.drain();
  CHECK(here.is_drained());
}

TEST_CASE("a lease that is lost while a node is drained ends all at once") {
  crowd here{3};
  here.drain();
  here.world.hold(here.world.home->registry);
  here.advance(8100ms);
  CHECK(here.left_irc() == 3);
  CHECK(here.is_drained());
  here.world.let_go(here.world.home->registry);
}

TEST_CASE("a login that ends somewhere ends its sessions here") {
  crowd here{1};
  caf::anon_send(here.world.home->directory,
                 actors::revoke{hash_token("user0"), here.ids[0]});
  here.world.settle();
  REQUIRE(here.sockets[0]->closed);
  CHECK(here.sockets[0]->closed->code == 1008);
}
