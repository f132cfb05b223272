// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("/query") {
  irc_script it;
  it.welcome();
  SUBCASE("a person") {
    it.send("", "/query Bob");
    CHECK(it.answers()
          == R"(1 ok {"connection_id":"irc-libera","conversation_id":"bob",)"
             R"("name":"Bob","topic":"","frozen":"","unread":0,)"
             R"("notifications":0,"info":{}})");
    CHECK(it.events() == "");
    CHECK(it.steps.changed == std::vector<std::string>{"bob"});
  }
  SUBCASE("a channel") {
    it.send("", "/query #New");
    CHECK(it.events() == "frozen #new [Not active in this room.] []");
    CHECK(it.answers().find(R"("frozen":"Not active in this room.")")
          != std::string::npos);
    it.send("", "/query #new");
    CHECK(it.events() == "");
    CHECK(it.answers().find(R"("name":"#New")") != std::string::npos);
  }
  SUBCASE("nobody, or several") {
    it.send("#a", "/query");
    it.send("#a", "/query bob hello");
    CHECK(it.answers()
          == "1 error Cannot send without target. /message\n"
             "2 error Cannot send message to target with spaces or comma. "
             "/message");
  }
  CHECK(it.lines() == "");
}

TEST_CASE("/join") {
  irc_script it;
  it.welcome();
  it.send("", "/join #Convos");
  CHECK(it.lines() == "JOIN #Convos");
  CHECK(it.events() == "frozen #convos [Not active in this room.] []");

  SUBCASE("tells what the channel is like") {
    it.server({":superman!sm@host JOIN #Convos",
               ":srv 332 superman #Convos :cool topic",
               ":srv 333 superman #Convos bob!b@h 1432932059",
               ":srv 353 superman = #Convos :superman @bob"});
    CHECK(it.answers() == "");
    it.server(":srv 366 superman #Convos :End of /NAMES list.");
    CHECK(it.answers()
          == R"(1 ok {"conversation_id":"#convos","topic":"cool topic",)"
             R"("topic_by":"bob!b@h","users":{},"participants":[)"
             R"({"nick":"superman","mode":""},{"nick":"bob","mode":"o"}]})");
    CHECK(it.events()
          == "frozen #convos [] []\nfrozen #convos [] [cool topic]");
    it.send("", "/join #convos");
    CHECK(it.lines() == "");
    CHECK(it.answers().starts_with(
        R"(2 ok {"connection_id":"irc-libera","conversation_id":"#convos")"));
  }
  SUBCASE("is refused") {
    for (const auto* numeric :
         {"403", "405", "407", "437", "471", "474", "476", "477", "479"}) {
      CAPTURE(numeric);
      const auto to = it.send("", "/join #other");
      it.server(std::string(":srv ") + numeric + " superman #other :No way");
      CHECK(it.answers() == std::to_string(to) + " error No way");
      CHECK(it.conversation_state("#other") == "Not active in this room.|");
    }
    CHECK(it.events() == "frozen #other [Not active in this room.] []");
  }
  SUBCASE("needs a key, or an invitation") {
    it.server(":srv 475 superman #convos :Cannot join channel (+k)");
    CHECK(it.answers() == "1 error Cannot join channel (+k)");
    CHECK(it.events() == "frozen #convos [Invalid password.] []");
    it.send("", "/join #convos");
    it.server(":srv 473 superman #convos :Cannot join channel (+i)");
    CHECK(it.answers() == "2 error Cannot join channel (+i)");
    CHECK(it.events()
          == "frozen #convos [This channel requires an invitation.] []");
  }
  SUBCASE("is forwarded") {
    it.server(
        ":srv 470 superman #convos ##blue :Forwarding to another channel");
    CHECK(it.lines() == "JOIN ##blue");
    CHECK(it.events()
          == "notice - <irc-libera> Forwarding #convos to ##blue.\n"
             "frozen ##blue [Not active in this room.] []");
    it.server(
        {":superman!sm@host JOIN ##blue", ":srv 366 superman ##blue :End"});
    CHECK(it.answers().starts_with(R"(1 ok {"conversation_id":"##blue")"));
    CHECK(it.conversation_state("#convos") == "Not active in this room.|");
    CHECK(it.conversation_state("##blue") == "|");
  }
  SUBCASE("is not finished by the names of a channel we are not in") {
    it.server(
        {":srv 353 superman = #convos :bob", ":srv 366 superman #convos :End"});
    CHECK(it.answers() == "");
    CHECK(it.conversation_state("#convos") == "Not active in this room.|");
  }
  SUBCASE("takes too long") {
    it.pass(std::chrono::seconds{60});
    CHECK(it.answers() == "1 unknown Promise timeout");
    CHECK(it.conversation_state("#convos") == "Not active in this room.|");
  }
  SUBCASE("twice is once on the wire and two answers") {
    it.send("", "/join #convos");
    CHECK(it.lines() == "");
    it.server(":srv 471 superman #convos :Cannot join channel (+l)");
    CHECK(it.answers()
          == "1 error Cannot join channel (+l)\n"
             "2 error Cannot join channel (+l)");
  }
  SUBCASE("twice, forwarded") {
    it.send("", "/join #convos");
    it.server(":srv 470 superman #convos ##blue :Forwarding");
    CHECK(it.lines() == "JOIN ##blue");
    it.server(
        {":superman!sm@host JOIN ##blue", ":srv 366 superman ##blue :End"});
    const auto answers = it.answers();
    CHECK(answers.find("1 ok") != std::string::npos);
    CHECK(answers.find("2 ok") != std::string::npos);
  }
  SUBCASE("again with a key is another try") {
    it.send("", "/join #convos s3cret");
    CHECK(it.lines() == "JOIN #convos s3cret");
    CHECK(it.session.conversations().at("#convos").key == "s3cret");
    it.server(":srv 475 superman #convos :Cannot join channel (+k)");
    CHECK(it.answers() == "1 error Cannot join channel (+k)");
    it.server(
        {":superman!sm@host JOIN #convos", ":srv 366 superman #convos :End"});
    CHECK(it.answers().starts_with("2 ok"));
  }
}

TEST_CASE("/join of several, or none, is left to the server") {
  irc_script it;
  it.welcome();
  it.send("", "/join #a,#b k1,k2");
  it.send("", "/join");
  CHECK(it.lines() == "JOIN #a,#b k1,k2\nJOIN");
  CHECK(it.answers() == "~ 1 ok\n~ 2 ok");
  CHECK(it.session.conversations().empty());
}

TEST_CASE("/join of a person opens the conversation") {
  irc_script it;
  it.welcome();
  it.send("", "/join bob");
  CHECK(it.lines() == "");
  CHECK(it.answers().find(R"("conversation_id":"bob")") != std::string::npos);
}

TEST_CASE("/part") {
  irc_script it(irc_script::default_settings(), {irc_script::channel("bob")});
  it.welcome();
  it.joined("#a");
  it.server(":superman!sm@host JOIN #b");
  it.forget();
  SUBCASE("what one is in") {
    it.send("#a", "/part");
    CHECK(it.lines() == "PART #a");
    it.server(":bob!b@h PART #a :he");
    CHECK(it.answers() == "");
    it.server(":superman!sm@host PART #a");
    CHECK(it.answers() == "1 ok");
    CHECK(it.events() == "part #a bob: he\npart #a superman");
    CHECK(it.conversation_state("#a") == "none");
    CHECK(it.steps.removed == std::vector<std::string>{"#a"});
  }
  SUBCASE("another one by name") {
    it.send("#a", "/close #B");
    CHECK(it.lines() == "PART #B");
    it.server(":superman!sm@host PART #b :bye");
    CHECK(it.answers() == "1 ok");
    CHECK(it.events() == "part #b superman");
  }
  SUBCASE("what the server says we are not in") {
    for (const auto* numeric : {"403", "442"}) {
      const auto to = it.send("", "/part #a");
      it.server(std::string(":srv ") + numeric + " superman #a :No way");
      CHECK(it.answers() == std::to_string(to) + " error No way");
      CHECK(it.conversation_state("#a") == "none");
    }
    it.send("", "/part #b");
    it.server(":srv 479 superman #b :Illegal channel name");
    CHECK(it.answers() == "3 ok");
    CHECK(it.events() == "part #a superman\npart #b superman");
  }
  SUBCASE("a person, or what is frozen: nobody is asked") {
    it.server(":op!o@h KICK #a superman :out");
    it.forget();
    it.send("bob", "/part");
    it.send("#a", "/close");
    CHECK(it.lines() == "");
    CHECK(it.answers() == "1 ok\n2 ok");
    CHECK(it.events() == "part bob superman\npart #a superman");
    CHECK(it.steps.removed == std::vector<std::string>{"bob", "#a"});
  }
  SUBCASE("with a reason, or nothing at all") {
    it.send("#a", "/part #a reason");
    it.send("", "/part");
    CHECK(it.answers()
          == "1 error Cannot send message to target with spaces or comma. "
             "/message\n"
             "2 error Cannot send without target. /conversation_id");
  }
}
