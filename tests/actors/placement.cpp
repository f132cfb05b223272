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
