// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

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
  CHECK(it.lines() == "PRIVMSG bob :1\nPRIVMSG bob :2\nWHOIS bob");
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

TEST_CASE("conversations are rejoined in the order of their ids") {
  auto it = with_commands({"/away out"}, {irc_script::channel("bob"),
                                          irc_script::channel("#b", "s3cret"),
                                          irc_script::channel("#a"),
                                          irc_script::channel("#c")});
  CHECK(it.lines() == "AWAY :out");
  it.server(":irc.example 306 superman :You are away");
  CHECK(it.lines() == "JOIN #a");
  CHECK(it.events() == "");
  it.server({":superman!sm@host JOIN #a",
             ":irc.example 353 superman = #a :superman",
             ":irc.example 366 superman #a :End"});
  CHECK(it.events() == "frozen #a [] []");
  CHECK(it.lines() == "JOIN #b s3cret");
  it.server(":irc.example 475 superman #b :Cannot join channel (+k)");
  CHECK(it.events()
        == "frozen #b [Invalid password.] []\n"
           "error - <irc-libera> #b Cannot join channel (+k)");
  CHECK(it.lines() == "JOIN #c");
  it.pass(60s);
  CHECK(it.lines() == "WHOIS bob");
  CHECK(it.conversation_state("#c") == "Not connected.|");
  it.server({":irc.example 401 superman bob :No such nick/channel",
             ":irc.example 318 superman bob :End"});
  CHECK(it.events() == "frozen bob [No such nick/channel] []");
  CHECK(it.lines() == "");
  CHECK(it.answers() == "");
}

TEST_CASE("a conversation that is closed meanwhile is not rejoined") {
  auto it =
      with_commands({}, {irc_script::channel("#a"), irc_script::channel("#b")});
  CHECK(it.lines() == "JOIN #a");
  it.send("#b", "/part");
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
