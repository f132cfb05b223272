// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("a FAIL rejects the oldest command of its name") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("", "/whois bob");
  it.send("#a", "/topic new");
  it.send("#a", "/topic newer");
  it.forget();
  it.server(":irc.example FAIL TOPIC NOT_NOW #a :Not now, please");
  CHECK(it.answers() == "2 error Not now, please");
  it.server(":irc.example FAIL topic NOT_NOW :Nor this");
  CHECK(it.answers() == "3 error Nor this");
  CHECK(it.events() == "");
}

TEST_CASE("a FAIL that nothing waits for is shown where it belongs") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.server({":irc.example FAIL JOIN X #b #a more :In a channel",
             ":irc.example FAIL * X #b :Nowhere", "FAIL JOIN X #a", "FAIL"});
  CHECK(it.events()
        == "error #a <irc.example> In a channel\n"
           "error - <irc.example> Nowhere\n"
           "error - <irc.example> #a\nerror - <irc.example> ");
}

TEST_CASE("WARN and NOTE are notices") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("#a", "/topic new");
  it.forget();
  it.server({":irc.example WARN TOPIC X #a :Careful",
             ":irc.example NOTE * X :By the way"});
  CHECK(it.answers() == "");
  CHECK(it.events()
        == "notice #a <irc.example> Careful\n"
           "notice - <irc.example> By the way");
}

TEST_CASE("a FAIL goes by its label") {
  irc_script it;
  it.welcome_with("batch labeled-response standard-replies");
  it.joined("#a");
  it.send("#a", "/topic new");
  it.send("#a", "/topic newer");
  it.forget();
  it.server("@label=2 FAIL TOPIC NOT_NOW #a :Not now");
  CHECK(it.answers() == "2 error Not now");
  it.server("@label=1 FAIL * INTERNAL_ERROR :Sorry");
  CHECK(it.answers() == "1 error Sorry");
}
