// SPDX-License-Identifier: Apache-2.0
#include "actors/homes.hpp"

#include "fleet_node.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

/// People who want to be on IRC.
struct people : fleet_node {
  explicit people(std::size_t count, const homes_start& placing = {})
      : fleet_node(usual(), deterministic::quick(), placing) {
    for (std::size_t n = 0; n < count; ++n) {
      const auto name = "user" + std::to_string(n);
      ids.push_back(world.add_user(name + "@example.org", name));
      // Hosts of their own, so that nobody waits for the others' connects.
      world.add_connection(ids.back(), {}, true,
                           "irc://" + name + ".example.net:6697");
    }
  }
  home_is locate_user(protocol::user_id id) {
    return ask<home_is>(world.home->homes, locate{id});
  }
  std::size_t on_irc() const {
    return world.connector.links.size();
  }
  /// As long as `other` renews.
  void keep(store::node_epoch other, std::chrono::seconds time) {
    for (auto left = time; left > 0s; left -= 1s) {
      registry().renew(other, false);
      advance(1s);
    }
  }

  std::vector<protocol::user_id> ids;
};

} // namespace

TEST_CASE("a node that is alone takes everybody who wants to be on IRC") {
  people here{5};
  here.world.add_user("eve@example.org", "e");
  here.advance(1s);
  CHECK(here.on_irc() == 5);
  CHECK(here.homes_here() == 5);
  CHECK(here.registry().count_demand().homeless == 0);
}

TEST_CASE("no more are claimed at a time than a claim may take") {
  people here{claim_pace::most + 5};
  here.advance(100ms);
  CHECK(here.on_irc() <= claim_pace::most);
  here.advance(2s);
  CHECK(here.registry().count_demand().homeless == 0);
}

TEST_CASE("of two nodes each takes its share, and more only what is left") {
  people here{10};
  const auto other = here.join("there");
  here.advance(700ms);
  CHECK(here.homes_here() == 5);
  SUBCASE("which the other one takes") {
    CHECK(here.registry().claim_some(other, 5).size() == 5);
    here.keep(other, 5s);
    CHECK(here.on_irc() == 5);
  }
  SUBCASE("which nobody takes") {
    here.keep(other, 3s);
    CHECK(here.registry().count_demand().homeless == 0);
    CHECK(here.homes_here() == 10);
  }
}

TEST_CASE("a node that is drained has no share") {
  people here{10};
  const auto other = here.join("there");
  here.registry().renew(other, true);
  here.advance(700ms);
  CHECK(here.homes_here() == 10);
}

TEST_CASE("a node that starts looks who else does, before it takes anybody") {
  homes_start placing;
  placing.first_wait = 2s;
  people here{10, placing};
  here.advance(1s);
  const auto other = here.join("there");
  here.advance(900ms);
  CHECK(here.homes_here() == 0);
  here.keep(other, 1s);
  CHECK(here.homes_here() == 5);
}

TEST_CASE("a node that has too many lets those go whom it costs least") {
  homes_start placing;
  placing.rebalance = 60;
  people here{10, placing};
  here.advance(2s);
  REQUIRE(here.homes_here() == 10);
  for (const auto& each : here.world.connector.links)
    each->accept();
  // Somebody looks at all but two.
  std::vector<std::shared_ptr<fake_websocket>> sockets;
  for (std::size_t n = 0; n < 8; ++n)
    sockets.push_back(here.world.open_socket("user" + std::to_string(n)));
  const auto other = here.join("there");
  here.keep(other, 55s);
  CHECK(here.homes_here() == 10);
  SUBCASE("and as many as make it even") {
    for (auto n = 0; n < 30; ++n) {
      here.keep(other, 1s);
      here.registry().claim_some(other, 10);
    }
    // A share is 5, and 3 more are no reason.
    CHECK(here.homes_here() == 8);
    CHECK(std::ranges::none_of(
        sockets, [](const auto& each) { return each->closed.has_value(); }));
    CHECK(std::ranges::count_if(here.world.connector.links,
                                [](const auto& each) { return each->closing; })
          == 2);
  }
  SUBCASE("but nobody while another one is in doubt") {
    here.advance(8s);
    CHECK(here.homes_here() == 10);
  }
  SUBCASE("nor without the bus, by which others hear of it") {
    here.port.cut();
    here.keep(other, 30s);
    CHECK(here.homes_here() == 10);
  }
}

TEST_CASE("who is let go of is for the node that has room") {
  homes_start placing;
  placing.rebalance = 6;
  people here{10, placing};
  here.advance(2s);
  std::vector<std::shared_ptr<fake_websocket>> sockets;
  for (std::size_t n = 0; n < 10; ++n) {
    here.world.connector.links[n]->accept();
    sockets.push_back(here.world.open_socket("user" + std::to_string(n)));
  }
  const auto other = here.join("there");
  std::vector<std::string> heard;
  memory_bus::port there{here.hub};
  const auto listening =
      there.subscribe("convoy.all", [&](const net::bus_message& what) {
        heard.push_back(what.body);
      });
  const auto is_closed = [](const auto& each) {
    return each->closed.has_value();
  };
  for (auto n = 0; n < 800 && std::ranges::none_of(sockets, is_closed); ++n) {
    here.registry().renew(other, false);
    here.advance(100ms);
  }
  const auto gone = std::ranges::find_if(sockets, is_closed);
  REQUIRE(gone != sockets.end());
  CHECK((*gone)->closed->code == 1012);
  const auto token = "user" + std::to_string(gone - sockets.begin());
  here.advance(500ms);
  CHECK(heard
        == std::vector<std::string>{R"({"homeless":true,"node":)"
                                    + std::to_string(other) + "}"});
  CHECK(here.registry().count_demand().homeless == 1);
  // Who comes back waits for that one.
  const auto back = here.world.open_socket(token);
  CHECK_FALSE(back->closed);
  CHECK(here.registry().count_demand().homeless == 1);
  SUBCASE("which takes them") {
    CHECK(here.registry().claim_offered(other, 5).size() == 1);
    here.keep(other, 15s);
    CHECK(here.world.connector.links.size() == 10);
  }
  SUBCASE("which is drained") {
    here.registry().renew(other, true);
    here.advance(3s);
    CHECK_FALSE(here.world.open_socket(token)->closed);
    CHECK(here.registry().count_demand().homeless == 0);
    CHECK(here.world.connector.links.size() == 11);
  }
  SUBCASE("which takes nobody") {
    here.keep(other, 3s);
    CHECK(here.registry().count_demand().homeless == 1);
    // Nobody else is let go of while some wait; then they come home.
    here.keep(other, 45s);
    CHECK(here.world.connector.links.size() > 10);
  }
}

TEST_CASE("a dead node is buried and its users move in here") {
  people here{4};
  const auto other = here.join("there");
  CHECK(here.registry().claim_some(other, 4).size() == 4);
  here.advance(10s);
  CHECK(here.on_irc() == 0);
  CHECK(here.registry().nodes().size() == 2);
  here.advance(2s);
  CHECK(here.registry().nodes().size() == 1);
  CHECK(here.on_irc() == 4);
}

TEST_CASE("a node that renews is not buried") {
  people here{1};
  const auto other = here.join("there");
  here.registry().claim_some(other, 1);
  here.keep(other, 30s);
  CHECK(here.registry().nodes().size() == 2);
  CHECK(here.on_irc() == 0);
}

TEST_CASE("where somebody lives is in the store, and the homeless live here") {
  people here{2};
  const auto other = here.join("there");
  here.registry().claim(here.ids[0], other);
  here.world.settle();
  const auto away = here.locate_user(here.ids[0]);
  CHECK_FALSE(away.is_here);
  CHECK(away.epoch == other);
  const auto mine = here.locate_user(here.ids[1]);
  CHECK(mine.is_here);
  CHECK(mine.epoch == here.epoch());
  CHECK(here.locate_user(protocol::user_id{4711}).epoch == 0);
}

TEST_CASE("without a lease nobody lives here") {
  people here{1};
  here.world.hold(here.world.home->registry);
  here.advance(homes_state::start_patience + 1s);
  CHECK(here.locate_user(here.ids[0]).epoch == 0);
  here.world.let_go(here.world.home->registry);
}

TEST_CASE("who has moved out is free, and the others are told") {
  people here{1};
  std::vector<std::string> heard;
  memory_bus::port there{here.hub};
  const auto listening =
      there.subscribe("convoy.all", [&](const net::bus_message& what) {
        heard.push_back(what.body);
      });
  here.advance(1s);
  REQUIRE(here.on_irc() == 1);
  caf::anon_send(here.world.home->lease, drain_node{});
  caf::anon_send(here.world.home->homes, drain_node{});
  caf::anon_send(here.world.home->homes, moved_out{here.ids[0]});
  here.advance(50ms);
  CHECK(here.registry().count_demand().homeless == 1);
  CHECK(heard == std::vector<std::string>{R"({"homeless":true})"});
  // We do not take them ourselves.
  here.advance(5s);
  CHECK(here.registry().count_demand().homeless == 1);
  CHECK(here.locate_user(here.ids[0]).epoch == 0);
}

TEST_CASE("who has moved out is free in the end, if the store is away now") {
  people here{1};
  here.advance(1s);
  caf::anon_send(here.world.home->lease, drain_node{});
  caf::anon_send(here.world.home->homes, drain_node{});
  here.world.settle();
  SUBCASE("and took nothing") {
    here.luck->refused = 1;
    caf::anon_send(here.world.home->homes, moved_out{here.ids[0]});
    here.world.settle();
    CHECK(here.registry().count_demand().homeless == 0);
  }
  SUBCASE("and took it without our hearing of it") {
    here.luck->unheard = 1;
    caf::anon_send(here.world.home->homes, moved_out{here.ids[0]});
  }
  here.advance(homes_state::release_pause);
  CHECK(here.registry().count_demand().homeless == 1);
}

TEST_CASE("who was claimed without our hearing of it moves in") {
  people here{3};
  here.world.settle();
  // As by an answer that came too late, for the first; nobody asks any more.
  CHECK(here.registry().claim(here.ids[0], here.epoch()) == here.epoch());
  CHECK(here.homes_here() == 1);
  here.advance(2s);
  CHECK(here.on_irc() == 3);
  // And nobody is found twice.
  here.homes_here();
  here.advance(10s);
  CHECK(here.on_irc() == 3);
}

TEST_CASE("an answer that was lost after a claim loses nobody") {
  people here{3};
  here.world.settle();
  here.luck->unheard = 3;
  here.advance(15s);
  CHECK(here.luck->unheard == 0);
  CHECK(here.on_irc() == 3);
}

TEST_CASE("a call for the homeless is heard at once") {
  people here{0};
  const auto other = here.join("there");
  here.keep(other, 3s);
  const auto ann = here.world.add_user("ann@example.org");
  here.store->write_as(0);
  here.world.add_connection(ann);
  here.store->write_as(here.epoch());
  caf::anon_send(here.world.home->homes, start_wanted{});
  here.advance(150ms);
  CHECK(here.on_irc() == 1);
}

TEST_CASE("a call for one node is heard by that one") {
  people here{0};
  const auto other = here.join("there");
  here.keep(other, 3s);
  const auto ann = here.world.add_user("ann@example.org");
  here.store->write_as(0);
  here.world.add_connection(ann);
  here.store->write_as(here.epoch());
  memory_bus::port there{here.hub};
  const auto call = [&](store::node_epoch whom) {
    there.publish("convoy.all", std::make_shared<const std::string>(
                                    R"({"homeless":true,"node":)"
                                    + std::to_string(whom) + "}"));
    here.advance(150ms);
  };
  call(other);
  CHECK(here.on_irc() == 0);
  call(here.epoch());
  CHECK(here.on_irc() == 1);
}

TEST_CASE("whom another node lets go of for this one moves in here") {
  people here{2};
  const auto other = here.join("there");
  CHECK(here.registry().claim_some(other, 2).size() == 2);
  const auto idle = here.world.add_user("eve@example.org", "e");
  CHECK(here.registry().claim(idle, other) == other);
  here.keep(other, 3s);
  for (const auto id : {here.ids[1], idle})
    here.registry().release(id, other, here.epoch());
  memory_bus::port there{here.hub};
  there.publish("convoy.all", std::make_shared<const std::string>(
                                  R"({"homeless":true,"node":)"
                                  + std::to_string(here.epoch()) + "}"));
  here.advance(150ms);
  CHECK(here.on_irc() == 1);
  CHECK(here.locate_user(here.ids[1]).is_here);
  CHECK(here.registry().claim(idle, other) == here.epoch());
}

TEST_CASE("a store that does not answer is asked again") {
  people here{1};
  here.world.hold(here.world.home->registry);
  here.advance(1s);
  here.world.let_go(here.world.home->registry);
  here.advance(2s);
  CHECK(here.on_irc() == 1);
}

TEST_CASE("the eldest node does what one does for all") {
  fleet_node here;
  here.advance(1s);
  const auto turn = [&] {
    return here.ask<lease_is>(here.world.home->homes, get_lease{}).epoch;
  };
  const auto mine = here.epoch();
  CHECK(turn() == mine);
  // Whoever comes later is younger.
  const auto other = here.join("there");
  here.registry().renew(other, false);
  here.advance(2s);
  CHECK(turn() == mine);
  REQUIRE(here.registry().bury(mine, here.registry().nodes()[0].renewals));
  here.registry().renew(other, false);
  here.advance(4s);
  CHECK(here.epoch() > other);
  CHECK(turn() == 0);
}
