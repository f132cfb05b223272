// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

/// Is `superman_`, because `superman` was taken.
irc_script renamed(std::string_view supports = "CHANTYPES=#") {
  irc_script result;
  result.connect();
  result.server(":irc.example 433 * superman :Nickname is already in use");
  result.server(":irc.example 001 superman_ :Welcome");
  result.server(":irc.example 005 superman_ " + std::string(supports)
                + " :are supported by this server");
  return result;
}

constexpr auto taken = ":irc.example 433 superman_ superman :In use";

} // namespace

TEST_CASE("without MONITOR the wanted nick is asked for, not tried") {
  auto it = renamed();
  it.forget();
  it.pass(59s);
  CHECK(it.lines() == "");
  it.pass(1s);
  CHECK(it.lines() == "ISON superman");
  it.server(":irc.example 303 superman_ :superman");
  CHECK(it.lines() == "");
  it.pass(60s);
  CHECK(it.lines() == "ISON superman");
  it.server(":irc.example 303 superman_ :");
  CHECK(it.lines() == "NICK superman");
  it.server(":superman_!sm@h NICK superman");
  it.pass(1h);
  CHECK(it.lines().find("ISON") == std::string::npos);
  CHECK(it.events() == "info");
}

TEST_CASE("a server without ISON is asked by trying") {
  auto it = renamed();
  it.forget();
  it.pass(60s);
  CHECK(it.lines() == "ISON superman");
  it.server(":irc.example 421 superman_ ISON :Unknown command");
  CHECK(it.lines() == "NICK superman");
  it.server(taken);
  it.pass(59s);
  CHECK(it.lines() == "");
  it.pass(1s);
  CHECK(it.lines() == "NICK superman");
}

TEST_CASE("MONITOR tells when the wanted nick is free") {
  auto it = renamed("MONITOR=100");
  CHECK(it.lines().ends_with("\nMONITOR + superman"));
  it.pass(100s);
  CHECK(it.lines() == "");
  it.server(":irc.example 731 superman_ :superman");
  CHECK(it.lines() == "NICK superman");
  it.server(":superman_!sm@h NICK superman");
  CHECK(it.lines() == "MONITOR - superman");
}

TEST_CASE("when MONITOR has no room for the nick it is asked for") {
  auto it = renamed("MONITOR=1");
  it.forget();
  it.server(":irc.example 734 superman_ 1 superman :Monitor list is full");
  CHECK(it.events() == "");
  it.pass(60s);
  CHECK(it.lines() == "ISON superman");
}

TEST_CASE("a try that fails is never repeated in a loop") {
  auto it = renamed("MONITOR=100");
  it.forget();
  it.server(":irc.example 731 superman_ :superman!u@h");
  CHECK(it.lines() == "NICK superman");
  it.server(":irc.example 731 superman_ :superman");
  CHECK(it.lines() == "");
  it.server(taken);
  CHECK(it.events().find("already in use") == std::string::npos);
  for (int n = 0; n < 10; ++n) {
    it.server(":irc.example 731 superman_ :superman");
    CHECK(it.lines() == "");
  }
  it.pass(60s);
  CHECK(it.lines() == "NICK superman");
  it.server(taken);
  it.pass(60s);
  CHECK(it.lines() == "");
}

TEST_CASE("a try that nobody answers is made again after the interval") {
  auto it = renamed("MONITOR=100");
  it.server(":irc.example 731 superman_ :superman");
  it.forget();
  it.server(":irc.example 438 superman_ :Nick change too fast");
  it.pass(59s);
  CHECK(it.lines() == "");
  it.pass(1s);
  CHECK(it.lines() == "NICK superman");
}

TEST_CASE("who leaves or renames is seen to free the nick") {
  auto it = renamed();
  it.forget();
  it.server(":superman!x@y NICK clark");
  CHECK(it.lines() == "NICK superman");
  auto again = renamed();
  again.forget();
  again.server(":other!x@y QUIT :bye");
  CHECK(again.lines() == "");
  again.server(":SuperMan!x@y QUIT :bye");
  CHECK(again.lines() == "NICK superman");
}

TEST_CASE("a netsplit frees no nick") {
  auto it = renamed();
  it.forget();
  it.server(":superman!x@y QUIT :*.net *.split");
  CHECK(it.lines() == "");
  it.server(":superman!x@y QUIT :see example.net");
  CHECK(it.lines() == "NICK superman");
}

TEST_CASE("a nick that the server does not take is given up") {
  auto it = renamed();
  it.server(":superman!x@y QUIT :bye");
  it.forget();
  it.server(":irc.example 432 superman_ superman :Erroneous nickname");
  CHECK(it.events() == "error - <irc.example> Invalid nickname superman.");
  it.pass(1h);
  CHECK(it.lines().find("superman") == std::string::npos);
}

TEST_CASE("a nick that is set anew is the wanted one from then on") {
  auto it = renamed();
  it.forget();
  it.send("", "/nick clark");
  it.server(":superman_!sm@h NICK clark");
  it.forget();
  it.server(":superman!x@y QUIT :bye");
  it.pass(60s);
  CHECK(it.lines() == "");
}
