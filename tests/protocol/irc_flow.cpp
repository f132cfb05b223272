// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_memory.hpp"
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

irc_settings limited(std::size_t burst = 2, std::size_t room = 10) {
  auto result = irc_script::default_settings();
  result.flood_burst = burst;
  result.flood_interval = 2s;
  result.max_queued_lines = room;
  return result;
}

/// Welcome and in #a, where two lines may leave at once.
irc_script in_channel(irc_settings settings = limited()) {
  irc_script it(std::move(settings));
  it.welcome();
  it.joined("#a");
  return it;
}

/// The interval that is to be remembered.
std::optional<std::chrono::milliseconds> learned(const irc_script& it) {
  return decode_memory(it.steps.memory.value_or("")).flood_interval;
}

} // namespace

TEST_CASE("a message that has to wait is shown and answered when it leaves") {
  auto it = in_channel();
  it.send("#a", "one");
  it.send("#a", "two");
  CHECK(it.lines() == "PRIVMSG #a :one\nPRIVMSG #a :two");
  CHECK(it.passing() == "");
  it.forget();
  it.send("#a", "three");
  it.send("#a", "four");
  CHECK(it.lines() == "");
  CHECK(it.events() == "");
  CHECK(it.answers() == "");
  CHECK(it.passing()
        == "queued #a <>  {\"lines\":1,\"wait\":2.0}\n"
           "queued #a <>  {\"lines\":2,\"wait\":4.0}");
  CHECK(it.session.deadline() == it.now.steady + 2s);
  it.pass(2s);
  CHECK(it.lines() == "PRIVMSG #a :three");
  CHECK(it.steps.written_events.at(0).time == it.now.wall);
  CHECK(it.events() == "~ private #a <superman> three");
  CHECK(it.answers() == "~ 3 ok");
  CHECK(it.passing() == "");
  it.pass(2s);
  CHECK(it.lines() == "PRIVMSG #a :four");
  CHECK(it.answers() == "~ 4 ok");
  CHECK(it.passing() == "queued #a <>  {\"lines\":0,\"wait\":0.0}");
  it.pass(1h);
  CHECK(it.passing() == "");
}

TEST_CASE("a text in parts is answered when the last of it leaves") {
  auto it = in_channel(limited(1));
  it.send("#a", "one\ntwo");
  CHECK(it.lines() == "PRIVMSG #a :one");
  CHECK(it.events() == "~ private #a <superman> one");
  CHECK(it.answers() == "");
  it.pass(2s);
  CHECK(it.lines() == "PRIVMSG #a :two");
  CHECK(it.events() == "~ private #a <superman> two");
  CHECK(it.answers() == "~ 1 ok");
}

TEST_CASE("the time of an answer begins when its command has left") {
  auto it = in_channel(limited(1));
  it.send("", "/whois a");
  it.send("", "/whois b");
  CHECK(it.lines() == "WHOIS a");
  it.pass(2s);
  CHECK(it.lines() == "WHOIS b");
  it.pass(58s);
  CHECK(it.answers() == "1 unknown Promise timeout");
  it.pass(1999ms);
  CHECK(it.answers() == "");
  it.pass(1ms);
  CHECK(it.answers() == "2 unknown Promise timeout");
}

TEST_CASE("what the connection needs does not wait") {
  auto it = in_channel(limited(1));
  it.send("#a", "one");
  it.send("#a", "two");
  it.forget();
  it.server("PING :x");
  CHECK(it.lines() == "PONG :x");
  it.send("", "/quote cap ls");
  CHECK(it.lines() == "cap ls");
  CHECK(it.answers() == "~ 3 ok");
  it.state(connection_state::disconnecting, "Quitting...");
  CHECK(it.lines() == "QUIT :https://convoy.chat");
}

TEST_CASE("what waits fails when the connection ends") {
  auto it = in_channel(limited(1));
  it.send("#a", "one");
  it.send("#a", "two");
  it.send("", "/whois bob");
  it.forget();
  it.state(connection_state::disconnected, "Connection closed.");
  CHECK(it.answers()
        == "2 error Connection closed.\n3 error Connection closed.");
  CHECK(it.lines() == "");
  CHECK(it.passing()
        == "queued - <>  {\"lines\":0,\"wait\":0.0}\n"
           "queued #a <>  {\"lines\":0,\"wait\":0.0}");
  it.welcome();
  it.pass(1h);
  CHECK(it.lines() == "PING :irc.example");
}

TEST_CASE("of a text of which a part has left nobody knows how it is taken") {
  const auto end = [](irc_script& it) {
    it.forget();
    it.state(connection_state::disconnecting, "Quitting...");
    it.state(connection_state::disconnected, "Connection closed.");
    return it.answers();
  };
  auto it = in_channel(limited(1));
  SUBCASE("none of it has left") {
    it.send("#a", "zero");
    it.send("#a", "one\ntwo");
    CHECK(end(it) == "2 error Connection closed.");
  }
  SUBCASE("one part has left at once") {
    it.send("#a", "one\ntwo");
    it.send("#a", "three");
    CHECK(end(it)
          == "1 unknown Connection closed.\n2 error Connection closed.");
  }
  SUBCASE("one part has waited and left") {
    it.send("#a", "zero");
    it.send("#a", "one\ntwo");
    it.pass(2s);
    CHECK(it.lines() == "PRIVMSG #a :zero\nPRIVMSG #a :one");
    CHECK(end(it) == "2 unknown Connection closed.");
  }
  SUBCASE("all have left") {
    it.send("#a", "one\ntwo");
    it.pass(2s);
    CHECK(it.answers() == "~ 1 ok");
    CHECK(end(it) == "");
  }
}

TEST_CASE("a message that finds no room is refused as a whole") {
  auto it = in_channel(limited(1, 2));
  it.send("#a", "one");
  it.send("#a", "two");
  it.forget();
  it.send("#a", "three\nfour");
  CHECK(it.answers() == "3 error Too many lines wait for the server. /message");
  it.send("#a", "three");
  it.forget();
  it.send("", "/whois bob");
  it.send("", "/quote X");
  CHECK(it.answers()
        == "5 error Too many lines wait for the server. /message\n"
           "6 error Too many lines wait for the server. /message");
  CHECK(it.lines() == "");
  CHECK(it.passing() == "");
  it.pass(2s);
  it.pass(2s);
  CHECK(it.lines() == "PRIVMSG #a :two\nPRIVMSG #a :three");
}

TEST_CASE("the profile of a network sets the pace") {
  auto settings = limited(1);
  settings.profile.flood_burst = 3;
  settings.profile.flood_interval = 500ms;
  auto it = in_channel(settings);
  for (int i = 0; i < 4; ++i)
    it.send("#a", "x");
  CHECK(it.steps.lines.size() == 3);
  CHECK(it.session.deadline() == it.now.steady + 500ms);
}

TEST_CASE("complaints of the server slow down") {
  const char* const complaints[]{
      ":irc.example 263 superman PRIVMSG :Please wait a while and try again.",
      ":irc.example 439 superman bob :Target change too fast",
      ":irc.example FAIL PRIVMSG RATE_LIMITED :Slow down",
      ":irc.example NOTICE superman :*** Message to #a throttled",
      "NOTICE superman :You are flooding",
      "ERROR :Closing Link: superman (Excess Flood)",
  };
  for (const auto* complaint : complaints) {
    CAPTURE(complaint);
    auto it = in_channel(limited(1));
    it.send("#a", "one");
    it.send("#a", "two");
    it.forget();
    it.server(complaint);
    CHECK(learned(it) == 4s);
    CHECK(it.session.deadline() == it.now.steady + 4s);
  }
}

TEST_CASE("what is no complaint does not slow down") {
  auto it = in_channel(limited(1));
  it.send("#a", "one");
  it.server({":bob!b@h NOTICE superman :flood", ":bob!b@h PRIVMSG #a :flood",
             ":irc.example NOTICE superman :Welcome",
             "FAIL PRIVMSG INVALID_UTF8 :no"});
  CHECK_FALSE(learned(it));
  // Nothing was said lately that it could be about.
  it.pass(2s);
  it.server(":irc.example NOTICE superman :flood protection is on");
  CHECK_FALSE(learned(it));
}

TEST_CASE("a slower pace is remembered and forgotten again") {
  auto settings = limited(1);
  settings.memory = "{\"flood_interval\":8000}";
  auto it = in_channel(settings);
  it.send("#a", "one");
  it.send("#a", "two");
  CHECK(it.session.deadline() == it.now.steady + 8s);
  it.forget();
  it.now.steady += 30min;
  it.send("#a", "three");
  REQUIRE(it.steps.memory);
  CHECK_FALSE(learned(it));
}

TEST_CASE("that somebody types is not told late") {
  irc_script it(limited(1));
  it.welcome_with("message-tags");
  it.joined("#a");
  it.send("#a", "/typing active");
  CHECK(it.lines() == "@+typing=active TAGMSG #a");
  it.pass(2s);
  it.send("#a", "x");
  it.forget();
  it.now.steady += 1s;
  it.send("#a", "/typing active");
  CHECK(it.answers() == "3 ok");
  CHECK(it.passing() == "");
  CHECK_FALSE(it.session.deadline() == it.now.steady + 1s);
}
