// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_memory.hpp"
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

using names = std::vector<std::string>;

/// Who is monitored, as it is to be stored.
names remembered(const irc_script& it) {
  REQUIRE(it.steps.memory);
  return decode_memory(*it.steps.memory).monitored;
}

} // namespace

TEST_CASE("/monitor without a server that can") {
  irc_script it;
  it.send("", "/monitor list");
  CHECK(it.answers() == R"(1 ok {"monitored":[]})");
  it.send("", "/monitor + bob");
  CHECK(it.answers() == "2 error Not connected.");
  it.welcome();
  it.send("", "/monitor + bob");
  CHECK(it.answers() == "3 error The server does not support it.");
  it.send("", "/monitor what");
  CHECK(it.answers()
        == "4 error Must be + or - with nicks, list or clear. /message");
  CHECK(it.lines() == "");
}

TEST_CASE("/monitor keeps a list") {
  irc_script it;
  it.welcome("", "MONITOR=10");
  it.send("", "/monitor + bob,ann eve");
  CHECK(it.lines() == "MONITOR + bob,ann,eve");
  it.server(":srv 731 superman :other");
  CHECK(it.answers() == "");
  it.server(":srv 731 superman :ann,bob");
  CHECK(it.answers() == R"(1 ok {"monitored":["bob","ann","eve"]})");
  CHECK(remembered(it) == names{"bob", "ann", "eve"});
  it.forget();
  it.send("", "/monitor +BOB");
  it.server(":srv 730 superman :bob!b@h");
  CHECK(it.answers() == R"(2 ok {"monitored":["bob","ann","eve"]})");
  it.forget();
  it.send("", "/monitor - Ann,nobody");
  CHECK(it.lines() == "MONITOR - Ann");
  CHECK(it.answers() == R"(3 ok {"monitored":["bob","eve"]})");
  CHECK(remembered(it) == names{"bob", "eve"});
  it.send("", "/monitor");
  CHECK(it.answers() == R"(4 ok {"monitored":["bob","eve"]})");
  it.send("", "/monitor clear");
  CHECK(it.lines() == "MONITOR - bob,eve");
  CHECK(it.answers() == R"(5 ok {"monitored":[]})");
  CHECK(remembered(it) == names{});
}

TEST_CASE("/monitor is refused") {
  irc_script it;
  it.welcome("", "MONITOR=2");
  it.send("", "/monitor + a,b,c");
  it.send("", "/monitor +");
  it.send("", "/monitor + *!*@x");
  CHECK(it.answers()
        == "1 error Too many nicks. /message\n"
           "2 error Missing or invalid nick. /message\n"
           "3 error Missing or invalid nick. /message");
  it.send("", "/monitor + a");
  it.server(":srv 734 superman 2 a :Monitor list is full");
  CHECK(it.answers() == "4 error Monitor list is full");
  it.send("", "/monitor");
  CHECK(it.answers() == R"(5 ok {"monitored":[]})");
}
