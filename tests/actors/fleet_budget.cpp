// SPDX-License-Identifier: Apache-2.0
#include "actors/fleet_budget.hpp"

#include "actors/dialer.hpp"
#include "actors/doorman.hpp"
#include "fleet_node.hpp"
#include "wisher.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

/// The dialer and the doorman of a fleet's node, beside the node's own.
struct shared_budgets : fleet_node {
  shared_budgets() {
    auto& system = world.system();
    dials = system.spawn(dialer, dialer_start{4s,
                                              world.home->wall_clock,
                                              world.home->archive,
                                              {},
                                              world.home->registry});
    door = system.spawn(doorman, doorman_start{2, 10s, world.home->registry});
    for (const auto* name : {"a", "b"})
      wishers.push_back(system.spawn(wisher, std::string{name}, log));
    self = std::make_unique<caf::scoped_actor>(system);
    world.settle();
  }
  ~shared_budgets() {
    self.reset();
    wishers.push_back(dials);
    wishers.push_back(door);
    for (const auto& each : wishers)
      caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    world.settle();
  }
  void request(std::size_t who, const std::string& from = "") {
    caf::anon_send(
        dials, dial_request{"irc.example.net", 1, wishers[who], false, from});
    world.settle();
  }
  void done(std::size_t who, bool success) {
    caf::anon_send(dials,
                   dial_done{"irc.example.net", 1, success, wishers[who]});
    world.settle();
  }
  /// Another node connects.
  void take(const std::string& from = "") {
    registry().take("connect irc.example.net " + from, 1, 4s, true);
  }
  void knock(const std::string& address) {
    (*self)->send(door, actors::knock{address});
    world.settle();
  }
  double answer() {
    auto result = -1.0;
    (*self)->receive([&](double seconds) { result = seconds; },
                     caf::after(0s) >> [] { FAIL("no answer"); });
    return result;
  }
  double knock_at(const std::string& address) {
    knock(address);
    return answer();
  }
  strings take_log() {
    return std::exchange(*log, {});
  }

  std::shared_ptr<strings> log = std::make_shared<strings>();
  std::vector<caf::actor> wishers;
  caf::actor dials;
  caf::actor door;
  std::unique_ptr<caf::scoped_actor> self;
};

} // namespace

TEST_CASE("the first connect of the fleet to a host goes at once") {
  shared_budgets here;
  here.request(0);
  CHECK(here.take_log() == strings{"a place 0", "a go"});
}

TEST_CASE("a connect waits for those of other nodes") {
  shared_budgets here;
  here.take();
  here.request(0);
  auto log = here.take_log();
  REQUIRE(log.size() == 2);
  CHECK(log[0] == "a place 0");
  // Whole seconds, of what is left of four.
  CHECK((log[1] == "a place 3" || log[1] == "a place 4"));
  here.advance(3s);
  CHECK(here.take_log().empty());
  here.advance(1100ms);
  CHECK(here.take_log() == strings{"a go"});
}

TEST_CASE("connects from different addresses do not wait for each other") {
  shared_budgets here;
  here.take("192.0.2.1");
  here.request(0, "192.0.2.2");
  CHECK(here.take_log().back() == "a go");
}

TEST_CASE("a place that somebody gives up is for the next") {
  shared_budgets here;
  here.take();
  here.request(0);
  here.request(1);
  here.done(0, false);
  here.take_log();
  here.advance(4100ms);
  CHECK(here.take_log() == strings{"b go"});
}

TEST_CASE("a store that does not answer makes nobody wait for long") {
  shared_budgets here;
  here.world.hold(here.world.home->registry);
  here.request(0);
  CHECK(here.take_log() == strings{"a place 0"});
  here.advance(2s);
  CHECK(here.take_log() == strings{"a go"});
  // And is not asked again for a while.
  here.done(0, false);
  here.request(1);
  CHECK(here.take_log().back() == "b go");
  here.knock("192.0.2.9");
  here.advance(2s);
  CHECK(here.answer() == 0);
  here.world.let_go(here.world.home->registry);
  here.world.settle();
}

TEST_CASE("logins of one address on other nodes count here") {
  shared_budgets here;
  here.registry().take("login 192.0.2.7", 2, 10s, false);
  here.registry().take("login 192.0.2.7", 2, 10s, false);
  const auto wait = here.knock_at("192.0.2.7");
  CHECK(wait > 9);
  CHECK(wait <= 10);
  CHECK(here.knock_at("192.0.2.8") == 0);
}
