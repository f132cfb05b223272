// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_allowance.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

TEST_CASE("so many in so long, and again after that") {
  irc_allowance it(2, 10s);
  const instant start{100s};
  CHECK(it.take(start));
  CHECK(it.take(start + 9s));
  CHECK_FALSE(it.take(start + 9s));
  CHECK(it.take(start + 10s));
  CHECK(it.take(start + 10s));
  CHECK_FALSE(it.take(start + 19s));
}
