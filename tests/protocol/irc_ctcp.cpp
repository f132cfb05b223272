// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_ctcp.hpp"

#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("a CTCP text is taken apart") {
  const auto ping = parse_ctcp("\x01ping 1 2\x01");
  REQUIRE(ping);
  CHECK(ping->command == "PING");
  CHECK(ping->args == "1 2");
  const auto open = parse_ctcp("\x01VERSION");
  REQUIRE(open);
  CHECK(open->command == "VERSION");
  CHECK(open->args == "");
  const auto empty = parse_ctcp("\x01\x01");
  REQUIRE(empty);
  CHECK(empty->command == "");
  CHECK_FALSE(parse_ctcp("VERSION\x01"));
  CHECK_FALSE(parse_ctcp(""));
}

TEST_CASE("CLIENTINFO says what is answered") {
  irc_script it;
  it.welcome();
  it.server(":bob!b@h PRIVMSG superman :\x01"
            "CLIENTINFO\x01");
  CHECK(it.lines()
        == "NOTICE bob :\x01"
           "CLIENTINFO ACTION CLIENTINFO PING TIME VERSION\x01");
}

TEST_CASE("/ctcp waits for the reply") {
  irc_script it;
  it.welcome();
  it.send("", "/ctcp Bob version");
  CHECK(it.lines() == "PRIVMSG Bob :\x01VERSION\x01");
  it.server({":ann!a@h NOTICE superman :\x01VERSION other\x01",
             ":bob!b@h NOTICE superman :\x01TIME now\x01",
             ":bob!b@h NOTICE #a :\x01VERSION to all\x01",
             ":bob!b@h NOTICE superman :VERSION"});
  CHECK(it.answers() == "");
  it.forget();
  it.server(":bob!b@h NOTICE superman :\x01VERSION irc 1.0\x01");
  CHECK(it.answers()
        == R"(1 ok {"nick":"bob","command":"VERSION","reply":"irc 1.0"})");
  CHECK(it.events() == "");
  it.send("", "/ctcp bob ping 12 34");
  CHECK(it.lines() == "PRIVMSG bob :\x01PING 12 34\x01");
  it.server(":srv 401 superman bob :No such nick");
  CHECK(it.answers() == "2 error No such nick");
  it.send("", "/ctcp");
  it.send("", "/ctcp bob");
  CHECK(it.answers()
        == "3 error Cannot send without target. /message\n"
           "4 error Missing CTCP command. /message");
}

TEST_CASE("/ctcp is not answered by the server's own words for it") {
  irc_script it;
  it.welcome("message-tags batch echo-message labeled-response", "X");
  it.send("", "/ctcp bob version");
  CHECK(it.lines() == "PRIVMSG bob :\x01VERSION\x01");
  it.server(":superman!sm@h PRIVMSG bob :\x01VERSION\x01");
  CHECK(it.answers() == "");
  CHECK(it.events() == "");
  CHECK(it.lines() == "");
  it.server(":bob!b@h NOTICE superman :\x01VERSION irc 1.0\x01");
  CHECK(it.answers()
        == R"(1 ok {"nick":"bob","command":"VERSION","reply":"irc 1.0"})");
}
