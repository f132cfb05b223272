// SPDX-License-Identifier: Apache-2.0
#include "actors/backoff.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace convoy::actors;
using convoy::protocol::instant;
using convoy::protocol::irc_end;
using seconds = backoff::seconds;
using namespace std::chrono_literals;

namespace {

constexpr instant start{1h};

/// The wait after an end for `why`; -1 when there is to be no other try.
double wait_of(backoff& waits, irc_end why, instant now = start) {
  const auto wait = waits.next(why, now);
  return wait ? wait->count() : -1;
}

} // namespace

TEST_CASE("each wait is twice the one before, up to the most") {
  backoff waits{seconds{4}, seconds{900}};
  std::vector<double> all;
  for (auto n = 0; n < 10; ++n)
    all.push_back(wait_of(waits, irc_end::lost));
  CHECK(all == std::vector<double>{4, 8, 16, 32, 64, 128, 256, 512, 900, 900});
}

TEST_CASE("where the first wait is none the others are not") {
  backoff waits{seconds{0}, seconds{900}};
  std::vector<double> all;
  for (auto n = 0; n < 4; ++n)
    all.push_back(wait_of(waits, irc_end::lost));
  CHECK(all == std::vector<double>{0, 0.25, 0.5, 1});
  waits.welcome(start);
  CHECK(wait_of(waits, irc_end::lost, start) == 0);
  // Also when there is no longest one.
  backoff none{seconds{0}, seconds{0}};
  wait_of(none, irc_end::lost);
  CHECK(wait_of(none, irc_end::lost) > 0);
}

TEST_CASE("a connection that held starts the waits anew") {
  backoff waits{seconds{4}, seconds{900}};
  wait_of(waits, irc_end::lost);
  wait_of(waits, irc_end::lost);
  for (auto n = 0; n < 3; ++n) {
    waits.welcome(start);
    CHECK(wait_of(waits, irc_end::lost, start + 60s) == 4);
  }
  CHECK(wait_of(waits, irc_end::lost) == 8);
}

TEST_CASE("of those that do not hold only the first starts them anew") {
  backoff waits{seconds{4}, seconds{900}};
  wait_of(waits, irc_end::lost);
  std::vector<double> all;
  for (auto n = 0; n < 4; ++n) {
    waits.welcome(start);
    all.push_back(wait_of(waits, irc_end::lost, start + 59s));
  }
  CHECK(all == std::vector<double>{4, 8, 16, 32});
  waits.welcome(start);
  CHECK(wait_of(waits, irc_end::lost, start + 60s) == 4);
  waits.welcome(start);
  CHECK(wait_of(waits, irc_end::lost, start + 1s) == 4);
}

TEST_CASE("a name or a certificate that fails begins slower") {
  backoff waits{seconds{4}, seconds{900}};
  CHECK(wait_of(waits, irc_end::dns) == 32);
  CHECK(wait_of(waits, irc_end::tls) == 64);
  CHECK(wait_of(waits, irc_end::lost) == 128);
}

TEST_CASE("a server that wants a pause gets one, and longer ones") {
  backoff waits{seconds{4}, seconds{900}};
  CHECK(wait_of(waits, irc_end::lost) == 4);
  CHECK(wait_of(waits, irc_end::throttled) == 60);
  CHECK(wait_of(waits, irc_end::throttled) == 120);
  waits.welcome(start);
  CHECK(wait_of(waits, irc_end::throttled, start + 1h) == 60);
}

TEST_CASE("who is banned or has a wrong password does not try again") {
  backoff waits{seconds{4}, seconds{900}};
  CHECK(wait_of(waits, irc_end::banned) == -1);
  CHECK(wait_of(waits, irc_end::password) == -1);
  CHECK(wait_of(waits, irc_end::lost) == 4);
}

TEST_CASE("TLS is gone to at once, but not in a loop") {
  backoff waits{seconds{4}, seconds{900}};
  CHECK(wait_of(waits, irc_end::secure) == 0);
  CHECK(wait_of(waits, irc_end::secure) == 4);
  CHECK(wait_of(waits, irc_end::secure) == 8);
  waits.reset();
  CHECK(wait_of(waits, irc_end::secure) == 0);
}

TEST_CASE("no wait is longer than the most, not even the first") {
  backoff waits{seconds{10}, seconds{3}};
  CHECK(wait_of(waits, irc_end::lost) == 3);
  CHECK(wait_of(waits, irc_end::throttled) == 3);
}

TEST_CASE("jitter adds a tenth at most and takes nothing away") {
  CHECK(backoff::with_jitter(seconds{100}, 0) == seconds{100});
  CHECK(backoff::with_jitter(seconds{100}, 0.5) == seconds{105});
  CHECK(backoff::with_jitter(seconds{100}, 1).count() == doctest::Approx(110));
}
