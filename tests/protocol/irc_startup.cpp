// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

irc_script with_commands(std::vector<std::string> commands,
                         std::vector<conversation> conversations = {}) {
  auto settings = irc_script::default_settings();
  settings.on_connect_commands = std::move(commands);
  irc_script result(std::move(settings), std::move(conversations));
  result.connect();
  result.forget();
  result.server(":irc.example 001 superman :Welcome");
  result.steps.events.clear();
  return result;
}

} // namespace

TEST_CASE("on-connect commands run one after the other") {
  auto it =
      with_commands({"/nick clark", "", "  ", "/msg bob hi", "/away out"});
  CHECK(it.lines() == "NICK clark");
  it.server(":superman!sm@host NICK clark");
  CHECK(it.lines() == "PRIVMSG bob :hi\nAWAY :out");
  CHECK(it.events() == "info\n~ private bob <clark> hi");
  CHECK(it.answers() == "");
}

TEST_CASE("on-connect commands may fail") {
  auto it = with_commands({"/foo", "/nick clark", "/away out"});
  CHECK(it.events() == "");
  CHECK(it.lines() == "NICK clark");
  it.server(":irc.example 433 superman clark :Nickname is already in use");
  CHECK(it.events()
        == "error - <irc.example> On-connect command #2 failed: Nickname is "
           "already in use: clark");
  CHECK(it.lines() == "AWAY :out");
  it.pass(60s);
  CHECK(it.events()
        == "error - <irc.example> On-connect command #3 failed: Promise "
           "timeout");
}

TEST_CASE("on-connect commands may sleep") {
  auto it = with_commands(
      {"/SLEEP 1.5", "/msg bob 1", "/sleep", "/sleep x", "/msg bob 2"});
  CHECK(it.lines() == "");
  CHECK(it.session.deadline() == it.now.steady + 1500ms);
  it.pass(1499ms);
  CHECK(it.lines() == "");
  it.pass(1ms);
  // Bob, who is being talked with, need not be looked for.
  CHECK(it.lines() == "PRIVMSG bob :1\nPRIVMSG bob :2");
  CHECK(it.events()
        == "error - <irc.example> On-connect command #3 failed: Unknown "
           "command.\n"
           "error - <irc.example> On-connect command #4 failed: Unknown "
           "command.\n"
           "~ private bob <superman> 1\n"
           "~ private bob <superman> 2");
}

TEST_CASE("sleeping ends with the connection") {
  auto it = with_commands({"/sleep 5", "/msg bob 1"});
  it.state(connection_state::disconnected, "Gone.");
  it.pass(10s);
  CHECK(it.lines() == "");
}

TEST_CASE("channels are rejoined many at once, then people are looked for") {
  auto it = with_commands(
      {"/away out"}, {irc_script::channel("bob"), irc_script::channel("eve"),
                      irc_script::channel("#b", "s3cret"),
                      irc_script::channel("#a"), irc_script::channel("#c")});
  CHECK(it.lines() == "AWAY :out");
  it.server(":irc.example 306 superman :You are away");
  // Those with a key come first.
  CHECK(it.lines() == "JOIN #b,#a,#c s3cret");
  CHECK(it.events() == "");
  it.server({":superman!sm@host JOIN #a",
             ":irc.example 353 superman = #a :superman",
             ":irc.example 366 superman #a :End"});
  CHECK(it.events() == "frozen #a [] []");
  it.server(":irc.example 475 superman #b :Cannot join channel (+k)");
  CHECK(it.events()
        == "frozen #b [Invalid password.] []\n"
           "error - <irc-libera> #b Cannot join channel (+k)");
  CHECK(it.lines() == "");
  it.pass(60s);
  CHECK(it.lines() == "ISON bob eve");
  CHECK(it.conversation_state("#c") == "Not connected.|");
  it.server(":irc.example 303 superman :Eve");
  CHECK(it.events()
        == "frozen bob [No such nick/channel] []\nfrozen eve [] []");
  CHECK(it.lines() == "");
  CHECK(it.answers() == "");
}

TEST_CASE("the next JOIN waits for the answers to the one before") {
  std::vector<conversation> all;
  for (const auto* name : {"#1", "#2", "#3", "#4", "#5", "#6"})
    all.push_back(irc_script::channel(name));
  auto it = with_commands({}, all);
  // Four, for the server has not said how many it may be.
  CHECK(it.lines() == "JOIN #1,#2,#3,#4");
  it.server(":irc.example 005 superman TARGMAX=JOIN:1 :are supported");
  for (const auto* name : {"#1", "#2", "#3"})
    it.server(":irc.example 403 superman " + std::string(name)
              + " :No such channel");
  CHECK(it.lines() == "");
  it.server(":irc.example 403 superman #4 :No such channel");
  CHECK(it.lines() == "JOIN #5");
  it.server(":irc.example 403 superman #5 :No such channel");
  CHECK(it.lines() == "JOIN #6");
}

TEST_CASE("a rejoin that finds no room for its line is made later") {
  auto settings = irc_script::default_settings();
  settings.on_connect_commands = {"/sleep 5"};
  settings.flood_burst = 1;
  settings.flood_interval = 10s;
  settings.max_queued_lines = 2;
  irc_script it(settings, {irc_script::channel("#a")});
  it.welcome();
  for (int i = 0; i < 3; ++i)
    it.send("", "/msg bob hello");
  it.forget();
  it.pass(5s);
  CHECK(it.lines() == "");
  it.pass(5s);
  CHECK(it.lines() == "PRIVMSG bob :hello");
  it.pass(20s);
  it.pass(10s);
  CHECK(it.lines().find("JOIN #a") != std::string::npos);
}

TEST_CASE("no JOIN is longer than a line") {
  std::vector<conversation> all;
  for (char c = 'a'; c < 'g'; ++c)
    all.push_back(
        irc_script::channel("#" + std::string(150, c), std::string(20, c)));
  auto it = with_commands({}, all);
  it.server(":irc.example 005 superman TARGMAX=JOIN: :are supported");
  const auto first = it.lines();
  CHECK(first.size() <= 510);
  CHECK(std::count(first.begin(), first.end(), ',') == 2);
}

TEST_CASE("without ISON people are asked for one after the other") {
  auto it = with_commands(
      {}, {irc_script::channel("ann"), irc_script::channel("bob")});
  CHECK(it.lines() == "ISON ann bob");
  it.server(":irc.example 421 superman ISON :Unknown command");
  CHECK(it.lines() == "WHOIS bob");
  it.server(":irc.example 318 superman bob :End");
  CHECK(it.lines() == "WHOIS ann");
  it.server(":irc.example 401 superman ann :No such nick/channel");
  CHECK(it.lines() == "");
  CHECK(it.conversation_state("ann") == "No such nick/channel|");
}

TEST_CASE("many people are asked for with few lines") {
  std::vector<conversation> all;
  for (int n = 100; n < 200; ++n)
    all.push_back(irc_script::channel("person" + std::to_string(n)));
  auto it = with_commands({}, all);
  std::size_t lines = 0;
  for (auto line = it.lines(); !line.empty(); line = it.lines()) {
    ++lines;
    CHECK(line.starts_with("ISON person"));
    CHECK(line.size() <= 410);
    it.server(":irc.example 303 superman :person150");
  }
  CHECK(lines == 3);
  CHECK(it.conversation_state("person150") == "|");
  CHECK(it.conversation_state("person151") == "No such nick/channel|");
}

TEST_CASE("a conversation that is closed meanwhile is not rejoined") {
  auto it = with_commands(
      {"/away out"}, {irc_script::channel("#a"), irc_script::channel("#b")});
  it.forget();
  it.send("#b", "/part");
  it.server(":irc.example 306 superman :You are away");
  CHECK(it.lines() == "JOIN #a");
  it.server(":irc.example 403 superman #a :No such channel");
  CHECK(it.lines() == "");
  CHECK(it.conversation_state("#a") == "Not active in this room.|");
}

TEST_CASE("a person may ask for what is being rejoined") {
  auto it = with_commands({}, {irc_script::channel("#a")});
  CHECK(it.lines() == "JOIN #a");
  it.send("", "/join #A");
  CHECK(it.lines() == "");
  it.server({":superman!sm@host JOIN #a", ":irc.example 366 superman #a :End"});
  CHECK(it.answers()
        == R"(1 ok {"conversation_id":"#a","topic":"","topic_by":"",)"
           R"("users":{},"participants":[]})");
}
