// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_waiters.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

irc_open_command command(std::string target, std::chrono::seconds deadline,
                         ticket to = 0) {
  irc_open_command result;
  result.kind = irc_command_kind::whois;
  result.who.to = to;
  result.target = std::move(target);
  result.deadline = instant{} + deadline;
  return result;
}

} // namespace

TEST_CASE("open commands are found oldest first") {
  irc_waiters it;
  it.add(command("Bob", 60s, 1));
  it.add(command("bob", 60s, 2));
  const auto find = [&] {
    return it.find(irc_command_kind::whois, "BOB", casemapping::ascii);
  };
  CHECK(it.find(irc_command_kind::join, "bob", casemapping::ascii) == it.end());
  CHECK(it.find(irc_command_kind::whois, "ann", casemapping::ascii)
        == it.end());
  REQUIRE(find() != it.end());
  CHECK(it.take(find()).who.to == 1);
  find()->answered = true;
  CHECK(find() == it.end());
  CHECK(it.clear().size() == 1);
  CHECK(it.begin() == it.end());
}

TEST_CASE("open commands expire one by one") {
  irc_waiters it;
  CHECK_FALSE(it.deadline());
  it.add(command("a", 60s));
  it.add(command("b", 30s));
  CHECK(it.deadline() == instant{} + 30s);
  CHECK(it.expired(instant{} + 29s) == it.end());
  REQUIRE(it.expired(instant{} + 30s) != it.end());
  CHECK(it.expired(instant{} + 30s)->target == "b");
}

TEST_CASE("open commands are bounded") {
  irc_waiters it;
  for (std::size_t i = 0; i < irc_waiters::limit; ++i) {
    CHECK_FALSE(it.full());
    it.add(command("a", 60s));
  }
  CHECK(it.full());
}

TEST_CASE("every kind of command has its verb") {
  CHECK(verb(irc_command_kind::join) == "JOIN");
  CHECK(verb(irc_command_kind::part) == "PART");
  CHECK(verb(irc_command_kind::nick) == "NICK");
  CHECK(verb(irc_command_kind::topic) == "TOPIC");
  CHECK(verb(irc_command_kind::set_topic) == "TOPIC");
  CHECK(verb(irc_command_kind::names) == "NAMES");
  CHECK(verb(irc_command_kind::whois) == "WHOIS");
  CHECK(verb(irc_command_kind::away) == "AWAY");
}
