// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_batches.hpp"
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("lines of a netsplit are taken one by one") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.server({":irc.example BATCH +x netsplit a.example b.example",
             "@batch=x :ann!a@h QUIT :a.example b.example",
             "@batch=x :bob!b@h QUIT :a.example b.example",
             ":irc.example BATCH -x"});
  CHECK(it.events()
        == "quit ann: a.example b.example\nquit bob: a.example b.example");
}

TEST_CASE("the lines of a multi-line message are one message") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.server({"@msgid=m1 :bob!b@h BATCH +x draft/multiline #a",
             "@batch=x :bob!b@h PRIVMSG #a :one",
             "@batch=x;draft/multiline-concat :bob!b@h PRIVMSG #a : and a half",
             "@batch=x :bob!b@h PRIVMSG #a :two"});
  CHECK(it.events() == "");
  it.server(":eve!e@h PRIVMSG #a :meanwhile");
  CHECK(it.events() == "private #a <eve> meanwhile");
  it.server(":bob!b@h BATCH -x");
  CHECK(it.events()
        == "private #a <bob> one and a half\ntwo {\"msgid\":\"m1\"}");
}

TEST_CASE("a multi-line message that is too long comes in pieces") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.server(":bob!b@h BATCH +x draft/multiline #a");
  for (std::size_t i = 0; i < irc_batches::max_kept; ++i)
    it.server("@batch=x :bob!b@h PRIVMSG #a :x");
  CHECK(it.steps.events.empty());
  it.server("@batch=x :bob!b@h PRIVMSG #a :y");
  REQUIRE(it.steps.events.size() == 2);
  CHECK(it.steps.events[0].text.size() == 2 * irc_batches::max_kept - 1);
  CHECK(it.steps.events[1].text == "y");
  it.forget();
  it.server("@batch=x :bob!b@h PRIVMSG #a :z");
  CHECK(it.events() == "private #a <bob> z");
  it.server(":bob!b@h BATCH -x");
  CHECK(it.events() == "");
}

TEST_CASE("batches end with their connection") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.server({":bob!b@h BATCH +x draft/multiline #a",
             "@batch=x :bob!b@h PRIVMSG #a :lost"});
  it.state(connection_state::disconnected, "Connection closed.");
  it.welcome();
  it.server("@batch=x :bob!b@h PRIVMSG #a :kept");
  CHECK(it.events() == "private #a <bob> kept");
  it.server("BATCH -x");
  CHECK(it.events() == "");
}
