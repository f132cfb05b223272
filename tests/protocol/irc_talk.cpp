// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

TEST_CASE("who said what where") {
  struct {
    const char* line;
    const char* events;
  } const rows[]{
      {":bob!b@h PRIVMSG #A :hi superman", "private #a <bob> hi superman"},
      {":bob!b@h NOTICE #a :hi", "notice #a <bob> hi"},
      {":Bob!b@h PRIVMSG SUPERMAN :hi", "private bob <Bob> hi"},
      {":bob!b@h PRIVMSG superman hi there you",
       "private bob <bob> hi there you"},
      {":superman!s@h PRIVMSG bob :echo", "private bob <superman> echo"},
      {":superman!s@h PRIVMSG superman :note",
       "private superman <superman> note"},
      {":bob!b@h PRIVMSG #other :hi", "private #other <bob> hi"},
      {":bob!b@h PRIVMSG @#a :ops only", "private #a <bob> ops only"},
      {":bob!b@h PRIVMSG @+#a :voiced", "private #a <bob> voiced"},
      {":oper!o@h NOTICE $$* :maintenance", "notice - <oper> maintenance"},
      {":oper!o@h NOTICE $*.example :hm", "notice - <oper> hm"},
      {":irc.example NOTICE superman :*** spoof",
       "notice - <irc-libera> *** spoof"},
      {":irc.example NOTICE * :*** Looking up",
       "notice - <irc-libera> *** Looking up"},
      {"NOTICE AUTH :*** Hi", "notice - <irc-libera> *** Hi"},
      {":!b@h PRIVMSG superman :nobody", "private - <> nobody"},
      {":NickServ!n@services NOTICE superman :register",
       "notice - <NickServ> register"},
      {":nickserv NOTICE superman :register", "notice - <nickserv> register"},
      {":ChanServ!c@services NOTICE superman :known",
       "notice chanserv <ChanServ> known"},
      {":ChanServ!c@services PRIVMSG #a :channel",
       "private #a <ChanServ> channel"},
      {":superman!s@h PRIVMSG NickServ :help", "private - <superman> help"},
      {":bob!b@h PRIVMSG #a :\x01"
       "ACTION waves\x01",
       "action #a <bob> waves"},
      {":bob!b@h PRIVMSG #a :\x01"
       "action waves",
       "action #a <bob> waves"},
      {":bob!b@h PRIVMSG #a :\x01"
       "ACTION\x01",
       "action #a <bob> "},
      {":bob!b@h NOTICE superman :\x01VERSION irssi 1.2\x01",
       "notice bob <bob> irssi 1.2"},
      {":bob!b@h NOTICE superman :\x01VERSION\x01", "notice bob <bob> VERSION"},
      {":bob!b@h PRIVMSG superman :\x01"
       "FINGER\x01",
       ""},
      {":bob!b@h PRIVMSG superman :\x01"
       "DCC SEND x 1 2 3\x01",
       ""},
      {"@msgid=1;account=bo;+draft/reply=0 :bob!b@h PRIVMSG #a :hi",
       R"(private #a <bob> hi {"msgid":"1","account":"bo","reply_to":"0"})"},
      {"@bot :bob!b@h NOTICE #a :beep", R"(notice #a <bob> beep {"bot":true})"},
      {"@+reply=0;time=x;msgid= :bob!b@h PRIVMSG #a :hi",
       R"(private #a <bob> hi {"reply_to":"0"})"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.line);
    irc_script it(irc_script::default_settings(),
                  {irc_script::channel("#a"), irc_script::channel("chanserv")});
    it.welcome();
    it.server(row.line);
    CHECK(it.events() == row.events);
    CHECK(it.lines() == "");
  }
}

TEST_CASE("tags of clients come along, as many as there is room for") {
  irc_script it(irc_script::default_settings(), {irc_script::channel("#a")});
  it.welcome();
  const auto heard = [&](const std::string& tags) {
    it.server("@" + tags + " :bob!b@h PRIVMSG #a :hi");
    REQUIRE_FALSE(it.steps.events.empty());
    return it.steps.events.back().extra;
  };
  CHECK(heard("+a=1;+b/c=two\\swords;+d")
        == R"({"tags":{"a":"1","b/c":"two words","d":""}})");
  CHECK(heard("+a=1;msgid=7;late=x") == R"({"msgid":"7","tags":{"a":"1"}})");
  // These have members of their own, or are none.
  CHECK(heard("+draft/reply=0;+typing=active;+=x;time=y")
        == R"({"reply_to":"0"})");
  std::string many;
  for (const char name : std::string("abcdefghij"))
    many += std::string(many.empty() ? "" : ";") + "+" + name;
  CHECK(heard(many)
        == R"({"tags":{"a":"","b":"","c":"","d":"","e":"",)"
           R"("f":"","g":"","h":""}})");
  CHECK(heard("+a=" + std::string(506, 'x') + ";+b=1;+c=2")
        == R"({"tags":{"a":")" + std::string(506, 'x') + R"(","b":"1"}})");
  CHECK(heard("+a=" + std::string(511, 'x') + ";+b=1") == "");
}

TEST_CASE("a message makes its conversation") {
  irc_script it;
  it.welcome();
  it.server(":Bob!b@h PRIVMSG superman :hi");
  CHECK(it.session.conversations().at("bob").name == "Bob");
  CHECK(it.conversation_state("bob") == "|");
  CHECK(it.steps.changed == std::vector<std::string>{"bob"});
  it.server(":Bob!b@h PRIVMSG #x :hi");
  CHECK(it.conversation_state("#x") == "Not active in this room.|");
}

TEST_CASE("the message event names the conversation as it is spelt") {
  irc_script it;
  it.welcome();
  it.joined("#Convos");
  it.server(":bob!b@h PRIVMSG #convos :hi");
  it.server(":irc.example NOTICE superman :hi");
  REQUIRE(it.steps.events.size() == 2);
  CHECK(it.steps.events[0].name == "#Convos");
  CHECK(it.steps.events[0].connection_id == "irc-libera");
  CHECK(it.steps.events[1].name == "libera");
}

TEST_CASE("CTCP requests are answered") {
  auto settings = irc_script::default_settings();
  settings.version = "Convoy 1.0";
  irc_script it(settings);
  it.welcome();
  const auto ask = [&](const std::string& what) {
    it.server(":bob!b@h PRIVMSG superman :\x01" + what + "\x01");
  };
  ask("VERSION");
  ask("version");
  ask("TIME");
  ask("PING 12 3");
  ask("PING");
  CHECK(it.lines()
        == "NOTICE bob :\x01VERSION Convoy 1.0\x01\n"
           "NOTICE bob :\x01VERSION Convoy 1.0\x01\n"
           "NOTICE bob :\x01TIME Sun Nov 22 07:01:27 2026\x01\n"
           "NOTICE bob :\x01PING 12 3\x01");
  CHECK(it.events() == "");
  SUBCASE("but not in any number") {
    ask("VERSION");
    ask("VERSION");
    CHECK(it.lines() == "NOTICE bob :\x01VERSION Convoy 1.0\x01");
    it.pass(10s);
    ask("VERSION");
    CHECK(it.lines() == "NOTICE bob :\x01VERSION Convoy 1.0\x01");
  }
  SUBCASE("and not to ourselves") {
    it.server(":superman!s@h PRIVMSG superman :\x01VERSION\x01");
    CHECK(it.lines() == "");
  }
}
