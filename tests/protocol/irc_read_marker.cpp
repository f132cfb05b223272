// SPDX-License-Identifier: Apache-2.0
#include "protocol/json.hpp"
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

timestamp time_at(const char* text) {
  timestamp result{};
  REQUIRE(parse_time(text, result));
  return result;
}

} // namespace

TEST_CASE("what the server says has been read") {
  irc_script it(irc_script::default_settings(), {irc_script::channel("#a")});
  it.welcome();
  it.server(":irc.example MARKREAD #A timestamp=2026-11-22T07:01:18.420Z");
  REQUIRE(it.steps.read.size() == 1);
  CHECK(it.steps.read[0].first == "#a");
  CHECK(it.steps.read[0].second == time_at("2026-11-22T07:01:18.42Z"));
  it.server({":irc.example MARKREAD #a *", ":irc.example MARKREAD #a",
             ":irc.example MARKREAD #a timestamp=yesterday",
             ":irc.example MARKREAD #b timestamp=2026-11-22T07:01:18.420Z",
             "MARKREAD"});
  CHECK(it.steps.read.size() == 1);
  CHECK(it.events() == "");
}

TEST_CASE("the server is told what has been read") {
  irc_script it(irc_script::default_settings(), {irc_script::channel("#a")});
  const auto read = [&](const char* where) {
    it.session.mark_read(where, time_at("2026-11-22T07:01:18.4207Z"), it.now,
                         it.steps);
    return it.lines();
  };
  SUBCASE("when it wants to know") {
    it.welcome_with("draft/read-marker");
    CHECK(read("#a") == "MARKREAD #a timestamp=2026-11-22T07:01:18.420Z");
    CHECK(read("#b") == "");
  }
  SUBCASE("and not when it does not") {
    it.welcome();
    CHECK(read("#a") == "");
  }
  SUBCASE("nor before we are welcome") {
    it.connect();
    it.server({":irc.example CAP * LS :draft/read-marker",
               ":irc.example CAP * ACK :draft/read-marker"});
    it.forget();
    CHECK(read("#a") == "");
  }
}
