// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace convoy::protocol;

TEST_CASE("what changes about people") {
  irc_script it;
  it.welcome();
  it.server({":bob!b@h AWAY :lunch", ":bob!b@h AWAY", ":bob!b@h AWAY :"});
  CHECK(it.events() == "away bob: lunch\naway bob\naway bob");
  it.server({":bob!b@h ACCOUNT bobby", ":bob!b@h ACCOUNT *"});
  CHECK(it.events() == "account bob bobby: \naccount bob: ");
  it.server({":bob!b@h CHGHOST ~bob new.host", ":bob!b@h CHGHOST ~bob"});
  CHECK(it.events() == "host bob ~bob@new.host: ");
  it.server(":bob!b@h SETNAME :Bob B.");
  CHECK(it.events() == "realname bob: Bob B.");
}

TEST_CASE("our own host decides how much fits into a line") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.server(":superman!sm@host.example CHGHOST sm " + std::string(300, 'h'));
  it.send("#a", std::string(300, 'x'));
  const auto lines = it.lines();
  CHECK(lines.find("\nPRIVMSG #a :") != std::string::npos);
}

TEST_CASE("who is monitored is told") {
  auto settings = irc_script::default_settings();
  settings.memory = R"({"monitored":["ann","no such!mask"]})";
  auto bob = irc_script::channel("bob");
  bob.frozen = "No such nick/channel";
  irc_script it(settings,
                {bob, irc_script::channel("#a"),
                 irc_script::channel("nickserv"), irc_script::channel("eve")});
  it.welcome();
  SUBCASE("when the server knows how") {
    it.server(":irc.example 005 superman NETWORK=x :are supported");
    CHECK(it.lines() == "");
    it.server(":irc.example 005 superman MONITOR=100 :are supported");
    CHECK(it.lines() == "MONITOR + ann,bob,eve");
    it.server(":irc.example 005 superman MONITOR=100 :are supported");
    CHECK(it.lines() == "");
  }
  SUBCASE("as many as it takes, with a place left for our nick") {
    it.server(":irc.example 005 superman MONITOR=3 :are supported");
    CHECK(it.lines() == "MONITOR + ann,bob");
  }
  SUBCASE("and presence is told; who is there can be talked with") {
    it.forget();
    it.server(":irc.example 730 superman :bob!b@h,ann!a@h");
    CHECK(it.events() == "presence  bob: \nfrozen bob [] []\npresence  ann: ");
    it.server(":irc.example 731 superman :bob,,eve");
    CHECK(it.events() == "presence  bob\npresence  eve");
    CHECK(it.conversation_state("bob") == "|");
  }
}

TEST_CASE("a long list is monitored in several lines") {
  auto settings = irc_script::default_settings();
  settings.memory = R"({"monitored":[)";
  for (int i = 100; i < 200; ++i)
    settings.memory += (i > 100 ? ",\"" : "\"") + std::string(20, 'n')
                       + std::to_string(i) + '"';
  settings.memory += "]}";
  irc_script it(settings);
  it.welcome();
  it.server(":irc.example 005 superman MONITOR :are supported");
  std::size_t count = 0;
  for (const auto& each : it.steps.lines) {
    CHECK(each.size() <= 510);
    CHECK(each.starts_with("MONITOR + nnn"));
    ++count;
  }
  CHECK(count == 5);
}

TEST_CASE("we stay away over a reconnect") {
  irc_script it;
  it.welcome();
  it.send("", "/away gone fishing");
  it.server(":irc.example 306 superman :You are away");
  REQUIRE(it.steps.memory);
  CHECK(it.steps.memory->find(R"("away":"gone fishing")") != std::string::npos);
  auto settings = irc_script::default_settings();
  settings.memory = *it.steps.memory;
  SUBCASE("said before the registration ends where that can be") {
    irc_script again(settings);
    again.connect();
    again.server(":irc.example CAP * LS :draft/pre-away");
    again.forget();
    again.server(":irc.example CAP * ACK :draft/pre-away");
    CHECK(again.lines() == "AWAY :gone fishing\nCAP END");
    again.server(":irc.example 001 superman :Welcome");
    CHECK(again.lines() == "");
  }
  SUBCASE("or after it") {
    irc_script again(settings);
    again.connect();
    again.forget();
    again.server(":irc.example 001 superman :Welcome");
    CHECK(again.lines() == "AWAY :gone fishing");
  }
  SUBCASE("until we are back") {
    it.forget();
    it.send("", "/away");
    it.server(":irc.example 305 superman :You are back");
    REQUIRE(it.steps.memory);
    CHECK(it.steps.memory->find("away") == std::string::npos);
  }
}
