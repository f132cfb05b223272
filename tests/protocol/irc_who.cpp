// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("/who") {
  irc_script it;
  it.welcome();
  it.send("#a", "/who");
  CHECK(it.lines() == "WHO #a");
  it.server({":srv 352 superman #a b h.example irc.example bob G*@+ :2 Bob B.",
             ":srv 352 superman * e e.example irc.example eve H :0",
             ":srv 315 superman #b :End"});
  CHECK(it.answers() == "");
  it.forget();
  it.server(":srv 315 superman #a :End of WHO list");
  CHECK(
      it.answers()
      == R"(1 ok {"users":[{"nick":"bob","user":"b","host":"h.example","server":"irc.example","account":"","away":true,"op":true,"bot":false,"realname":"Bob B.","channel":"#a","mode":"ov"},)"
         R"({"nick":"eve","user":"e","host":"e.example","server":"irc.example","account":"","away":false,"op":false,"bot":false,"realname":"","channel":"","mode":""}]})");
  CHECK(it.events() == "");
  it.send("#a", "/ban eve");
  CHECK(it.lines() == "MODE #a +b *!*@e.example");
}

TEST_CASE("/who with WHOX tells accounts") {
  irc_script it;
  it.welcome("", "WHOX BOT=B");
  it.send("", "/who bob");
  CHECK(it.lines() == "WHO bob %tcuhsnfar,743");
  it.server({":srv 354 superman 1 #a b h irc bob H :quoted",
             ":srv 354 superman 743 #a b h irc bob HB@ bob_acc :Bob  B.",
             ":srv 354 superman 743 * e h irc eve H 0 :Eve",
             ":srv 315 superman bob :End"});
  CHECK(
      it.answers()
      == R"(1 ok {"users":[{"nick":"bob","user":"b","host":"h","server":"irc","account":"bob_acc","away":false,"op":false,"bot":true,"realname":"Bob  B.","channel":"#a","mode":"o"},)"
         R"({"nick":"eve","user":"e","host":"h","server":"irc","account":"","away":false,"op":false,"bot":false,"realname":"Eve","channel":"","mode":""}]})");
  CHECK(it.events() == "notice - <irc-libera> 1 #a b h irc bob H quoted");
}

TEST_CASE("/who that is refused") {
  for (const auto* line :
       {"401 superman bob :no", "402 superman bob :no", "403 superman bob :no",
        "416 superman WHO :no", "263 superman WHO :no"}) {
    CAPTURE(line);
    irc_script it;
    it.welcome();
    it.send("", "/who bob");
    it.server(std::string(":srv ") + line);
    CHECK(it.answers() == "1 error no");
  }
  irc_script it;
  it.welcome();
  it.send("", "/who");
  CHECK(it.answers() == "1 error Cannot send without target. /conversation_id");
}

TEST_CASE("/whowas") {
  irc_script it;
  it.welcome();
  it.send("", "/whowas bob");
  CHECK(it.lines() == "WHOWAS bob");
  it.server({":srv 314 superman bob b h.example * :Bob B.",
             ":srv 312 superman bob irc.example :Sun Nov 22",
             ":srv 314 superman bob c i.example * :Bob C.",
             ":srv 369 superman bob :End of WHOWAS"});
  CHECK(
      it.answers()
      == R"(1 ok {"users":[{"nick":"bob","user":"b","host":"h.example","name":"Bob B.","server":"irc.example","server_info":"Sun Nov 22"},)"
         R"({"nick":"bob","user":"c","host":"i.example","name":"Bob C.","server":"","server_info":""}]})");
  CHECK(it.events() == "");
}

TEST_CASE("/whowas of nobody, whose end is not shown") {
  irc_script it;
  it.welcome();
  it.send("", "/whowas bob");
  it.server({":srv 406 superman bob :There was no such nickname",
             ":srv 369 superman bob :End of WHOWAS"});
  CHECK(it.answers() == "1 error There was no such nickname");
  CHECK(it.events() == "");
  it.server(":srv 369 superman bob :End of WHOWAS");
  CHECK(it.events() == "notice - <irc-libera> bob End of WHOWAS");
  it.send("", "/whowas");
  CHECK(it.answers() == "2 error Cannot send without target. /message");
}
