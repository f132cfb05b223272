// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("a mode that changes nothing is answered when the server goes on") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("#a", "/mode +o bob");
  it.send("#a", "/topic hello");
  it.forget();
  it.pass(std::chrono::milliseconds{1'999});
  CHECK(it.lines() == "");
  it.pass(std::chrono::milliseconds{1});
  CHECK(it.lines() == "PING :convoy-1");
  it.pass(std::chrono::seconds{10});
  CHECK(it.lines() == "");
  it.send("#a", "/mode +v bob");
  it.server({":irc.example PONG irc.example :irc.example",
             ":irc.example PONG irc.example :convoy-2"});
  CHECK(it.answers() == "");
  it.server(":irc.example PONG irc.example :convoy-1");
  CHECK(
      it.answers()
      == R"(1 ok {"from":"superman","mode":"","mode_changed":0,"target":"#a"})"
         "\n"
         R"(2 ok {"conversation_id":"#a","topic":""})");
  // It was not for this one.
  it.server(":superman!sm@h MODE #a +v bob");
  CHECK(
      it.answers()
      == R"(3 ok {"from":"superman","mode":"+v","mode_changed":1,"target":"#a","nick":"bob"})");
  it.forget();
  it.pass(std::chrono::seconds{10});
  CHECK(it.lines() == "");
}

TEST_CASE("of several lines of modes some may change nothing") {
  irc_script it;
  it.welcome("", "MODES=1");
  it.joined("#a");
  it.send("#a", "/op bob eve");
  it.server(":superman!sm@h MODE #a +o bob");
  it.forget();
  it.pass(std::chrono::seconds{2});
  CHECK(it.lines() == "PING :convoy-1");
  it.server(":irc.example PONG irc.example :convoy-1");
  CHECK(
      it.answers()
      == R"(1 ok {"from":"superman","mode":"+o","mode_changed":1,"target":"#a","nick":"bob"})");
}

TEST_CASE("what asks for modes is not taken for silent") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("#a", "/mode");
  it.send("#a", "/whois bob");
  it.forget();
  it.pass(std::chrono::seconds{59});
  CHECK(it.lines() == "");
  CHECK(it.answers() == "");
}
