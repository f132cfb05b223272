// SPDX-License-Identifier: Apache-2.0
#include "protocol/channel_list.hpp"
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("/list asks the server once, and the cache each time") {
  irc_script it;
  it.send("", "/list");
  CHECK(it.answers() == "1 error Not connected.");
  it.welcome();
  it.send("", "/list");
  CHECK(it.lines() == "LIST");
  CHECK(it.steps.list_begins);
  REQUIRE(it.steps.list_queries.size() == 1);
  CHECK(it.steps.list_queries[0].to == 2);
  CHECK(it.steps.list_queries[0].filter == "");
  CHECK(it.steps.list_queries[0].refresh);
  CHECK(it.answers() == "");
  it.forget();
  it.send("", "/list /perl/n");
  it.send("", "/list refresh");
  CHECK(it.lines() == "");
  CHECK_FALSE(it.steps.list_begins);
  REQUIRE(it.steps.list_queries.size() == 2);
  CHECK(it.steps.list_queries[0].filter == "/perl/n");
  CHECK_FALSE(it.steps.list_queries[1].refresh);
  it.server(":srv 323 superman :End of /LIST");
  CHECK(it.steps.list_ends);
  it.forget();
  it.send("", "/list");
  CHECK(it.lines() == "");
  it.send("", "/list REFRESH /x/");
  CHECK(it.lines() == "LIST");
  CHECK(it.steps.list_begins);
  CHECK(it.steps.list_queries.back().filter == "/x/");
}

TEST_CASE("what LIST tells goes to the cache") {
  irc_script it;
  it.welcome();
  it.joined("#secret");
  it.send("", "/list");
  it.forget();
  it.server({":srv 321 superman Channel :Users Name",
             ":srv 322 superman #a 42 :[+nt] all  about a",
             ":srv 322 superman #secret 2 :", ":srv 322 superman * 1 :",
             ":srv 322 superman #odd many :x"});
  CHECK(it.events() == "notice - <irc-libera> Channel Users Name");
  REQUIRE(it.steps.listed.size() == 3);
  CHECK(it.steps.listed[0].name == "#a");
  CHECK(it.steps.listed[0].users == 42);
  CHECK(it.steps.listed[0].topic == "[+nt] all  about a");
  CHECK_FALSE(it.steps.listed[0].member);
  CHECK(it.steps.listed[1].member);
  CHECK(it.steps.listed[2].users == 0);
  it.server(":srv 323 superman :End of /LIST");
  CHECK(it.steps.list_ends);
}

TEST_CASE("a list that nobody asked for goes nowhere") {
  irc_script it;
  it.welcome();
  it.server({":srv 322 superman #a 42 :x", ":srv 323 superman :End of /LIST"});
  CHECK(it.steps.listed.empty());
  CHECK_FALSE(it.steps.list_ends);
}

TEST_CASE("of a list without an end so much is taken") {
  irc_script it;
  it.welcome();
  it.send("", "/list");
  const auto more = channel_list::max_channels + 10;
  for (std::size_t i = 0; i < more; ++i)
    it.server(":srv 322 superman #a 42 :x");
  CHECK(it.steps.listed.size() == channel_list::max_channels);
}

TEST_CASE("a list that the server does not finish") {
  irc_script it;
  it.welcome();
  it.send("", "/list");
  it.forget();
  SUBCASE("it is lost") {
    it.state(connection_state::disconnected, "Connection closed.");
  }
  SUBCASE("it is refused") {
    it.server(":srv 263 superman LIST :This command could not be completed");
    CHECK(it.events().ends_with("LIST This command could not be completed"));
  }
  CHECK(it.steps.list_ends);
}
