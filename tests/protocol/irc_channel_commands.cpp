// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace convoy::protocol;

TEST_CASE("/kick") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("#a", "/kick bob  go away ");
  CHECK(it.lines() == "KICK #a bob :go away");
  it.server(
      {":ann!a@h KICK #a bob :mine", ":superman!sm@h KICK #a eve :not him"});
  CHECK(it.answers() == "");
  it.server(":superman!sm@h KICK #a bob :go away");
  CHECK(it.answers() == "1 ok");
  CHECK(it.events()
        == "part #a bob by ann: mine\n"
           "part #a eve by superman: not him\n"
           "part #a bob by superman: go away");
  it.send("#a", "/kick bob");
  CHECK(it.lines() == "KICK #a bob");
}

TEST_CASE("/kick that is refused") {
  for (const auto* line : {"403 superman #a :no", "476 superman #a :no",
                           "482 superman #a :no", "401 superman bob :no",
                           "441 superman bob #a :no", "442 superman #a :no",
                           "461 superman KICK :no", "484 superman bob :no"}) {
    CAPTURE(line);
    irc_script it;
    it.welcome();
    it.send("#a", "/kick bob");
    it.server(std::string(":srv ") + line);
    CHECK(it.answers() == "1 error no");
    CHECK(it.events() == "");
  }
  irc_script it;
  it.welcome();
  it.send("", "/kick bob");
  it.send("#a", "/kick");
  it.send("#a", "/kick a,b");
  CHECK(it.answers()
        == "1 error Cannot send without target. /conversation_id\n"
           "2 error Cannot send without target. /message\n"
           "3 error Cannot send message to target with spaces or comma. "
           "/message");
  it.send("#a", "/kick bob");
  it.server(":srv 401 superman ann :no");
  CHECK(it.answers() == "");
}

TEST_CASE("/invite") {
  irc_script it;
  it.welcome();
  it.send("#A", "/invite bob");
  CHECK(it.lines() == "INVITE bob #A");
  it.send("#b", "/invite bob #C");
  CHECK(it.lines() == "INVITE bob #C");
  it.server({":srv 341 superman bob #c", ":srv 341 superman ann #A"});
  CHECK(it.answers() == R"(2 ok {"conversation_id":"#c","invited":"bob"})");
  CHECK(it.events()
        == "notice - <irc-libera> Invitation sent to bob.\n"
           "notice - <irc-libera> ann #A");
  it.server(":srv 341 superman bob #A");
  CHECK(it.answers() == R"(1 ok {"conversation_id":"#a","invited":"bob"})");
  it.send("", "/invite bob");
  it.send("#a", "/invite");
  CHECK(it.answers()
        == "3 error Cannot send without target. /conversation_id\n"
           "4 error Cannot send without target. /message");
}

TEST_CASE("/invite that is refused") {
  for (const auto* line :
       {"401 superman bob :no", "403 superman #a :no", "442 superman #a :no",
        "443 superman bob #a :no", "461 superman INVITE :no",
        "461 superman #a :no", "482 superman #a :no"}) {
    CAPTURE(line);
    irc_script it;
    it.welcome();
    it.send("#a", "/invite bob");
    it.server(std::string(":srv ") + line);
    CHECK(it.answers() == "1 error no");
    CHECK(it.events() == "");
  }
}

TEST_CASE("modes of people go out by as many as the server takes") {
  irc_script it;
  it.welcome("", "MODES=2 PREFIX=(ohv)@%+");
  it.joined("#a");
  it.send("#a", "/op a b c d e");
  CHECK(it.lines()
        == "MODE #a +oo a b\n"
           "MODE #a +oo c d\n"
           "MODE #a +o e");
  it.server(
      {":superman!sm@h MODE #a +oo a b", ":superman!sm@h MODE #a +oo c d"});
  CHECK(it.answers() == "");
  it.server(":superman!sm@h MODE #a +o e");
  CHECK(it.answers()
        == R"(1 ok {"from":"superman","mode":"+oo+oo+o","mode_changed":1,)"
           R"("target":"#a","nick":"a","params":["a","b","c","d","e"]})");
  it.send("#a", "/deop a");
  it.send("#a", "/voice a");
  it.send("#a", "/devoice a");
  it.send("#a", "/halfop a");
  it.send("#a", "/dehalfop a");
  CHECK(it.lines()
        == "MODE #a -o a\n"
           "MODE #a +v a\n"
           "MODE #a -v a\n"
           "MODE #a +h a\n"
           "MODE #a -h a");
}

TEST_CASE("modes of people that go out in several lines have one refusal") {
  irc_script it;
  it.welcome("", "MODES=1 PREFIX=(ov)@+");
  it.joined("#a");
  it.send("#a", "/op a b c");
  it.forget();
  it.server(":superman!sm@h MODE #a +o a");
  it.server(":srv 482 superman #a :You are no operator");
  CHECK(it.answers() == "1 error You are no operator");
  it.forget();
  it.server(":srv 482 superman #a :You are no operator");
  CHECK(it.answers() == "");
  CHECK(it.events() == "");
  it.server(":srv 482 superman #a :You are no operator");
  CHECK(it.events() == "error - <irc-libera> #a You are no operator");
}

TEST_CASE("modes of people in several lines, each with its label") {
  irc_script it;
  it.welcome("labeled-response batch", "MODES=1 PREFIX=(ov)@+");
  it.joined("#a");
  it.forget();
  it.send("#a", "/op a b");
  const auto lines = it.lines();
  const auto end = lines.find('\n');
  REQUIRE(end != std::string::npos);
  const auto first = lines.substr(0, lines.find(' '));
  const auto second = lines.substr(end + 1, lines.find(' ', end) - end - 1);
  CHECK(first.starts_with("@label="));
  it.server(second + " :superman!sm@h MODE #a +o b");
  CHECK(it.answers() == "");
  it.server(first + " :superman!sm@h MODE #a +o a");
  CHECK(it.answers()
        == R"(1 ok {"from":"superman","mode":"+o+o","mode_changed":1,)"
           R"("target":"#a","nick":"b","params":["b","a"]})");
}

TEST_CASE("modes of people fit into lines") {
  irc_script it;
  it.welcome("", "MODES PREFIX=(ov)@+");
  std::string text = "/voice";
  for (int i = 0; i < 60; ++i)
    text += " somebody_" + std::to_string(i);
  it.send("#a", text);
  CHECK(it.answers() == "");
  REQUIRE(it.steps.lines.size() == 2);
  for (const auto& line : it.steps.lines) {
    CHECK(line.size() <= 510);
    const auto letters = line.substr(9, line.find(' ', 9) - 9);
    CHECK(std::count(line.begin(), line.end(), ' ')
          == static_cast<std::ptrdiff_t>(letters.size() + 2));
  }
  CHECK(it.steps.lines.back().ends_with(" somebody_59"));
}

TEST_CASE("modes that the server does not have") {
  irc_script it;
  it.welcome("", "PREFIX=(qov)~@+ CHANMODES=b,k,l,im");
  it.send("#a", "/halfop bob");
  it.send("#a", "/quiet bob");
  it.send("#a", "/op");
  it.send("#a", "/ban");
  it.send("", "/op bob");
  CHECK(it.answers()
        == "1 error The server does not support it.\n"
           "2 error The server does not support it.\n"
           "3 error Missing nick. /message\n"
           "4 error Missing mask. /message\n"
           "5 error Cannot send without target. /conversation_id");
  std::string many = "/op";
  for (int i = 0; i < 101; ++i)
    many += " x";
  it.send("#a", many);
  CHECK(it.answers() == "6 error Too many nicks. /message");
  CHECK(it.lines() == "");
}

TEST_CASE("a nick is banned by its host where that is known") {
  irc_script it;
  it.welcome("", "CHANMODES=eIbq,k,l,im PREFIX=(ov)@+");
  it.joined("#a");
  it.server({":bob!b@h.example JOIN #a",
             ":srv 353 superman = #a :@Eve!e@e.example",
             ":srv 366 superman #a :End"});
  it.send("#a", "/names");
  it.server({":srv 353 superman = #a :@Eve!e@e.example",
             ":srv 366 superman #a :End"});
  it.forget();
  it.send("#a", "/ban BOB");
  it.send("#a", "/unban bob");
  it.send("#a", "/quiet eve ann");
  it.send("#a", "/unquiet *!*@x");
  it.send("#a", "/ban bob* $a:acc ann!*@*");
  CHECK(it.lines()
        == "MODE #a +b *!*@h.example\n"
           "MODE #a -b *!*@h.example\n"
           "MODE #a +qq *!*@e.example ann!*@*\n"
           "MODE #a -q *!*@x\n"
           "MODE #a +bbb bob* $a:acc ann!*@*");
  it.server(":superman!sm@h MODE #a +b *!*@h.example");
  CHECK(
      it.answers()
      == R"(2 ok {"from":"superman","mode":"+b","mode_changed":1,"target":"#a"})");
}

TEST_CASE("a server without a list of quiets may have bans that silence") {
  struct row {
    const char* tokens;
    const char* line;
  };
  for (const auto& each : std::initializer_list<row>{
           {"EXTBAN=,ACm", "MODE #a +b m:bob!*@*"},
           {"EXTBAN=~,qjm", "MODE #a +b ~q:bob!*@*"},
           {"EXTBAN=$,ajrxz", ""},
           {"EXTBAN=m", ""},
           {"EXTBAN=~,q CHANMODES=bq,k,l,im", "MODE #a +q bob!*@*"}}) {
    CAPTURE(each.tokens);
    irc_script it;
    it.welcome("", std::string("PREFIX=(ov)@+ ") + each.tokens);
    it.send("#a", "/quiet bob");
    CHECK(it.lines() == each.line);
    CHECK(it.answers().empty() == (*each.line != '\0'));
  }
}
