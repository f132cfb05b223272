// SPDX-License-Identifier: Apache-2.0
#include "actors/lease.hpp"

#include "fleet_node.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

/// Who is on IRC from here.
struct on_irc : fleet_node {
  explicit on_irc(const lease_start& how = usual()) : fleet_node(how) {
    ann = world.add_user("ann@example.org");
    world.add_connection(ann, {"#room"});
    advance(1s);
    irc = &world.welcome();
  }
  /// The store's node does not answer any more.
  void cut() {
    world.hold(world.home->registry);
  }
  void heal() {
    world.let_go(world.home->registry);
    world.settle();
  }

  protocol::user_id ann{};
  fake_irc_link* irc = nullptr;
};

} // namespace

TEST_CASE("a node takes a lease and renews it five times in its length") {
  fleet_node here;
  here.world.settle();
  const auto epoch = here.epoch();
  CHECK(epoch != 0);
  auto nodes = here.registry().nodes();
  REQUIRE(nodes.size() == 1);
  CHECK(nodes[0].epoch == epoch);
  CHECK(nodes[0].name == "here");
  CHECK(nodes[0].version == "1");
  CHECK(nodes[0].lease_milliseconds == 10'000);
  here.advance(10s);
  nodes = here.registry().nodes();
  REQUIRE(nodes.size() == 1);
  CHECK(nodes[0].epoch == epoch);
  CHECK(nodes[0].renewals == 5);
}

TEST_CASE("whoever watches over us is told until when, by their own clock") {
  fleet_node here;
  here.world.settle();
  CHECK(here.ends_at == here.watch_time + 9s);
  const auto before = here.ends_at;
  here.advance(2s);
  CHECK(here.ends_at == before + 2s);
}

TEST_CASE(
    "a lease that cannot be renewed ends before anybody else may think so") {
  on_irc here;
  const auto socket = here.world.open_socket();
  here.cut();
  here.advance(7s);
  CHECK(here.epoch() != 0);
  CHECK_FALSE(here.irc->aborted);
  here.advance(1050ms);
  CHECK(here.epoch() == 0);
  CHECK(here.irc->aborted);
  CHECK(here.irc->take().empty());
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1012);
  // All have left, so that nobody needs to be killed.
  CHECK(here.ends_at == 0ns);
  CHECK_FALSE(here.is_killed);
  here.heal();
}

TEST_CASE("who is still on IRC when the lease is lost may be killed for it") {
  on_irc here;
  const auto user = here.world.user_actor(here.ann);
  here.world.hold(user);
  here.cut();
  here.advance(9s);
  CHECK(here.epoch() == 0);
  CHECK(here.ends_at > 0ns);
  CHECK(here.is_killed);
  // No other lease is taken as long as that is so.
  here.heal();
  here.advance(3s);
  CHECK(here.epoch() == 0);
  here.world.let_go(user);
  here.advance(1s);
  CHECK(here.epoch() != 0);
}

TEST_CASE("after a lease is lost the node begins a new life") {
  on_irc here;
  const auto first = here.epoch();
  here.cut();
  here.advance(9s);
  CHECK(here.world.connector.links.size() == 1);
  here.heal();
  here.advance(3s);
  const auto second = here.epoch();
  CHECK(second > first);
  REQUIRE(here.registry().nodes().size() == 1);
  CHECK(here.registry().nodes()[0].epoch == second);
  // Its users come back to it, from where the store has them.
  REQUIRE(here.world.connector.links.size() == 2);
  auto& irc = here.world.welcome();
  irc.tell(":bob!b@host PRIVMSG #room :welcome back");
  here.world.settle();
  store::history_query query;
  query.user = here.ann;
  query.connection_id = "irc-example";
  query.conversation_id = "#room";
  const auto stored = here.store->history(query).messages;
  REQUIRE_FALSE(stored.empty());
  CHECK(stored.back().text == "welcome back");
}

TEST_CASE("a lease that comes when it may be over is given back") {
  fleet_node here;
  here.world.hold(here.world.home->registry);
  here.advance(9500ms);
  CHECK(here.registry().nodes().empty());
  here.world.let_go(here.world.home->registry);
  here.world.settle();
  CHECK(here.epoch() == 0);
  REQUIRE(here.registry().nodes().size() == 1);
  const auto late = here.registry().nodes()[0].epoch;
  here.advance(2s);
  CHECK(here.epoch() > late);
  REQUIRE(here.registry().nodes().size() == 1);
  CHECK(here.registry().nodes()[0].epoch == here.epoch());
  CHECK_FALSE(here.is_killed);
}

TEST_CASE("a node that has been buried leaves IRC at the next renewal") {
  on_irc here;
  const auto& rows = here.registry().nodes();
  REQUIRE(here.registry().bury(rows[0].epoch, rows[0].renewals));
  here.advance(2s);
  CHECK(here.irc->aborted);
  here.advance(1s);
  CHECK(here.epoch() > rows[0].epoch);
}

TEST_CASE("an earlier life of the same name is waited for, until it is dead") {
  lease_start how = fleet_node::usual();
  how.lease = 4s;
  fleet_node here{how};
  const auto old = here.join("here", 6s);
  here.advance(5s);
  CHECK(here.epoch() == 0);
  CHECK(here.refusals.empty());
  here.advance(1500ms);
  CHECK(here.epoch() > old);
}

TEST_CASE("two that live may not have one name") {
  fleet_node here;
  const auto other = here.join("here");
  here.advance(1s);
  here.registry().renew(other, false);
  here.advance(3s);
  REQUIRE_FALSE(here.refusals.empty());
  CHECK(here.refusals[0]
        == "there is a node \"here\" already: --node-id must tell the nodes"
           " apart");
  CHECK(here.epoch() == 0);
}

TEST_CASE("without a bus there is one node, and the other gives up") {
  auto how = fleet_node::usual();
  how.is_alone = true;
  fleet_node here{how};
  const auto other = here.join("there");
  here.advance(1s);
  CHECK(here.epoch() == 0);
  here.registry().renew(other, false);
  here.advance(3s);
  REQUIRE_FALSE(here.refusals.empty());
  CHECK(here.refusals[0]
        == "the node \"there\" uses this store, and without --bus it is the"
           " only one");
}

TEST_CASE("without a bus a node waits for one that goes") {
  auto how = fleet_node::usual();
  how.is_alone = true;
  fleet_node here{how};
  const auto other = here.join("there");
  here.advance(1s);
  here.registry().renew(other, true);
  here.advance(3s);
  CHECK(here.refusals.empty());
  here.registry().leave(other);
  here.advance(3s);
  CHECK(here.epoch() > other);
}

TEST_CASE("a node that is drained says so, and leaves when it is told to") {
  fleet_node here;
  here.world.settle();
  caf::anon_send(here.world.home->lease, drain_node{});
  here.world.settle();
  REQUIRE(here.registry().nodes().size() == 1);
  CHECK(here.registry().nodes()[0].draining);
  CHECK(here.ask<bool>(here.world.home->lease, stop_node{}));
  CHECK(here.registry().nodes().empty());
  CHECK(here.ends_at == 0ns);
}

TEST_CASE("the archive writes in the name of the lease") {
  on_irc here;
  // Somebody else has taken the user over.
  const auto other = here.join("there");
  here.registry().release(here.ann, here.epoch());
  REQUIRE(here.registry().claim(here.ann, other) == other);
  const auto socket = here.world.open_socket();
  here.irc->tell(":bob!b@host PRIVMSG #room :too late");
  here.world.settle();
  store::history_query query;
  query.user = here.ann;
  query.connection_id = "irc-example";
  query.conversation_id = "#room";
  for (const auto& each : here.store->history(query).messages)
    CHECK(each.text != "too late");
  CHECK(here.irc->aborted);
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1012);
}
