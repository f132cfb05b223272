// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_memory.hpp"

#include "protocol/json.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

TEST_CASE("an empty memory is an empty object") {
  CHECK(encode_memory({}) == "{}");
  CHECK(decode_memory("") == irc_memory{});
  CHECK(decode_memory("{}") == irc_memory{});
}

TEST_CASE("a memory is read as it was written") {
  irc_memory memory;
  memory.ignores = {"bob!*@*", "*!*@*.example"};
  memory.monitored = {"ann"};
  memory.away = "lunch";
  memory.flood_interval = 2500ms;
  REQUIRE(parse_time("2026-11-22T07:01:18.42274Z", memory.last_seen));
  const auto json = encode_memory(memory);
  CHECK(
      json
      == R"({"ignores":["bob!*@*","*!*@*.example"],"monitored":["ann"],"away":"lunch","flood_interval":2500,"last_seen":"2026-11-22T07:01:18.42274Z"})");
  CHECK(decode_memory(json) == memory);
}

TEST_CASE("what is malformed is forgotten, the rest is kept") {
  CHECK(decode_memory("nonsense") == irc_memory{});
  CHECK(decode_memory("[]") == irc_memory{});
  const auto memory = decode_memory(
      R"({"ignores":"x","monitored":["ann"],"flood_interval":-1,"last_seen":"x","more":1})");
  irc_memory expected;
  expected.monitored = {"ann"};
  CHECK(memory == expected);
  CHECK_FALSE(decode_memory(R"({"flood_interval":86400001})").flood_interval);
}

TEST_CASE("lists are cut to what a session may hold") {
  irc_memory memory;
  memory.ignores.assign(irc_memory::limit + 1, "x!*@*");
  CHECK(decode_memory(encode_memory(memory)).ignores.size()
        == irc_memory::limit);
}
