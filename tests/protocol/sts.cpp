// SPDX-License-Identifier: Apache-2.0
#include "protocol/sts.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

TEST_CASE("a policy is read as far as it is good") {
  auto it = parse_sts("duration=2592000,port=6697,preload");
  CHECK(it.port == 6697);
  CHECK(it.duration == 2592000s);
  it = parse_sts("unknown,duration=0");
  CHECK_FALSE(it.port);
  CHECK(it.duration == 0s);
  for (const auto* text : {"", ",", "=", "port", "port=", "port=0",
                           "port=65536", "port=x", "port=-1", "port=6697x",
                           "Port=6697", "duration", "duration=", "duration=-1",
                           "duration=1s", "duration=99999999999999999999999"}) {
    it = parse_sts(text);
    CHECK_MESSAGE(!it.port, text);
    CHECK_MESSAGE(!it.duration, text);
  }
  CHECK(parse_sts("duration=18446744073709551615").duration
        == max_sts_duration);
}

TEST_CASE("addresses are no names") {
  for (const auto* host : {"127.0.0.1", "2001:db8::1", "::1", "1"})
    CHECK_MESSAGE(is_address(host), host);
  for (const auto* host : {"irc.example.net", "localhost", "1.example.net"})
    CHECK_MESSAGE(!is_address(host), host);
}
