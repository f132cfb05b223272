// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("/ison") {
  auto asleep = irc_script::channel("bob");
  asleep.frozen = "No such nick/channel";
  irc_script it(irc_script::default_settings(), {asleep});
  it.welcome();
  it.server(":srv 303 superman :");
  it.forget();
  it.send("", "/ison Bob");
  CHECK(it.lines() == "ISON Bob");
  it.server(":srv 303 superman :");
  CHECK(it.answers() == R"(1 ok {"nick":"Bob","online":false})");
  CHECK(it.conversation_state("bob") == "No such nick/channel|");
  CHECK(it.events() == "");
  it.send("bob", "/ison");
  CHECK(it.lines() == "ISON bob");
  it.server(":srv 303 superman :ann BOB ");
  CHECK(it.answers() == R"(2 ok {"nick":"bob","online":true})");
  CHECK(it.events() == "frozen bob [] []");
  it.send("", "/ison");
  CHECK(it.answers() == "3 error Cannot send without target. /conversation_id");
}

TEST_CASE("/oper") {
  irc_script it;
  it.welcome();
  for (const auto* line :
       {"461 superman OPER :no", "464 superman :no", "491 superman :no"}) {
    CAPTURE(line);
    it.send("", "/oper ann wrong");
    CHECK(it.lines() == "OPER ann wrong");
    it.server(std::string(":srv ") + line);
    CHECK(it.answers().ends_with(" error no"));
    CHECK(it.session.info().find("server_op") == std::string::npos);
  }
  it.forget();
  it.send("", "/oper ann s3cret");
  it.server(":srv 381 superman :You are now an IRC operator");
  const auto answer = it.answers();
  CHECK(answer == "4 ok " + it.session.info());
  CHECK(answer.find(R"("server_op":true)") != std::string::npos);
  CHECK(answer.find("s3cret") == std::string::npos);
  CHECK(it.events() == "info");
  it.server(":srv 381 superman :Again");
  CHECK(it.events() == "info\nnotice - <irc-libera> Again");
}

TEST_CASE("/setname") {
  irc_script it;
  SUBCASE("the server has it") {
    it.welcome("setname", "NAMELEN=100");
    it.send("", "/setname Clark  Kent");
    CHECK(it.lines() == "SETNAME :Clark  Kent");
    it.server(":bob!b@h SETNAME :Clark  Kent");
    CHECK(it.answers() == "");
    it.server(":superman!sm@h SETNAME :Clark  Kent");
    CHECK(it.answers() == R"(1 ok {"realname":"Clark  Kent"})");
    it.send("", "/setname");
    CHECK(it.answers() == "2 error Missing name. /message");
  }
  SUBCASE("the server has it not") {
    it.welcome();
    it.send("", "/setname Clark");
    CHECK(it.answers() == "1 error The server does not support it.");
    CHECK(it.lines() == "");
  }
}

TEST_CASE("/notice") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("", "/notice #a  hello there");
  CHECK(it.lines() == "NOTICE #a : hello there");
  CHECK(it.events() == "~ notice #a <superman>  hello there");
  CHECK(it.answers() == "~ 1 ok");
  it.send("", "/notice");
  it.send("", "/notice #a");
  CHECK(it.answers()
        == "2 error Cannot send without target. /message\n"
           "3 error Cannot send empty message. /message");
}

TEST_CASE("services have commands of their own, and passwords stay there") {
  irc_script it;
  it.welcome();
  for (const auto& [text, line] :
       std::initializer_list<std::pair<const char*, const char*>>{
           {"/cs help", "PRIVMSG ChanServ :help"},
           {"/ns help", "PRIVMSG NickServ :help"},
           {"/ms help", "PRIVMSG MemoServ :help"},
           {"/hs help", "PRIVMSG HostServ :help"},
           {"/bs help", "PRIVMSG BotServ :help"},
           {"/os help", "PRIVMSG OperServ :help"}}) {
    it.send("#a", text);
    CHECK(it.lines() == line);
  }
  it.forget();
  it.send("", "/ns identify s3cret");
  it.send("", "/os login s3cret");
  it.send("", "/msg MemoServ@services.example identify s3cret");
  it.send("", "/msg x@channels.example login me s3cret");
  it.send("", "/ns group me s3cret");
  CHECK(it.lines().find("s3cret") != std::string::npos);
  CHECK(it.events().find("s3cret") == std::string::npos);
  it.forget();
  it.send("", "/ns");
  CHECK(it.answers() == "12 error Cannot send empty message. /message");
  it.send("", "/msg @#a login me");
  CHECK(it.events().find("login me") != std::string::npos);
}

TEST_CASE("/shrug") {
  irc_script it;
  it.welcome();
  it.send("#a", "/shrug");
  it.send("#a", "/shrug well");
  CHECK(it.lines()
        == "PRIVMSG #a :\u00AF\\_(\u30C4)_/\u00AF\n"
           "PRIVMSG #a :well \u00AF\\_(\u30C4)_/\u00AF");
}

TEST_CASE("/raw is /quote") {
  irc_script it;
  it.send("", "/raw");
  CHECK(it.answers() == "1 ok");
  it.welcome();
  it.send("", "/raw TEST :a  b\nc");
  CHECK(it.lines() == "TEST :a  b");
}

TEST_CASE("/clear history asks the owner") {
  irc_script it(irc_script::default_settings(), {irc_script::channel("#a")});
  const std::string warning =
      " error WARNING! /clear history [name] will delete all messages in the "
      "backend! /message";
  for (const auto* text :
       {"/clear", "/clear history", "/clear #a", "/clear history #a #b"}) {
    CAPTURE(text);
    const auto to = it.send("#a", text);
    CHECK(it.answers() == std::to_string(to) + warning);
  }
  it.send("", "/clear history #b");
  CHECK(it.answers() == "5 error Unknown target. /message");
  CHECK(it.steps.cleared.empty());
  it.send("", "/clear history #A");
  CHECK(it.answers() == "");
  REQUIRE(it.steps.cleared.size() == 1);
  CHECK(it.steps.cleared[0] == std::pair<ticket, std::string>{6, "#a"});
}
