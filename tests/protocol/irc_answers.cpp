// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

TEST_CASE("an answer settles only the oldest command that awaits it") {
  irc_script it;
  it.welcome();
  it.send("#a", "/names");
  it.send("#b", "/names");
  it.send("#a", "/names");
  it.server({":srv 353 superman = #b :bob", ":srv 366 superman #b :End"});
  CHECK(
      it.answers()
      == R"(2 ok {"conversation_id":"#b","participants":[{"nick":"bob","mode":""}]})");
  it.server({":srv 353 superman = #a :ann", ":srv 366 superman #a :End"});
  CHECK(
      it.answers()
      == R"(1 ok {"conversation_id":"#a","participants":[{"nick":"ann","mode":""}]})");
  it.server(":srv 366 superman #a :End");
  CHECK(it.answers() == R"(3 ok {"conversation_id":"#a"})");
  it.server(":srv 366 superman #a :End");
  CHECK(it.answers() == "");
  CHECK(it.events() == "notice - <irc-libera> #a End");
}

TEST_CASE("commands of several kinds do not take each other's answers") {
  irc_script it;
  it.welcome();
  it.send("", "/join #a");
  it.send("#a", "/names");
  it.forget();
  it.server({":superman!sm@host JOIN #a", ":srv 353 superman = #a :superman",
             ":srv 366 superman #a :End"});
  CHECK(it.answers().starts_with("1 ok"));
  it.server({":srv 353 superman = #a :superman", ":srv 366 superman #a :End"});
  CHECK(it.answers().starts_with("2 ok"));
}

TEST_CASE("an answer that never comes") {
  irc_script it;
  it.welcome();
  it.send("#a", "/topic");
  it.pass(1s);
  it.send("#a", "/topic x");
  it.forget();
  CHECK(it.session.deadline() == it.now.steady + 59s);
  it.pass(59s);
  CHECK(it.answers() == "1 error Promise timeout");
  it.pass(1s);
  CHECK(it.answers() == "2 error Promise timeout");
  CHECK(it.events() == "");
}

TEST_CASE("refusals that name the command or nothing") {
  irc_script it;
  it.welcome();
  it.send("", "/away");
  it.send("", "/nick clark");
  it.send("#a", "/names");
  it.forget();
  it.server(":srv 421 superman NICK :Unknown command");
  CHECK(it.answers() == "2 error Unknown command");
  it.server(":srv 461 superman NAMES :Not enough parameters");
  CHECK(it.answers() == "3 error Not enough parameters");
  it.server(":srv 451 * :You have not registered");
  CHECK(it.answers() == "1 error You have not registered");
  CHECK(it.events() == "");
  it.server(":srv 421 superman NICK :Unknown command");
  CHECK(it.events() == "error - <irc.example> Unknown command: NICK");
}

TEST_CASE("open commands are bounded") {
  irc_script it;
  it.welcome();
  for (int i = 0; i < 64; ++i)
    it.send("#a", "/names");
  CHECK(it.answers() == "");
  it.forget();
  it.send("#a", "/names");
  CHECK(it.answers() == "65 error Too many open commands.");
  CHECK(it.lines() == "");
  it.server(":srv 366 superman #a :End");
  it.forget();
  it.send("#a", "/names");
  CHECK(it.lines() == "NAMES #a");
}
