// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("/mode finds its target") {
  irc_script it;
  it.welcome();
  struct row {
    const char* conversation;
    const char* text;
    const char* line;
  };
  for (const auto& each :
       std::initializer_list<row>{{"#a", "/mode", "MODE #a"},
                                  {"#a", "/mode +o bob", "MODE #a +o bob"},
                                  {"#a", "/mode #b  +m", "MODE #b +m"},
                                  {"", "/mode superman +i", "MODE superman +i"},
                                  {"", "/mode superman", "MODE superman"},
                                  {"", "/mode #b b", "MODE #b b"},
                                  {"bob", "/mode", "MODE bob"}}) {
    CAPTURE(each.text);
    it.send(each.conversation, each.text);
    CHECK(it.lines() == each.line);
  }
  it.send("", "/mode");
  CHECK(it.answers() == "8 error Cannot send without target. /conversation_id");
  it.send("", "/mode #a,#b +m");
  CHECK(it.answers()
        == "9 error Cannot send message to target with spaces or comma. "
           "/message");
}

TEST_CASE("a labelled mode that changes nothing is answered at once") {
  irc_script it;
  it.welcome_with("labeled-response batch");
  it.joined("#a");
  it.send("#a", "/mode +o bob");
  it.forget();
  it.server("@label=1 :irc.example ACK");
  CHECK(
      it.answers()
      == R"(1 ok {"from":"superman","mode":"","mode_changed":0,"target":"#a"})");
  it.send("#a", "/mode +o bob");
  it.forget();
  it.pass(std::chrono::seconds{10});
  CHECK(it.lines() == "");
}

TEST_CASE("a mode that was changed is answered, and told to all") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("#a", "/mode +o bob");
  it.server(":ann!a@h MODE #a +o bob");
  CHECK(it.answers() == "");
  it.server(":superman!sm@h MODE #a +o bob");
  CHECK(
      it.answers()
      == R"(1 ok {"from":"superman","mode":"+o","mode_changed":1,"target":"#a","nick":"bob"})");
  CHECK(it.events()
        == "mode #a ann +o bob\n"
           "mode #a superman +o bob");
  it.send("#a", "/mode +k s3cret");
  it.server(":superman!sm@h MODE #a +k s3cret");
  CHECK(
      it.answers()
      == R"(2 ok {"from":"superman","mode":"+k","mode_changed":1,"target":"#a"})");
  it.send("", "/mode superman +i");
  it.forget();
  it.server(":superman MODE superman :+i");
  CHECK(
      it.answers()
      == R"(3 ok {"from":"superman","mode":"+i","mode_changed":1,"target":"superman"})");
  CHECK(it.events() == "");
}

TEST_CASE("a MODE line settles the request that it fulfils") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("#a", "/mode b");
  it.send("#a", "/mode");
  it.send("#a", "/mode +o ann");
  it.send("#a", "/mode +o bob");
  it.send("#a", "/mode +m");
  it.server(":superman!sm@h MODE #a +m");
  CHECK(it.answers().starts_with("5 ok"));
  it.server(":superman!sm@h MODE #a +o BOB");
  CHECK(it.answers().starts_with("4 ok"));
  it.server(":superman!sm@h MODE #a +vo eve ann");
  CHECK(it.answers().starts_with("3 ok"));
}

TEST_CASE("modes that are asked for") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("#a", "/mode");
  it.server(":srv 324 superman #a +ntk s3cret");
  CHECK(it.answers() == R"(1 ok {"target":"#a","mode":"+ntk"})");
  CHECK(it.events() == "notice - <irc-libera> #a has mode +ntk.");
  it.send("", "/mode superman");
  it.server(":srv 221 superman +ix");
  CHECK(it.answers() == R"(2 ok {"target":"superman","mode":"+ix"})");
  CHECK(it.events() == "notice - <irc-libera> You (superman) have mode +ix.");
}

TEST_CASE("lists of masks") {
  struct row {
    const char* letter;
    const char* entry;
    const char* end;
    const char* key;
  };
  for (const auto& each :
       std::initializer_list<row>{{"b", "367", "368", "banlist"},
                                  {"e", "348", "349", "exceptlist"},
                                  {"I", "346", "347", "invitelist"},
                                  {"+b", "367", "368", "banlist"}}) {
    CAPTURE(each.letter);
    irc_script it;
    it.welcome();
    it.joined("#a");
    it.send("#a", std::string("/mode ") + each.letter);
    const auto entry = std::string(":srv ") + each.entry + " superman ";
    it.server({entry + "#b *!*@other bob 1", entry + "#a *!*@x bob 1577498687",
               entry + "#a *!*@y",
               std::string(":srv ") + each.end + " superman #a :End"});
    CHECK(
        it.answers()
        == std::string(R"(1 ok {")") + each.key
               + R"(":[{"by":"bob","mask":"*!*@x","ts":"1577498687"},{"by":"","mask":"*!*@y","ts":0}]})");
    it.send("#a", std::string("/mode ") + each.letter);
    it.forget();
    it.server(std::string(":srv ") + each.end + " superman #a :End");
    CHECK(it.answers() == std::string(R"(2 ok {")") + each.key + R"(":[]})");
    CHECK(it.events() == "");
  }
}

TEST_CASE("a list of quiets, where the server has one") {
  irc_script it;
  it.welcome("", "CHANMODES=eIbq,k,l,im PREFIX=(ov)@+");
  it.joined("#a");
  it.send("#a", "/mode q");
  it.server({":srv 728 superman #a q *!*@x bob 5",
             ":srv 729 superman #a q :End of Channel Quiet List"});
  CHECK(it.answers()
        == R"(1 ok {"quietlist":[{"by":"bob","mask":"*!*@x","ts":"5"}]})");
}

TEST_CASE("lists that nobody asked for are shown") {
  irc_script it;
  it.welcome();
  it.send("#a", "/mode b");
  it.server(":srv 348 superman #a *!*@x bob 1");
  CHECK(it.events() == "notice - <irc-libera> #a *!*@x bob 1");
  CHECK(it.answers() == "");
}

TEST_CASE("a list without an end") {
  irc_script it;
  it.welcome();
  it.send("#a", "/mode b");
  const auto line = ":srv 367 superman #a " + std::string(400, 'x') + " bob 1";
  for (int i = 0; i < 2000; ++i)
    it.server(line);
  it.server(":srv 368 superman #a :End");
  const auto answer = it.answers();
  CHECK(answer.size() < 600'000);
  CHECK(answer.ends_with(R"(,"truncated":true})"));
}

TEST_CASE("modes that are refused") {
  for (const auto* line :
       {"403 superman #a :no", "441 superman bob #a :no",
        "401 superman bob :no", "442 superman #a :no", "467 superman #a :no",
        "472 superman o :no", "477 superman #a :no", "478 superman #a b :no",
        "482 superman #a :no", "501 superman :no", "502 superman :no",
        "461 superman MODE :no", "461 superman #a :no", "525 superman #a :no",
        "696 superman #a o bob :no", "697 superman #a bob o :no",
        "697 #a bob o :no", "698 superman #a bob o :no"}) {
    CAPTURE(line);
    irc_script it;
    it.welcome();
    it.send("#a", "/mode +o bob");
    it.server(std::string(":srv ") + line);
    CHECK(it.answers() == "1 error no");
    CHECK(it.events() == "");
  }
}

TEST_CASE("refusals of something else") {
  irc_script it;
  it.welcome();
  it.send("#a", "/mode +o bob");
  it.server({":srv 441 superman ann #a :no", ":srv 401 superman ann :no",
             ":srv 472 superman x :no", ":srv 482 superman #b :no"});
  CHECK(it.answers() == "");
  CHECK(it.events()
        == "error - <irc-libera> ann #a no\n"
           "error - <irc-libera> ann no\n"
           "error - <irc-libera> x no\n"
           "error - <irc-libera> #b no");
}
