// SPDX-License-Identifier: Apache-2.0
#include "json.hpp"

#include <doctest/doctest.h>

using namespace convoy::scenarios;

TEST_CASE("numbers stay as they were written") {
  auto value = parse_json(R"({"ts":1593647381.72949,"n":[1e3,-0]})");
  CHECK(value.items[0].text == "1593647381.72949");
  CHECK(to_text(value) == R"({"ts":1593647381.72949,"n":[1e3,-0]})");
}

TEST_CASE("strings are decoded") {
  CHECK(parse_json(R"("a\u0001\/\n\u00e6\ud83d\ude00")").text
        == "a\x01/\næ\xF0\x9F\x98\x80");
}

TEST_CASE("what is not JSON is refused") {
  for (auto text : {"", "{", "[1,]", "{\"a\":1,}", "nul", "01", "1 2", "*",
                    "...", "$x", "\"\xff\""})
    CHECK_THROWS_AS(parse_json(text), json_error);
}

TEST_CASE("a member twice is refused") {
  CHECK_THROWS_AS(parse_json(R"({"a":1,"b":2,"a":1})"), json_error);
}

TEST_CASE("a pattern has more than JSON") {
  auto pattern =
      parse_json_pattern(R"({"a":*,"b":$seq+2,"c":~/^x"\d$/~,"d":[...],...})");
  REQUIRE(pattern.items.size() == 5);
  CHECK(pattern.items[0].what == json::kind::any);
  CHECK(pattern.items[1].what == json::kind::variable);
  CHECK(pattern.items[1].text == "seq");
  CHECK(pattern.items[1].offset == 2);
  CHECK(pattern.items[2].text == R"(^x"\d$)");
  CHECK(pattern.items[3].items[0].what == json::kind::rest);
  CHECK(pattern.items[4].what == json::kind::rest);
  CHECK(to_text(pattern)
        == R"({"a":*,"b":$seq+2,"c":~/^x"\d$/~,"d":[...],...})");
}
