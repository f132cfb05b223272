// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

using namespace convoy::protocol;

TEST_CASE("JOIN") {
  irc_script it;
  it.welcome();
  it.server(":bob!b@h JOIN #new");
  CHECK(it.events() == "");
  it.server(":SUPERMAN!sm@host JOIN #New");
  CHECK(it.events() == "frozen #new [] []");
  CHECK(it.session.conversations().at("#new").name == "#New");
  it.server(":bob!b@h JOIN #NEW");
  CHECK(it.events() == "join #new bob");
  it.server(":ann!a@h JOIN #new ann_acc :Ann");
  CHECK(it.events()
        == R"(join #new ann {"account":"ann_acc","realname":"Ann"})");
  it.server(":eve!e@h JOIN #new * :Eve");
  CHECK(it.events() == R"(join #new eve {"realname":"Eve"})");
  it.server(":eve!e@h JOIN #new *");
  CHECK(it.events() == "join #new eve");
}

TEST_CASE("PART") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.server(":bob!b@h PART #unknown");
  CHECK(it.events() == "");
  it.server(":bob!b@h PART #a :bye now");
  CHECK(it.events() == "part #a bob: bye now");
  it.server(":bob!b@h PART #a");
  CHECK(it.events() == "part #a bob: ");
  it.server(":superman!sm@host PART #a");
  CHECK(it.events() == "frozen #a [Not active in this room.] []");
}

TEST_CASE("KICK") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.server(":op!o@h KICK #a bob :out you go");
  CHECK(it.events() == "part #a bob by op: out you go");
  it.server(":op!o@h KICK #b bob");
  CHECK(it.events() == "part #b bob by op: ");
  it.server(":op!o@h KICK #a Superman :you too");
  CHECK(it.events()
        == "part #a Superman by op: you too\n"
           "frozen #a [Not active in this room.] []");
}

TEST_CASE("QUIT and NICK") {
  irc_script it;
  it.welcome();
  it.server({":bob!b@h QUIT :gone", ":bob!b@h QUIT", ":ann!a@h NICK anna"});
  CHECK(it.events() == "quit bob: gone\nquit bob: \nnick_change ann anna");
  CHECK_FALSE(it.steps.wanted_nick);
  it.server(":SuperMan!sm@h NICK clark");
  CHECK(it.events() == "info");
  CHECK(it.steps.wanted_nick == "clark");
  CHECK(it.session.nick() == "clark");
}

TEST_CASE("names are compared as the server does") {
  irc_script it;
  it.welcome();
  it.joined("#a[x]");
  it.server(":bob!b@h JOIN #A{X}");
  CHECK(it.events() == "join #a[x] bob");
  it.server({":irc.example 005 superman CASEMAPPING=ascii :are supported",
             ":bob!b@h PART #A{X}"});
  CHECK(it.events() == "notice - <irc-libera> CASEMAPPING=ascii are supported");
}

TEST_CASE("TOPIC") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.server(":bob!b@h TOPIC #a :new topic");
  CHECK(it.events() == "frozen #a [] [new topic]");
  it.server({":bob!b@h TOPIC #a :new topic", ":bob!b@h TOPIC #unknown :x"});
  CHECK(it.events() == "");
  it.server(":bob!b@h TOPIC #a :");
  CHECK(it.events() == "frozen #a [] []");
}

TEST_CASE("the topic that was lost while we were away") {
  auto known = irc_script::channel("#a");
  known.topic = "old";
  irc_script it(irc_script::default_settings(), {known});
  it.welcome();
  SUBCASE("is gone when there is none now") {
    it.server(
        {":superman!sm@host JOIN #a", ":irc.example 366 superman #a :End"});
    CHECK(it.events() == "frozen #a [] [old]\nfrozen #a [] []");
  }
  SUBCASE("stays when it is told again") {
    it.server({":superman!sm@host JOIN #a", ":irc.example 332 superman #a :old",
               ":irc.example 333 superman #a bob 1432932059",
               ":irc.example 366 superman #a :End"});
    CHECK(it.events() == "frozen #a [] [old]");
  }
}

TEST_CASE("INVITE") {
  irc_script it;
  it.welcome();
  it.server(":bob!b@h INVITE superman #Secret");
  CHECK(it.events()
        == "frozen #secret [You have a pending invitation.] []\n"
           "invite #secret bob superman");
  it.joined("#a");
  it.server(":bob!b@h INVITE superman #a");
  CHECK(it.events() == "invite #a bob superman");
  CHECK(it.conversation_state("#a") == "|");
  it.server(":bob!b@h INVITE ann #A");
  CHECK(it.events() == "invite #a bob ann");
  it.server(":bob!b@h INVITE ann #b");
  CHECK(it.events() == "notice - <irc-libera> ann #b");
}

TEST_CASE("MODE") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.server(":op!o@h MODE #a +o bob");
  CHECK(it.events() == "mode #a op +o bob");
  it.server(":op!o@h MODE #a +ov-q ann bob eve");
  CHECK(it.events()
        == "mode #a op +o ann\nmode #a op +v bob\nmode #a op -q eve");
  it.server(":op!o@h MODE #a +mvk-l+b bob s3cret *!*@bad");
  CHECK(
      it.events()
      == "mode #a op +v bob\n"
         R"(mode #a op +mk-l+b {"mode_changed":true,"params":["******","*!*@bad"]})");
  it.server(":irc.example MODE #a +nt");
  CHECK(it.events() == R"(mode #a irc.example +nt {"mode_changed":true})");
  it.server({":irc.example MODE #a", ":irc.example MODE #a +o"});
  CHECK(it.events() == "mode #a irc.example +o");
  it.server(":superman MODE superman :+i");
  CHECK(it.events() == "notice - <irc-libera> superman changed mode +i");
}

TEST_CASE("RENAME") {
  irc_script it;
  it.welcome();
  it.joined("#Old");
  it.server(":bob!b@h TOPIC #old :the topic");
  it.forget();
  it.server(":op!o@h RENAME #old #New :better name");
  CHECK(it.events() == "rename #new op #old: better name");
  CHECK(it.conversation_state("#old") == "none");
  CHECK(it.conversation_state("#new") == "|the topic");
  CHECK(it.session.conversations().at("#new").name == "#New");
  CHECK(it.steps.removed == std::vector<std::string>{"#old"});
  CHECK(it.steps.changed == std::vector<std::string>{"#new"});
  it.forget();
  SUBCASE("and back at once") {
    it.server({":op!o@h RENAME #new #old :", ":op!o@h RENAME #old #new :"});
    CHECK(it.conversation_state("#new") == "|the topic");
    CHECK(it.steps.removed == std::vector<std::string>{"#old"});
  }
  SUBCASE("another spelling") {
    it.server(":op!o@h RENAME #new #NEW");
    CHECK(it.session.conversations().at("#new").name == "#NEW");
    CHECK(it.steps.removed.empty());
  }
  SUBCASE("to a name that was ours earlier") {
    it.joined("#there");
    it.server(":op!o@h RENAME #new #there :");
    CHECK(it.conversation_state("#there") == "|the topic");
    CHECK(it.session.conversations().size() == 1);
  }
  SUBCASE("of what we do not know") {
    it.server({":op!o@h RENAME #x #y :z", ":op!o@h RENAME #new"});
    CHECK(it.events()
          == "notice - <irc-libera> #x #y z\nnotice - <irc-libera> #new");
    CHECK(it.session.conversations().size() == 1);
  }
}

TEST_CASE("a server cannot rename without end") {
  irc_script it;
  it.welcome();
  it.joined("#0");
  const auto rename = [&](int to) {
    it.server(":op!o@h RENAME #" + std::to_string(to - 1) + " #"
              + std::to_string(to) + " :");
  };
  for (int i = 1; i <= 11; ++i)
    rename(i);
  CHECK(it.conversation_state("#10") == "|");
  CHECK(it.conversation_state("#11") == "none");
  it.pass(std::chrono::minutes{1});
  rename(11);
  CHECK(it.conversation_state("#11") == "|");
}

TEST_CASE("what is left and joined at once is not removed") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("#a", "/part");
  it.forget();
  it.server({":superman!sm@host PART #a", ":superman!sm@host JOIN #a"});
  CHECK(it.steps.removed.empty());
  CHECK(it.steps.changed == std::vector<std::string>{"#a"});
}

TEST_CASE("a server that sends no names by itself") {
  auto known = irc_script::channel("#a");
  known.topic = "old";
  irc_script it(irc_script::default_settings(), {known});
  it.connect();
  it.server({":irc.example CAP * LS :draft/no-implicit-names",
             ":irc.example CAP * ACK :draft/no-implicit-names",
             ":irc.example 001 superman :Welcome"});
  CHECK(it.lines().ends_with("\nJOIN #a"));
  it.forget();
  SUBCASE("is not asked for them when a channel is entered again") {
    it.server(":superman!sm@host JOIN #a");
    CHECK(it.lines() == "");
    SUBCASE("and the topic is told") {
      it.server({":irc.example 332 superman #a :new",
                 ":irc.example 333 superman #a bob 1", ":bob!b@h JOIN #a"});
      CHECK(it.lines() == "");
      CHECK(it.conversation_state("#a") == "|new");
    }
    SUBCASE("or asked for once") {
      it.server({":bob!b@h JOIN #a", ":ann!a@h JOIN #a"});
      CHECK(it.lines() == "TOPIC #a");
      it.server(":irc.example 331 superman #a :No topic is set");
      CHECK(it.conversation_state("#a") == "|");
    }
  }
  SUBCASE("but it is when somebody joins") {
    it.server(
        {":superman!sm@host JOIN #a", ":irc.example 332 superman #a :old"});
    it.forget();
    const auto ticket = it.send("", "/join #b");
    it.server(":superman!sm@host JOIN #b");
    CHECK(it.lines() == "JOIN #b\nNAMES #b");
    it.server({":irc.example 332 superman #b :topic",
               ":irc.example 353 superman = #b :@bob superman"});
    CHECK(it.answers() == "");
    it.server(":irc.example 366 superman #b :End");
    const auto answer = it.answers();
    CHECK(answer.starts_with(std::to_string(ticket) + " ok {"));
    CHECK(answer.find(R"({"nick":"bob","mode":"o"})") != std::string::npos);
    CHECK(answer.find(R"("topic":"topic")") != std::string::npos);
  }
}

TEST_CASE("a server cannot make conversations without end") {
  irc_script it;
  it.welcome();
  for (int i = 0; i < 1010; ++i) {
    const auto name = "#c" + std::to_string(i);
    it.server({":superman!sm@host JOIN " + name,
               ":op!o@h KICK " + name + "k bob",
               ":bob!b@h INVITE superman " + name + "i",
               ":p" + std::to_string(i) + "!b@h PRIVMSG superman hi"});
  }
  CHECK(it.session.conversations().size() == 1000);
  it.forget();
  it.server(":late!b@h PRIVMSG superman :hello");
  CHECK(it.events() == "private - <late> hello");
  it.send("", "/query bob");
  CHECK(it.session.conversations().size() == 1001);
  for (int i = 0; i < 1000; ++i)
    it.send("", "/query q" + std::to_string(i));
  CHECK(it.session.conversations().size() == 2000);
  it.forget();
  it.send("", "/query more");
  CHECK(it.answers() == "1002 error Too many conversations.");
  it.send("", "/join #more");
  CHECK(it.answers() == "1003 error Too many conversations.");
}
