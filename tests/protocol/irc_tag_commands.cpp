// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

constexpr const char* missing = " error The server does not support it.";

} // namespace

TEST_CASE("/react") {
  irc_script it;
  it.welcome("message-tags", "X");
  it.joined("#a");
  it.send("#a", "/react id;1 \U0001F44D");
  CHECK(it.lines() == "@+draft/react=\U0001F44D;+draft/reply=id\\:1 TAGMSG #a");
  CHECK(it.events()
        == "~ reaction #a <superman> \U0001F44D {\"reply_to\":\"id;1\"}");
  CHECK(it.answers() == "~ 1 ok");
  it.send("#a", "/react id");
  it.send("", "/react id x");
  CHECK(it.answers()
        == "2 error Missing message id or reaction. /message\n"
           "3 error Cannot send without target. /conversation_id");
}

TEST_CASE("/react is shown when it is echoed, if it is") {
  irc_script it;
  it.welcome("message-tags echo-message", "X");
  it.joined("#a");
  it.send("#a", "/react id x");
  CHECK(it.lines() == "@+draft/react=x;+draft/reply=id TAGMSG #a");
  CHECK(it.events() == "");
  CHECK(it.answers() == "~ 1 ok");
}

TEST_CASE("/reply") {
  irc_script it;
  it.welcome("message-tags", "X");
  it.joined("#a");
  it.send("#a", "/reply id I  think so");
  CHECK(it.lines() == "@+draft/reply=id PRIVMSG #a :I  think so");
  CHECK(it.events()
        == "~ private #a <superman> I  think so {\"reply_to\":\"id\"}");
  CHECK(it.answers() == "~ 1 ok");
  it.send("#a", "/reply");
  it.send("#a", "/reply id");
  it.send("", "/reply id x");
  CHECK(it.answers()
        == "2 error Missing message id. /message\n"
           "3 error Cannot send empty message. /message\n"
           "4 error Cannot send without target. /conversation_id");
}

TEST_CASE("/typing is told once in a while, its end at once") {
  irc_script it;
  it.welcome("message-tags", "X");
  it.send("#a", "/typing active");
  CHECK(it.lines() == "@+typing=active TAGMSG #a");
  CHECK(it.answers() == "1 ok");
  it.pass(2999ms);
  it.send("#a", "/typing active");
  it.send("#a", "/typing paused");
  CHECK(it.lines() == "");
  CHECK(it.answers() == "2 ok\n3 ok");
  it.pass(1ms);
  it.send("#a", "/typing paused");
  CHECK(it.lines() == "@+typing=paused TAGMSG #a");
  it.send("#a", "/typing done");
  it.send("#a", "/typing done");
  it.send("#a", "/typing active");
  CHECK(it.lines() == "@+typing=done TAGMSG #a");
  it.forget();
  it.send("#a", "/typing fast");
  CHECK(it.answers() == "8 error Must be active, paused or done. /message");
  CHECK(it.events() == "");
}

TEST_CASE("/redact") {
  irc_script it;
  SUBCASE("a server that says nothing") {
    it.welcome("message-tags draft/message-redaction", "X");
    it.send("#a", "/redact id");
    it.send("#a", "/redact id  it was wrong");
    CHECK(it.lines()
          == "REDACT #a id\n"
             "REDACT #a id :it was wrong");
    CHECK(it.answers() == "~ 1 ok\n~ 2 ok");
  }
  SUBCASE("a server that echoes") {
    it.welcome("message-tags echo-message draft/message-redaction", "X");
    it.joined("#a");
    it.send("#a", "/redact id");
    it.server({":superman!sm@h REDACT #a other", ":bob!b@h REDACT #a id"});
    CHECK(it.answers() == "");
    it.server(":superman!sm@h REDACT #a id");
    CHECK(it.answers() == "1 ok");
  }
  SUBCASE("nothing to take back") {
    it.welcome("draft/message-redaction message-tags", "X");
    it.send("#a", "/redact");
    it.send("", "/redact id");
    CHECK(it.answers()
          == "1 error Missing message id. /message\n"
             "2 error Cannot send without target. /conversation_id");
  }
}

TEST_CASE("tags that the server does not have, or not let through") {
  irc_script it;
  SUBCASE("no tags at all") {
    it.welcome();
  }
  SUBCASE("tags are denied") {
    it.welcome("message-tags", "CLIENTTAGDENY=*");
  }
  for (const auto* text :
       {"/react id x", "/reply id x", "/typing active", "/redact id"}) {
    CAPTURE(text);
    const auto to = it.send("#a", text);
    CHECK(it.answers() == std::to_string(to) + missing);
  }
  CHECK(it.lines() == "");
}
