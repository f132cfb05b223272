// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

constexpr const char* me = ":superman!sm@host.example ";

/// Welcome and in #a, where the server echoes.
irc_script in_channel(const std::string& capabilities = "echo-message") {
  irc_script it;
  it.welcome_with(capabilities);
  it.joined("#a");
  return it;
}

constexpr const char* labelled = "batch echo-message labeled-response";

} // namespace

TEST_CASE("an own message is shown and answered when it is echoed") {
  auto it = in_channel();
  it.send("#a", "hi");
  CHECK(it.lines() == "PRIVMSG #a :hi");
  CHECK(it.events() == "");
  CHECK(it.answers() == "");
  it.server("@msgid=m1 :superman!sm@host.example PRIVMSG #a :hi");
  CHECK(it.events() == "private #a <superman> hi {\"msgid\":\"m1\"}");
  CHECK(it.answers() == "1 ok");
  it.send("#a", "/me waves");
  it.server(std::string(me)
            + "PRIVMSG #a :\x01"
              "ACTION waves\x01");
  CHECK(it.events() == "action #a <superman> waves");
  CHECK(it.answers() == "2 ok");
  it.send("", "/notice bob psst");
  it.server(std::string(me) + "NOTICE bob :psst");
  CHECK(it.events() == "notice bob <superman> psst");
  CHECK(it.answers() == "3 ok");
}

TEST_CASE("a message in parts is answered with the last echo") {
  auto it = in_channel();
  it.send("#a", "one\ntwo");
  it.server(std::string(me) + "PRIVMSG #a :one");
  CHECK(it.answers() == "");
  it.server(std::string(me) + "PRIVMSG #a :two");
  CHECK(it.answers() == "1 ok");
  CHECK(it.events() == "private #a <superman> one\nprivate #a <superman> two");
}

TEST_CASE("a message that is refused fails with the words of the server") {
  for (const auto* line :
       {":irc.example 401 superman #a :No such nick",
        ":irc.example 403 superman #a :No such channel",
        ":irc.example 404 superman #a :Cannot send to channel",
        ":irc.example 408 superman #a :No colours",
        ":irc.example 477 superman #a :Need to register",
        ":irc.example 489 superman #a :Secure only",
        ":irc.example 531 superman #a :Not in common",
        ":irc.example 263 superman PRIVMSG :Try again",
        ":irc.example FAIL PRIVMSG CANNOT_SEND #a :Not now"}) {
    CAPTURE(line);
    auto it = in_channel();
    it.send("#a", "hi");
    it.forget();
    it.server(line);
    CHECK(it.answers()
          == "1 error " + std::string(parse_irc_line(line)->last()));
    CHECK(it.events() == "");
  }
}

TEST_CASE("a message in parts fails once") {
  auto it = in_channel();
  it.send("#a", "one\ntwo");
  it.send("#a", "three");
  it.forget();
  it.server({":irc.example 404 superman #a :Cannot send to channel",
             ":irc.example 404 superman #a :Cannot send to channel"});
  CHECK(it.answers() == "1 error Cannot send to channel");
  it.server(":irc.example 404 superman #a :Still not");
  CHECK(it.answers() == "2 error Still not");
  CHECK(it.events() == "");
}

TEST_CASE("a message whose echo does not come") {
  auto it = in_channel();
  it.send("#a", "hi");
  it.forget();
  it.pass(60s);
  CHECK(it.answers() == "1 unknown Promise timeout");
  CHECK(it.events() == "");
}

TEST_CASE("what was written before QUIT may be echoed behind it") {
  auto it = in_channel();
  it.send("#a", "one");
  it.send("#a", "two");
  it.send("#a", "three");
  it.forget();
  it.state(connection_state::disconnecting, "Quitting...");
  CHECK(it.lines() == "QUIT :https://convoy.chat");
  CHECK(it.answers() == "");
  it.forget();
  it.server({":bob!b@h PRIVMSG #a :not for us any more",
             "@msgid=m1 :superman!sm@host.example PRIVMSG #a :one",
             ":irc.example 404 superman #a :Cannot send to channel",
             ":superman!sm@host.example PRIVMSG #b :of another client",
             ":superman!sm@host.example QUIT :https://convoy.chat", "PING :x",
             "ERROR :Closing Link"});
  CHECK(it.events() == "private #a <superman> one {\"msgid\":\"m1\"}");
  CHECK(it.answers() == "1 ok\n2 error Cannot send to channel");
  CHECK(it.lines() == "");
  CHECK_FALSE(it.steps.give_up);
  it.state(connection_state::disconnected, "Connection closed.");
  CHECK(it.answers() == "3 unknown Connection closed.");
  CHECK_FALSE(it.session.deadline());
}

TEST_CASE("behind QUIT an echo is known by our nick, its label and its batch") {
  irc_script it;
  it.connect();
  it.server(":irc.example CAP * LS :batch draft/multiline=max-bytes=99"
            " echo-message labeled-response message-tags");
  it.server(":irc.example CAP * ACK :batch draft/multiline echo-message"
            " labeled-response message-tags");
  it.server({":irc.example 433 * superman :In use",
             ":irc.example 001 superman_ :Welcome"});
  it.send("bob", "one");
  it.send("bob", "two\nthree");
  it.send("bob", "four");
  it.forget();
  it.state(connection_state::disconnecting, "Quitting...");
  it.forget();
  CHECK(it.session.nick() == "superman_");
  it.server({"@label=1 :superman_!s@h PRIVMSG bob :one",
             "@label=2 :superman_!s@h BATCH +m draft/multiline bob",
             "@batch=m :superman_!s@h PRIVMSG bob :two",
             "@batch=m :superman_!s@h PRIVMSG bob :three",
             ":superman_!s@h BATCH -m", "@label=3 :irc.example ACK"});
  CHECK(it.answers() == "1 ok\n2 ok\n3 ok");
  CHECK(it.events()
        == "private bob <superman_> one\nprivate bob <superman_> two\nthree\n"
           "private bob <superman_> four");
  it.state(connection_state::disconnected, "Connection closed.");
  CHECK(it.answers() == "");
  CHECK(it.session.nick() == "superman");
}

TEST_CASE("of a channel that is joined behind QUIT nothing is left to ask") {
  irc_script it(irc_script::default_settings(), {irc_script::channel("#a")});
  it.welcome();
  it.server({":superman!sm@host.example JOIN #a",
             ":irc.example 332 superman #a :a topic",
             ":superman!sm@host.example PART #a"});
  it.send("", "/join #a");
  it.state(connection_state::disconnecting, "Quitting...");
  it.forget();
  it.server({":superman!sm@host.example JOIN #a", ":irc.example 250 x :y"});
  CHECK(it.lines() == "");
  it.state(connection_state::disconnected, "Connection closed.");
  CHECK(it.answers() == "1 unknown Connection closed.");
  it.connect();
  it.forget();
  it.server(":irc.example NOTICE * :Looking up your host");
  CHECK(it.lines() == "");
}

TEST_CASE("behind QUIT no history is shown") {
  auto it = in_channel("batch echo-message draft/chathistory server-time");
  it.send("#a", "hi");
  it.state(connection_state::disconnecting, "Quitting...");
  it.forget();
  it.server({":irc.example BATCH +1 chathistory #a",
             "@batch=1;time=2026-11-22T07:00:02.000Z :bob!b@h PRIVMSG #a :old",
             ":irc.example BATCH -1"});
  CHECK(it.events() == "");
  CHECK(it.lines() == "");
  it.state(connection_state::disconnected, "Connection closed.");
  CHECK(it.answers() == "1 unknown Connection closed.");
}

TEST_CASE("a message in parts of which one was echoed is not refused") {
  auto settings = irc_script::default_settings();
  settings.flood_burst = 1;
  settings.flood_interval = 2s;
  irc_script it(settings);
  it.welcome_with("echo-message");
  it.joined("#a");
  it.send("#a", "one\ntwo");
  it.send("#a", "three\nfour");
  it.send("", "/whois bob");
  it.server(std::string(me) + "PRIVMSG #a :one");
  CHECK(it.answers() == "");
  it.state(connection_state::disconnecting, "Quitting...");
  CHECK(it.answers()
        == "2 error Connection closed.\n3 error Connection closed.");
  it.state(connection_state::disconnected, "Connection closed.");
  CHECK(it.answers() == "1 unknown Connection closed.");
}

TEST_CASE("echoes without labels go by their text") {
  auto it = in_channel();
  it.send("#a", "one");
  it.send("#a", "two");
  // Said with another client of the same bouncer.
  it.server(std::string(me) + "PRIVMSG #b :elsewhere");
  CHECK(it.answers() == "");
  it.server(std::string(me) + "PRIVMSG #a :two");
  CHECK(it.answers() == "2 ok");
  // As the server has changed it.
  it.server(std::string(me) + "PRIVMSG #a :o**");
  CHECK(it.answers() == "1 ok");
  it.server(std::string(me) + "PRIVMSG #a :from afar");
  CHECK(it.answers() == "");
  CHECK(it.events()
        == "private #b <superman> elsewhere\nprivate #a <superman> two\n"
           "private #a <superman> o**\nprivate #a <superman> from afar");
}

TEST_CASE("echoes and failures go by their label") {
  auto it = in_channel(labelled);
  it.send("#a", "one");
  it.send("#a", "one");
  CHECK(it.lines() == "@label=1 PRIVMSG #a :one\n@label=2 PRIVMSG #a :one");
  it.server("@label=2 :superman!sm@host.example PRIVMSG #a :one");
  CHECK(it.answers() == "2 ok");
  // Of another client.
  it.server(std::string(me) + "PRIVMSG #a :one");
  CHECK(it.answers() == "");
  it.server("@label=1 :irc.example 404 superman #a :Cannot send to channel");
  CHECK(it.answers() == "1 error Cannot send to channel");
  it.server("@label=1 :irc.example 404 superman #a :Cannot send to channel");
  CHECK(it.answers() == "");
}

TEST_CASE("a message that the server takes without an echo is shown") {
  auto it = in_channel(labelled);
  it.send("", "/msg NickServ identify s3cret");
  it.send("", "/notice bob psst");
  it.forget();
  it.server("@label=1 :irc.example ACK");
  CHECK(it.answers() == "1 ok");
  CHECK(it.events() == "private - <superman> identify ***");
  it.server("@label=2 ACK");
  CHECK(it.answers() == "2 ok");
  CHECK(it.events() == "notice bob <superman> psst");
}

TEST_CASE("an echo keeps secrets") {
  auto it = in_channel();
  it.send("", "/msg NickServ identify s3cret");
  it.server(std::string(me) + "PRIVMSG NickServ :identify s3cret");
  CHECK(it.answers() == "1 ok");
  CHECK(it.events() == "private - <superman> identify ***");
}

TEST_CASE("a message to oneself is shown once") {
  auto it = in_channel();
  for (const auto* tags : {"", "@msgid=m1 "}) {
    CAPTURE(tags);
    for (int i = 0; i < 2; ++i) {
      it.send("", "/msg superman hi");
      it.forget();
      it.server(std::string(tags) + me + "PRIVMSG superman :hi");
      it.server(std::string(tags) + me + "PRIVMSG superman :hi");
      CHECK(it.steps.events.size() == 1);
      CHECK(it.steps.answers.size() == 1);
    }
  }
}

TEST_CASE("without echoes an own message that comes is another client's") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("#a", "hi");
  CHECK(it.events() == "~ private #a <superman> hi");
  it.server(std::string(me) + "PRIVMSG #a :from afar");
  CHECK(it.events() == "private #a <superman> from afar");
}

TEST_CASE("what is answered by itself is not shown when it is echoed") {
  auto it = in_channel();
  it.server(":bob!b@h PRIVMSG superman :\x01VERSION\x01");
  CHECK(it.lines() == "NOTICE bob :\x01VERSION Convoy\x01");
  it.server(std::string(me) + "NOTICE bob :\x01VERSION Convoy\x01");
  CHECK(it.events() == "");
}
