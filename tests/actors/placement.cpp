// SPDX-License-Identifier: Apache-2.0
#include "actors/placement.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

constexpr protocol::instant start{1h};

store::node_row row(store::node_epoch epoch, std::int64_t renewals,
                    std::chrono::milliseconds lease = 10s) {
  store::node_row result;
  result.epoch = epoch;
  result.renewals = renewals;
  result.lease_milliseconds = lease.count();
  return result;
}

using rows = std::vector<store::node_row>;

} // namespace

// -- who lives ----------------------------------------------------------------

TEST_CASE("a node that stands still for its whole lease is dead") {
  node_watch watch;
  CHECK(watch.observe(rows{row(7, 3)}, 1, start).empty());
  CHECK(watch.observe(rows{row(7, 3)}, 1, start + 9999ms).empty());
  const auto dead = watch.observe(rows{row(7, 3)}, 1, start + 10s);
  REQUIRE(dead.size() == 1);
  CHECK(dead[0].epoch == 7);
  CHECK(dead[0].renewals == 3);
}

TEST_CASE("a lease begins anew with each renewal that is seen") {
  node_watch watch;
  watch.observe(rows{row(7, 3)}, 1, start);
  watch.observe(rows{row(7, 4)}, 1, start + 9s);
  CHECK(watch.observe(rows{row(7, 4)}, 1, start + 18s).empty());
  CHECK(watch.observe(rows{row(7, 4)}, 1, start + 19s).size() == 1);
}

TEST_CASE("each node has the lease that it says it has") {
  node_watch watch;
  const rows both{row(7, 1, 2s), row(8, 1, 20s)};
  watch.observe(both, 1, start);
  CHECK(watch.next_due() == start + 2s);
  const auto dead = watch.observe(both, 1, start + 5s);
  REQUIRE(dead.size() == 1);
  CHECK(dead[0].epoch == 7);
}

TEST_CASE("nobody buries themselves, and who has gone is forgotten") {
  node_watch watch;
  watch.observe(rows{row(1, 1), row(7, 1)}, 1, start);
  watch.observe(rows{row(1, 1)}, 1, start + 5s);
  CHECK_FALSE(watch.next_due());
  CHECK(watch.observe(rows{row(1, 1), row(7, 1)}, 1, start + 20s).empty());
}

TEST_CASE("only who has renewed before our eyes is known to live") {
  node_watch watch;
  watch.observe(rows{row(7, 1)}, 1, start);
  CHECK_FALSE(watch.has_seen_alive(7));
  watch.observe(rows{row(7, 2)}, 1, start + 1s);
  CHECK(watch.has_seen_alive(7));
  CHECK_FALSE(watch.has_seen_alive(8));
}

TEST_CASE("a fleet is steady while everybody renews") {
  node_watch watch;
  CHECK(watch.is_steady(start));
  watch.observe(rows{row(7, 3), row(8, 1)}, 1, start);
  CHECK(watch.is_steady(start + 4999ms));
  CHECK_FALSE(watch.is_steady(start + 5s));
  watch.observe(rows{row(7, 4), row(8, 1)}, 1, start + 4s);
  CHECK_FALSE(watch.is_steady(start + 6s));
  watch.observe(rows{row(7, 4), row(8, 2)}, 1, start + 7s);
  CHECK(watch.is_steady(start + 8s));
  CHECK_FALSE(watch.is_steady(start + 9s));
}

// -- who gets whom ------------------------------------------------------------

TEST_CASE("fair shares are enough for everybody") {
  CHECK(fair_share(0, 3) == 0);
  CHECK(fair_share(200, 3) == 67);
  CHECK(fair_share(201, 3) == 67);
  CHECK(fair_share(1, 1000) == 1);
  CHECK(fair_share(5, 0) == 5);
}

TEST_CASE("a node takes its share at once, but no more than a claim may take") {
  claim_pace pace{10s, 1};
  CHECK(pace.claims({0, 300, 0, 3}, start) == 0);
  CHECK(pace.claims({30, 300, 0, 3}, start) == 30);
  CHECK(pace.claims({300, 300, 95, 3}, start) == 5);
  CHECK(pace.claims({9000, 9000, 0, 3}, start) == claim_pace::most);
}

TEST_CASE("beyond its share a node takes those whom nobody else has taken") {
  claim_pace pace{10s, 1};
  CHECK(pace.claims({10, 300, 100, 3}, start) == 0);
  CHECK(pace.claims({10, 300, 100, 3}, start + 999ms) == 0);
  CHECK(pace.claims({10, 300, 100, 3}, start + 1s) == 10);
  // Somebody came and took them: the wait begins anew.
  CHECK(pace.claims({0, 300, 110, 3}, start + 2s) == 0);
  CHECK(pace.claims({10, 300, 110, 3}, start + 3s) == 0);
}

TEST_CASE("a node that has just started looks who else has") {
  CHECK(first_look(10s) == 2s);
  claim_pace pace{10s, 1};
  pace.claim_from(start + 2s);
  CHECK(pace.claims({300, 300, 0, 3}, start + 1999ms) == 0);
  CHECK(pace.claims({300, 300, 0, 3}, start + 2s) == 100);
  // Nor does the patience with others begin before.
  claim_pace other{10s, 1};
  other.claim_from(start + 2s);
  CHECK(other.claims({10, 300, 100, 3}, start) == 0);
  CHECK(other.claims({10, 300, 100, 3}, start + 2s) == 0);
  CHECK(other.claims({10, 300, 100, 3}, start + 3s) == 10);
}

TEST_CASE("what is left to others is not taken beyond the share") {
  claim_pace pace{10s, 1};
  pace.leave_to_others(start + 10s);
  pace.leave_to_others(start + 5s);
  CHECK(pace.claims({1, 300, 110, 3}, start + 1s) == 0);
  CHECK(pace.claims({1, 300, 110, 3}, start + 9999ms) == 0);
  CHECK(pace.claims({1, 300, 110, 3}, start + 10s) == 1);
  // Its share is not in question.
  pace.leave_to_others(start + 30s);
  CHECK(pace.claims({30, 300, 90, 3}, start + 20s) == 10);
}

// -- who has too many ---------------------------------------------------------

TEST_CASE("a node with clearly more than its share lets go, slowly") {
  rebalance_pace pace{10s, 6, 1};
  const claim_view crowded{0, 300, 200, 3};
  CHECK(pace.lets_go(crowded, start) == 0);
  CHECK(pace.lets_go(crowded, start + 59s) == 0);
  CHECK(pace.lets_go(crowded, start + 60s) == 1);
  CHECK(pace.lets_go(crowded, start + 65s) == 0);
  CHECK(pace.lets_go(crowded, start + 70s) == 1);
  // What was due meanwhile, but never many.
  CHECK(pace.lets_go(crowded, start + 100s) == 3);
  CHECK(pace.lets_go(crowded, start + 1000s) == rebalance_pace::most);
  CHECK(pace.lets_go(crowded, start + 1001s) == 1);
  CHECK(pace.lets_go(crowded, start + 1002s) == 0);
}

TEST_CASE("a tenth of a share, and a few, are no reason to move anybody") {
  rebalance_pace pace{10s, 100, 1};
  pace.lets_go({0, 300, 100, 3}, start);
  CHECK(pace.lets_go({0, 300, 110, 3}, start + 100s) == 0);
  // Nor is a chance to move somebody saved up.
  CHECK(pace.lets_go({0, 300, 111, 3}, start + 200s) == 1);
  CHECK(pace.lets_go({0, 300, 112, 3}, start + 210s) == 2);
  CHECK(pace.lets_go({0, 9, 6, 3}, start + 300s) == 0);
  CHECK(pace.lets_go({0, 9, 7, 3}, start + 310s) == 1);
  // Whoever is alone has no more than is fair.
  CHECK(pace.lets_go({0, 300, 300, 1}, start + 400s) == 0);
}

TEST_CASE("nobody is let go of while something happens to the fleet") {
  rebalance_pace pace{10s, 60, 1};
  const claim_view crowded{0, 300, 200, 3};
  pace.lets_go(crowded, start);
  CHECK(pace.lets_go({4, 300, 200, 3}, start + 60s) == 0);
  CHECK(pace.lets_go({4, 300, 200, 3}, start + 100s) == 0);
  CHECK(pace.lets_go({3, 300, 200, 3}, start + 100s) == 1);
  pace.unsettle();
  CHECK(pace.lets_go(crowded, start + 102s) == 0);
  CHECK(pace.lets_go(crowded, start + 161s) == 0);
  CHECK(pace.lets_go(crowded, start + 162s) == 1);
}

TEST_CASE("a pace of 0 moves nobody") {
  rebalance_pace pace{10s, 0, 1};
  pace.lets_go({0, 300, 300, 3}, start);
  CHECK(pace.lets_go({0, 300, 300, 3}, start + 1h) == 0);
}

TEST_CASE("those who are let go of are for a node with less than its share") {
  rebalance_pace pace{10s, 6, 1};
  rows all{row(1, 1), row(2, 1), row(3, 1), row(4, 1)};
  all[0].homes = 90;
  all[1].homes = 10;
  all[2].homes = 34;
  all[3].homes = 0;
  all[3].draining = true;
  // Of 101 each of three has 34.
  for (int n = 0; n < 20; ++n)
    CHECK(pace.taker(all, 1, 101) == 2);
  CHECK_FALSE(pace.taker(all, 2, 101));
  all[2].homes = 33;
  std::set<std::optional<store::node_epoch>> seen;
  for (int n = 0; n < 50; ++n)
    seen.insert(pace.taker(all, 1, 101));
  CHECK(seen == std::set<std::optional<store::node_epoch>>{2, 3});
  CHECK_FALSE(pace.taker({}, 1, 101));
}

// -- when ---------------------------------------------------------------------

TEST_CASE("pauses differ from node to node and grow with the fleet") {
  std::set<std::chrono::milliseconds> seen;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    claim_pace pace{10s, seed};
    const auto one = pace.pause(3);
    CHECK(one >= 750ms);
    CHECK(one <= 1250ms);
    seen.insert(one);
    CHECK(pace.pause(60) >= 2250ms);
    CHECK(pace.pause(1'000'000) <= 6250ms);
    CHECK(pace.short_pause() <= 125ms);
    CHECK(pace.busy_pause(3) <= 625ms);
    CHECK(pace.wake_pause(3) <= 103ms);
  }
  CHECK(seen.size() > 25);
}

TEST_CASE("a short lease makes all pauses short") {
  claim_pace pace{500ms, 1};
  for (int n = 0; n < 20; ++n) {
    CHECK(pace.pause(3) <= 313ms);
    CHECK(pace.busy_pause(100'000) <= 313ms);
    CHECK(pace.wake_pause(100'000) <= 250ms);
  }
}
