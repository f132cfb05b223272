// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session.hpp"

#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

TEST_CASE("states are told, and once") {
  auto asleep = irc_script::channel("#asleep");
  asleep.frozen = freeze::bad_password;
  irc_script it(irc_script::default_settings(),
                {irc_script::channel("#b"), asleep, irc_script::channel("#a")});
  it.state(connection_state::disconnected, "Nothing new.");
  CHECK(it.events() == "");
  it.state(connection_state::connecting, "Connecting to irc.libera.chat.");
  CHECK(it.events()
        == "frozen #a [Not connected.] []\n"
           "frozen #b [Not connected.] []\n"
           "connection connecting: Connecting to irc.libera.chat.\n"
           "notice - <irc-libera> Connecting to irc.libera.chat.\n"
           "info");
  it.state(connection_state::connected, "Connected to irc.libera.chat.");
  CHECK(it.events()
        == "connection connected: Connected to irc.libera.chat.\n"
           "notice - <irc-libera> Connected to irc.libera.chat.");
  CHECK(it.lines() == "");
  it.state(connection_state::disconnecting, "Quitting...");
  CHECK(it.lines() == "QUIT :https://convoy.chat");
  it.state(connection_state::disconnected, "Connection closed.");
  CHECK(it.lines() == "");
  CHECK(it.session.state() == connection_state::disconnected);
  CHECK(it.conversation_state("#asleep") == "Invalid password.|");
}

TEST_CASE("a lost connection fails what is open and forgets the server") {
  irc_script it;
  it.connect();
  it.server({":irc.example 433 * superman :In use",
             ":irc.example 001 superman_ :Welcome",
             ":irc.example 004 superman_ irc.example v1 iow nt"});
  it.send("", "/whois bob");
  it.send("", "/whois ann");
  it.server(":irc.example 401 superman_ ann :No such nick");
  it.forget();
  it.state(connection_state::disconnected, "Connection closed.");
  CHECK(it.answers() == "1 unknown Connection closed.");
  CHECK(it.session.nick() == "superman");
  CHECK_FALSE(it.session.deadline());
  it.state(connection_state::connecting, "Connecting.");
  CHECK(it.session.info()
        == R"({"authenticated":false,"capabilities":{},"nick":"superman"})");
  it.forget();
  it.send("", "/whois bob");
  CHECK(it.answers() == "3 error Not connected.");
}

TEST_CASE("settings change while disconnected") {
  irc_script it;
  auto settings = irc_script::default_settings();
  settings.nick = "batman";
  it.session.configure(settings);
  CHECK(it.session.nick() == "batman");
  it.connect();
  CHECK(it.lines().find("NICK batman") != std::string::npos);
}

TEST_CASE("a silent server is asked, then given up") {
  irc_script it;
  it.connect();
  it.forget();
  SUBCASE("it never says a thing") {
    it.pass(119s);
    CHECK(it.lines() == "");
    it.pass(1s);
    CHECK(it.lines() == "PING :irc.libera.chat");
    it.pass(119s);
    CHECK_FALSE(it.steps.give_up);
    it.pass(1s);
    CHECK(it.steps.give_up == "Connection timeout!");
    it.forget();
    it.pass(600s);
    CHECK_FALSE(it.steps.give_up);
    CHECK(it.lines() == "");
  }
  SUBCASE("it answers") {
    it.server(":irc.example 001 superman :Welcome");
    it.forget();
    CHECK(it.session.deadline() == it.now.steady + 120s);
    it.pass(120s);
    CHECK(it.lines() == "PING :irc.example");
    it.server(":irc.example PONG irc.example :irc.example");
    it.pass(119s);
    CHECK(it.lines() == "");
    it.pass(1s);
    CHECK(it.lines() == "PING :irc.example");
    CHECK(it.events() == "");
    CHECK_FALSE(it.steps.give_up);
  }
  SUBCASE("nobody looked at it for an hour") {
    it.pass(3600s);
    CHECK(it.lines() == "PING :irc.libera.chat");
    CHECK_FALSE(it.steps.give_up);
    CHECK(it.session.deadline() == it.now.steady + 120s);
  }
}

TEST_CASE("times of events come from the clock or from the server") {
  irc_script it;
  it.connect();
  const auto time_of = [&](std::string_view line) {
    it.forget();
    it.server(line);
    REQUIRE(it.steps.events.size() == 1);
    return it.steps.events[0].time;
  };
  constexpr auto tagged =
      "@time=2026-11-22T07:01:18.500Z :bob!b@h PRIVMSG #a x";
  constexpr auto broken = "@time=yesterday :bob!b@h PRIVMSG #a x";
  CHECK(time_of(tagged) == it.now.wall);
  it.server({":irc.example CAP * LS :server-time",
             ":irc.example CAP * ACK :server-time"});
  CHECK(time_of(tagged) == timestamp{1795330878s + 500ms});
  CHECK(time_of(broken) == it.now.wall);
  CHECK(time_of(":bob!b@h PRIVMSG #a x") == it.now.wall);
}

TEST_CASE("counters are the owner's") {
  irc_script it(irc_script::default_settings(), {irc_script::channel("bob")});
  it.session.set_counters("bob", 3, 2);
  it.session.set_counters("nobody", 1, 1);
  it.send("", "/query bob");
  const auto answer = it.answers();
  CHECK(answer.find(R"("unread":3)") != std::string::npos);
  CHECK(answer.find(R"("notifications":2)") != std::string::npos);
}
