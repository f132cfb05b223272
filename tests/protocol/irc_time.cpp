// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_time.hpp"

#include "protocol/json.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("times have three digits of a second") {
  const auto of = [](const char* text) {
    timestamp time{};
    REQUIRE(parse_time(text, time));
    return to_irc_time(time);
  };
  CHECK(of("2026-11-22T07:01:18Z") == "2026-11-22T07:01:18.000Z");
  CHECK(of("2026-11-22T07:01:18.42Z") == "2026-11-22T07:01:18.420Z");
  CHECK(of("2026-11-22T07:01:18.004999Z") == "2026-11-22T07:01:18.004Z");
  CHECK(to_irc_time(timestamp{std::chrono::microseconds{-1}})
        == "1969-12-31T23:59:59.999Z");
}
