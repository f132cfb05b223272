// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("lines nobody waits for") {
  struct {
    const char* line;
    const char* events;
  } const rows[]{
      {":srv 002 superman :Your host", "notice - <irc-libera> Your host"},
      {":srv 221 superman +ix",
       "notice - <irc-libera> You (superman) have mode +ix."},
      {":srv 301 superman bob :Gone fishing",
       "notice - <irc-libera> bob Gone fishing"},
      {":srv 306 superman :You are away", "notice - <irc-libera> You are away"},
      {":srv 311 superman bob b h * :Bob",
       "notice - <irc-libera> bob b h * Bob"},
      {":srv 324 superman #a +ntk key",
       "notice - <irc-libera> #a has mode +ntk."},
      {":srv 329 superman #a 1432932059", ""},
      {":srv 331 superman #a :No topic is set", ""},
      {":srv 332 superman #a :topic", "frozen #a [] [topic]"},
      {":srv 332 superman #unknown :topic", ""},
      {":srv 333 superman #a bob 1432932059", ""},
      {":srv 353 superman = #a :bob ann", ""},
      {":srv 366 superman #a :End of /NAMES list.",
       "notice - <irc-libera> #a End of /NAMES list."},
      {":srv 372 superman :- hello", "preformat - <irc.example> hello"},
      {":srv 372 superman :hello", "preformat - <irc.example> hello"},
      {":srv 375 superman :- motd", ""},
      {":srv 376 superman :End", ""},
      {":srv 378 superman superman :is connecting from",
       "notice - <irc-libera> superman is connecting from"},
      {":srv 401 superman nobody :No such nick/channel",
       "error - <irc-libera> nobody No such nick/channel"},
      {":srv 404 superman #a :Cannot send to channel",
       "error - <irc.example> Cannot send to channel #a."},
      {":srv 421 superman FOO :Unknown command",
       "error - <irc.example> Unknown command: FOO"},
      {":srv 422 superman :MOTD File is missing",
       "error - <irc-libera> MOTD File is missing"},
      {":srv 432 superman x,y :Erroneous",
       "error - <irc.example> Invalid nickname x,y."},
      {":srv 433 superman bob :In use",
       "error - <irc.example> Nickname bob is already in use."},
      {":srv 436 superman bob :Collision",
       "error - <irc-libera> bob Collision"},
      {":srv 437 superman #a :Unavailable",
       "notice - <irc-libera> #a Unavailable"},
      {":srv 451 superman :Not registered",
       "error - <irc-libera> Not registered"},
      {":srv 470 superman #a #b :Forwarding",
       "notice - <irc-libera> #a #b Forwarding"},
      {":srv 473 superman #a :Cannot join",
       "error - <irc-libera> #a Cannot join"},
      {":srv 479 superman #a :Illegal name",
       "notice - <irc-libera> #a Illegal name"},
      {":srv 501 superman :Unknown MODE flag",
       "error - <irc-libera> Unknown MODE flag"},
      {":srv 671 superman bob :is using a secure connection",
       "notice - <irc-libera> bob is using a secure connection"},
      {":bob!b@h AWAY :gone", "away bob: gone"},
      {":srv WALLOPS :hear ye", "notice - <irc-libera> hear ye"},
      {"@+typing=active :bob!b@h TAGMSG #a", ""},
      {":srv PONG srv :x", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.line);
    irc_script it;
    it.welcome();
    it.joined("#a");
    it.server(row.line);
    CHECK(it.events() == row.events);
    CHECK(it.lines() == "");
  }
}

TEST_CASE("PING is answered with all it had") {
  irc_script it;
  it.welcome();
  it.server({"PING irc.example", "PING :a b", "PING a :b c", "PING :"});
  CHECK(it.lines() == "PONG :irc.example\nPONG :a b\nPONG :a b c\nPONG :");
  CHECK(it.events() == "");
}

TEST_CASE("ERROR says why the connection ends") {
  irc_script it;
  it.welcome();
  it.server("ERROR :Closing Link: host (K-lined)");
  CHECK(it.events() == "error - <irc-libera> Closing Link: host (K-lined)");
  CHECK(it.steps.give_up == "Closing Link: host (K-lined)");
  it.forget();
  it.server(":superman!s@h QUIT :Killed (oper (spam))");
  CHECK(it.events() == "notice - <irc-libera> Killed (oper (spam))");
  CHECK(it.steps.give_up == "Killed (oper (spam))");
  it.forget();
  it.server(":oper!o@h KILL superman :spam");
  CHECK(it.steps.give_up == "spam");
  it.forget();
  it.server(":oper!o@h KILL bob :spam");
  CHECK_FALSE(it.steps.give_up);
  it.server("ERROR");
  CHECK(it.steps.give_up == "Connection closed.");
  it.forget();
  it.state(connection_state::disconnecting, "Quitting...");
  it.server("ERROR :Closing Link: host (Quit)");
  CHECK_FALSE(it.steps.give_up);
}
