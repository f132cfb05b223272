// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_waiters.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>

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

TEST_CASE("of a group that is taken out one is left to be answered") {
  irc_waiters it;
  for (const ticket each : {1, 1, 2}) {
    it.add(command("#a", 60s, each));
    std::prev(it.end())->group = each == 1 ? 7 : 0;
  }
  const auto all = it.clear();
  REQUIRE(all.size() == 3);
  const auto waiting = std::count_if(
      all.begin(), all.end(), [](const auto& each) { return !each.answered; });
  CHECK(waiting == 2);
  CHECK_FALSE(all.front().answered);
  CHECK_FALSE(all.back().answered);
}

TEST_CASE("what is collected is bounded for one command and for all") {
  irc_waiters it;
  for (std::size_t each = 0; each < 3; ++each)
    it.add(command("#a", 60s));
  auto& first = *it.begin();
  CHECK(it.reserve(first, 100, 120));
  CHECK_FALSE(it.reserve(first, 21, 120));
  CHECK(first.truncated);
  CHECK_FALSE(it.reserve(first, 1, 120));
  CHECK(first.collected == 100);
  auto& second = *std::next(it.begin());
  const auto most = irc_waiters::max_collected;
  CHECK(it.reserve(second, most - 100, most));
  auto& third = *std::prev(it.end());
  it.collect(third, "x");
  CHECK(third.items.empty());
  it.take(it.begin());
  third.truncated = false;
  it.collect(third, "x");
  CHECK(third.items.size() == 1);
  it.clear();
  it.add(command("#a", 60s));
  CHECK(it.reserve(*it.begin(), most, most));
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

TEST_CASE("an open command has no deadline before its line has left") {
  irc_waiters it;
  auto waiting = command("a", 0s);
  waiting.deadline.reset();
  waiting.parcel = 7;
  waiting.patience = 5s;
  it.add(std::move(waiting));
  CHECK_FALSE(it.deadline());
  CHECK(it.expired(instant{} + 1h) == it.end());
  it.start(6, instant{} + 1h);
  CHECK_FALSE(it.deadline());
  it.start(7, instant{} + 1h);
  CHECK(it.deadline() == instant{} + 1h + 5s);
  it.start(7, instant{} + 2h);
  CHECK(it.deadline() == instant{} + 1h + 5s);
}

TEST_CASE("open commands are found by their label") {
  irc_waiters it;
  it.add(command("a", 60s));
  auto labelled = command("b", 60s);
  labelled.label = "1";
  it.add(std::move(labelled));
  CHECK(it.labelled("") == it.end());
  CHECK(it.labelled("2") == it.end());
  REQUIRE(it.labelled("1") != it.end());
  CHECK(it.labelled("1")->target == "b");
}

TEST_CASE("open commands of one group are answered together") {
  irc_waiters it;
  for (const std::uint64_t group : {0, 1, 1, 2}) {
    auto next = command("a", 60s);
    next.group = group;
    it.add(std::move(next));
  }
  CHECK(it.has_group(1));
  CHECK(it.next_of_group(std::next(it.begin())) == std::next(it.begin(), 2));
  CHECK(it.next_of_group(std::next(it.begin(), 2)) == std::next(it.begin()));
  CHECK(it.next_of_group(std::next(it.begin(), 3)) == it.end());
  it.answer_group(1);
  CHECK(it.next_of_group(std::next(it.begin())) == it.end());
  CHECK_FALSE(it.has_group(1));
  CHECK(it.has_group(2));
  CHECK(it.has_room(irc_waiters::limit - 4));
  CHECK_FALSE(it.has_room(irc_waiters::limit - 3));
}

TEST_CASE("a PING is due behind commands that may get no answer") {
  irc_waiters it;
  auto topic = command("#a", 0s);
  topic.kind = irc_command_kind::set_topic;
  auto labelled = topic;
  labelled.label = "1";
  for (auto* each : {&topic, &labelled})
    irc_waiters::start(*each, instant{});
  it.add(command("bob", 60s));
  it.add(labelled);
  it.add(topic);
  CHECK(it.deadline() == instant{} + 2s);
  CHECK_FALSE(it.question(1, instant{} + 1999ms));
  CHECK(it.question(1, instant{} + 2s));
  CHECK_FALSE(it.question(2, instant{} + 3s));
  CHECK(it.deadline() == instant{} + 60s);
  CHECK(it.questioned(2) == it.end());
  REQUIRE(it.questioned(1) != it.end());
  CHECK(std::distance(it.begin(), it.questioned(1)) == 2);
}
