// SPDX-License-Identifier: Apache-2.0
#include "protocol/rate_limit.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

constexpr instant start{1000s};

} // namespace

TEST_SUITE("rate_limit") {
  TEST_CASE("so often at once, then once in each interval") {
    rate_limit limit{3, 10s, 100};
    CHECK(limit.take("a", start).count() == 0);
    CHECK(limit.take("a", start).count() == 0);
    CHECK(limit.take("a", start).count() == 0);
    CHECK(limit.take("a", start).count() == doctest::Approx(10));
    CHECK(limit.take("a", start + 4s).count() == doctest::Approx(6));
    CHECK(limit.take("a", start + 10s).count() == 0);
    CHECK(limit.take("a", start + 10s).count() == doctest::Approx(10));
  }

  TEST_CASE("after a while all of it may be done again") {
    rate_limit limit{2, 10s, 100};
    CHECK(limit.take("a", start).count() == 0);
    CHECK(limit.take("a", start).count() == 0);
    const auto later = start + 1h;
    CHECK(limit.take("a", later).count() == 0);
    CHECK(limit.take("a", later).count() == 0);
    CHECK(limit.take("a", later).count() > 0);
  }

  TEST_CASE("each key has its own") {
    rate_limit limit{1, 10s, 100};
    CHECK(limit.take("a", start).count() == 0);
    CHECK(limit.take("b", start).count() == 0);
    CHECK(limit.take("a", start).count() > 0);
  }

  TEST_CASE("without an interval there is no limit, and nothing to know") {
    rate_limit limit{1, 0s, 100};
    for (int i = 0; i < 1000; ++i)
      CHECK(limit.take("a", start).count() == 0);
    CHECK(limit.size() == 0);
  }

  TEST_CASE("it is bounded: who may soonest do all again is forgotten") {
    rate_limit limit{2, 10s, 2};
    limit.take("a", start);
    limit.take("b", start);
    limit.take("b", start);
    limit.take("c", start);
    CHECK(limit.size() == 2);
    // "a" is as new, and "c" gives way to it.
    CHECK(limit.take("b", start).count() > 0);
    CHECK(limit.take("a", start).count() == 0);
    CHECK(limit.take("b", start).count() > 0);
    CHECK(limit.size() == 2);
  }

  TEST_CASE("an address is one, of IPv6 a whole network") {
    CHECK(network_of("192.0.2.7") == "192.0.2.7");
    CHECK(network_of("::ffff:192.0.2.7") == "192.0.2.7");
    CHECK(network_of("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
    CHECK(network_of("2001:db8:1:2::9") == "2001:db8:1:2::/64");
    CHECK(network_of("::1") == "::/64");
    CHECK(network_of("") == "");
    CHECK(network_of("somewhere") == "somewhere");
  }
}
