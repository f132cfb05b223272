// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_waiters.hpp"
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("life cycle commands are told from others") {
  CHECK(irc_session::lifecycle_command("/connect") == "connect");
  CHECK(irc_session::lifecycle_command(" \n/DisConnect now") == "disconnect");
  CHECK(irc_session::lifecycle_command("/re\x02"
                                       "connect\n")
        == "reconnect");
  CHECK_FALSE(irc_session::lifecycle_command("connect"));
  CHECK_FALSE(irc_session::lifecycle_command("/connected"));
  CHECK_FALSE(irc_session::lifecycle_command("/join #connect"));
  CHECK_FALSE(irc_session::lifecycle_command(""));
}

TEST_CASE("commands that are none") {
  irc_script it;
  it.welcome();
  for (const auto* text : {"/foo", "/usr/bin", "/leave", "/quit", "/connect"}) {
    CAPTURE(text);
    const auto to = it.send("#a", text);
    CHECK(it.answers()
          == std::to_string(to) + " error Unknown command. /message");
  }
  CHECK(it.lines() == "");
}

TEST_CASE("what needs a connection is refused without") {
  for (const auto* text : {"hi", "/say hi", "/me hi", "/msg bob hi", "/names",
                           "/topic", "/whois b", "/away", "/nick clark",
                           "/quote X", "/join #new", "/join #a,#b"}) {
    CAPTURE(text);
    irc_script it;
    it.send("#a", text);
    CHECK(it.answers() == "1 error Not connected.");
    CHECK(it.lines() == "");
  }
}

TEST_CASE("what works without a connection") {
  irc_script it(irc_script::default_settings(),
                {irc_script::channel("#a"), irc_script::channel("bob")});
  it.send("", "/nick superman");
  CHECK(it.answers() == R"(1 ok {"nick":"superman"})");
  it.send("", "/quote");
  CHECK(it.answers() == "2 ok");
  it.send("", "/join #a");
  CHECK(it.answers().starts_with(R"(3 ok {"connection_id":"irc-libera",)"));
  it.send("", "/join ann");
  CHECK(it.answers().starts_with("4 ok {"));
  it.send("#a", "/part");
  CHECK(it.answers() == "5 ok");
  CHECK(it.events() == "part #a superman");
  CHECK(it.lines() == "");
}

TEST_CASE("/nick with more than the server takes") {
  irc_script it;
  it.welcome("", "NICKLEN=6");
  it.send("", "/nick clark-kent");
  CHECK(it.lines() == "NICK clark-");
  it.server(":superman!sm@h NICK clark-");
  CHECK(it.answers() == R"(1 ok {"nick":"clark-"})");
  it.send("", "/nick clark-kent");
  CHECK(it.answers() == R"(2 ok {"nick":"clark-"})");
  CHECK(it.lines() == "");
}

TEST_CASE("/nick") {
  irc_script it;
  it.welcome();
  SUBCASE("changes it") {
    it.send("", "/nick  clark ");
    CHECK(it.lines() == "NICK clark");
    CHECK(it.answers() == "");
    it.server(":bob!b@h NICK clark");
    CHECK(it.answers() == "");
    it.server(":superman!sm@host NICK clark");
    CHECK(it.answers() == R"(1 ok {"nick":"clark"})");
    CHECK(it.events() == "nick_change bob clark\ninfo");
  }
  SUBCASE("is refused by the server") {
    for (const auto* numeric : {"432", "433", "436", "437"}) {
      const auto to = it.send("", "/nick clark");
      it.server(std::string(":srv ") + numeric + " superman Clark :No way");
      CHECK(it.answers() == std::to_string(to) + " error No way: clark");
      CHECK(it.events() == "");
    }
    CHECK(it.session.nick() == "superman");
  }
  SUBCASE("is refused here") {
    for (const auto* text :
         {"/nick", "/nick  ", "/nick a b", "/nick :x", "/nick a,b"}) {
      const auto to = it.send("", text);
      CHECK(it.answers()
            == std::to_string(to) + " error Missing or invalid nick. /message");
    }
    CHECK(it.lines() == "");
  }
}

TEST_CASE("/topic") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  SUBCASE("is asked for") {
    it.send("#A", "/topic");
    CHECK(it.lines() == "TOPIC #A");
    it.server(":srv 332 superman #a :hello world");
    CHECK(it.answers()
          == R"(1 ok {"conversation_id":"#a","topic":"hello world"})");
    CHECK(it.events() == "frozen #a [] [hello world]");
  }
  SUBCASE("is not set") {
    it.send("#a", "/topic");
    it.server(":srv 331 superman #a :No topic is set");
    CHECK(it.answers() == R"(1 ok {"conversation_id":"#a","topic":""})");
    CHECK(it.events() == "");
  }
  SUBCASE("is set") {
    it.send("#a", "/topic new  one");
    CHECK(it.lines() == "TOPIC #a :new  one");
    it.server(":bob!b@h TOPIC #a :his");
    CHECK(it.answers() == "");
    it.server(":superman!sm@host TOPIC #a :new  one");
    CHECK(it.answers()
          == R"(1 ok {"conversation_id":"#a","topic":"new  one"})");
  }
  SUBCASE("is refused") {
    for (const auto* numeric : {"403", "442", "477", "482"}) {
      for (const auto* text : {"/topic", "/topic x"}) {
        const auto to = it.send("#a", text);
        it.server(std::string(":srv ") + numeric + " superman #a :No way");
        CHECK(it.answers() == std::to_string(to) + " error No way");
      }
    }
    CHECK(it.events() == "");
  }
  SUBCASE("needs a target, and fits into a line") {
    it.send("", "/topic");
    CHECK(it.answers()
          == "1 error Cannot send without target. /conversation_id");
    it.send("#a", "/topic " + std::string(600, 'x'));
    CHECK(it.answers() == "2 error Message is too long. /message");
    CHECK(it.lines() == "");
    CHECK(it.session.deadline() == it.now.steady + std::chrono::seconds{120});
  }
}

TEST_CASE("/names") {
  irc_script it;
  it.welcome();
  it.send("#A", "/names ignored");
  CHECK(it.lines() == "NAMES #A");
  SUBCASE("lists who is there and as what") {
    it.server({":srv 353 superman = #a :@+bob!b@h.example ann +[x]",
               ":srv 353 superman = #other :eve",
               ":srv 353 superman = #a :~&root @",
               ":srv 366 superman #a :End of /NAMES list."});
    CHECK(it.answers()
          == R"(1 ok {"conversation_id":"#a","participants":[)"
             R"({"nick":"bob","mode":"ov"},{"nick":"ann","mode":""},)"
             R"({"nick":"[x]","mode":"v"},{"nick":"root","mode":"qa"}]})");
    CHECK(it.events() == "");
  }
  SUBCASE("of nobody") {
    it.server(":srv 366 superman #a :End of /NAMES list.");
    CHECK(it.answers() == R"(1 ok {"conversation_id":"#a"})");
  }
  SUBCASE("of too many") {
    it.server(":srv 416 superman #a :Too many matches");
    CHECK(it.answers() == "1 error Too many matches");
  }
  SUBCASE("is not waited for longer than half a minute") {
    it.pass(std::chrono::milliseconds{29'999});
    CHECK(it.answers() == "");
    it.pass(std::chrono::milliseconds{1});
    CHECK(it.answers() == "1 unknown Promise timeout");
  }
}

TEST_CASE("/names does not collect without end") {
  irc_script it;
  it.welcome();
  it.send("#a", "/names");
  std::string names;
  for (int i = 0; i < 100; ++i)
    names += "n ";
  for (int i = 0; i < 1400; ++i)
    it.server(":srv 353 superman = #a :" + names);
  it.server(":srv 366 superman #a :End");
  const auto answer = it.answers();
  constexpr auto most = max_participant_bytes / (sizeof(irc_participant) + 1);
  CHECK(answer.size() > most * 23);
  CHECK(answer.size() < most * 23 + 100);
}

TEST_CASE("/away") {
  irc_script it;
  it.welcome();
  it.send("", "/away gone fishing");
  it.send("", "/away");
  CHECK(it.lines() == "AWAY :gone fishing\nAWAY");
  it.server({":srv 306 superman :You have been marked as being away",
             ":srv 305 superman :You are no longer marked as being away"});
  CHECK(
      it.answers()
      == R"(1 ok {"away":true,"reason":"You have been marked as being away"})"
         "\n"
         R"(2 ok {"away":false,"reason":"You are no longer marked as being away"})");
  CHECK(it.events() == "");
}

TEST_CASE("/quote") {
  irc_script it;
  it.welcome();
  it.send("", "/quote PRIVMSG #a :hi  there ");
  CHECK(it.lines() == "PRIVMSG #a :hi  there ");
  CHECK(it.answers() == "~ 1 ok");
  it.send("", "/quote");
  CHECK(it.answers() == "2 ok");
  it.send("", "/quote " + std::string(510, 'x'));
  CHECK(it.lines() == std::string(510, 'x'));
  it.forget();
  it.send("", "/quote " + std::string(511, 'x'));
  CHECK(it.answers() == "4 error Message is too long. /message");
  it.send("", "/quote @+typing=active TAGMSG #a" + std::string(490, 'x'));
  CHECK(it.steps.lines.size() == 1);
  it.forget();
  it.send("", "/quote @" + std::string(5000, 'x') + " TAGMSG #a");
  CHECK(it.answers() == "6 error Message is too long. /message");
  CHECK(it.lines() == "");
}

TEST_CASE("no command puts in a second line") {
  struct {
    const char* message;
    const char* lines;
  } const rows[]{
      {"/quote A\nB", "A"},
      {"/quote A\r\nB", "A"},
      {"/topic a\nb", "TOPIC #a :a"},
      {"/join #x\nQUIT", "JOIN #x"},
      {"/join #x,#y\nQUIT", "JOIN #x,#y"},
      {"/nick x\nQUIT", "NICK x"},
      {"/away x\nQUIT", "AWAY :x"},
      {"/whois x\nQUIT", "WHOIS x"},
      {"/part #a\nQUIT", "PART #a"},
      {"/names\nQUIT", "NAMES #a"},
      {"/msg #a\nQUIT", "PRIVMSG #a :QUIT"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.message);
    irc_script it;
    it.welcome();
    it.joined("#a");
    it.send("#a", row.message);
    CHECK(it.lines() == row.lines);
  }
}
