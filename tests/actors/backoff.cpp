// SPDX-License-Identifier: Apache-2.0
#include "actors/backoff.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace convoy::actors;
using seconds = backoff::seconds;

TEST_CASE("each wait is twice the one before, up to the most") {
  backoff waits{seconds{4}, seconds{900}};
  std::vector<double> all;
  for (auto n = 0; n < 10; ++n)
    all.push_back(waits.next().count());
  CHECK(all == std::vector<double>{4, 8, 16, 32, 64, 128, 256, 512, 900, 900});
}

TEST_CASE("success starts the waits anew") {
  backoff waits{seconds{4}, seconds{900}};
  waits.next();
  waits.next();
  waits.reset();
  CHECK(waits.next() == seconds{4});
  CHECK(waits.next() == seconds{8});
}

TEST_CASE("no wait is longer than the most, not even the first") {
  backoff waits{seconds{10}, seconds{3}};
  CHECK(waits.next() == seconds{3});
  CHECK(waits.next() == seconds{3});
}

TEST_CASE("jitter adds a tenth at most and takes nothing away") {
  CHECK(backoff::with_jitter(seconds{100}, 0) == seconds{100});
  CHECK(backoff::with_jitter(seconds{100}, 0.5) == seconds{105});
  CHECK(backoff::with_jitter(seconds{100}, 1).count() == doctest::Approx(110));
}
