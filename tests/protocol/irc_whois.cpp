// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_waiters.hpp"
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

constexpr auto nothing_known =
    R"({"nick":"","user":"","host":"","name":"","server":"",)"
    R"("server_info":"","away":"","fingerprint":"","account":"",)"
    R"("oper":false,"bot":false,"secure":false,"idle_for":0,)"
    R"("channels":{},"ts":1795330887.0})";

} // namespace

TEST_CASE("/whois tells what there is") {
  irc_script it(irc_script::default_settings(), {irc_script::channel("bob")});
  it.connect();
  it.server({":irc.example 001 superman :Welcome"});
  it.server(":srv 303 superman :");
  it.forget();
  CHECK(it.conversation_state("bob") == "No such nick/channel|");
  it.send("", "/whois Bob");
  CHECK(it.lines() == "WHOIS Bob");
  it.server({":srv 311 superman bob b h.example * :Bob the Builder",
             ":srv 319 superman bob :#a @#b @+#c", ":srv 319 superman bob :#d",
             ":srv 312 superman bob irc.example :An example",
             ":srv 301 superman bob :Gone fishing",
             ":srv 317 superman bob 42 1432932059 :seconds idle",
             ":srv 276 superman bob :has client certificate fingerprint abc1 x",
             ":srv 671 superman bob :is using a secure connection",
             ":srv 330 superman bob bob_acc :is logged in as",
             ":srv 313 superman bob :is an IRC operator",
             ":srv 335 superman bob :is a bot",
             ":srv 338 superman bob 192.0.2.1 :actually using host",
             ":srv 318 superman bob :End of /WHOIS list."});
  const std::string info =
      R"({"nick":"bob","user":"b","host":"h.example",)"
      R"("name":"Bob the Builder","server":"irc.example",)"
      R"("server_info":"An example","away":"Gone fishing",)"
      R"("fingerprint":"abc1","account":"bob_acc","oper":true,"bot":true,)"
      R"("secure":true,"idle_for":42,"channels":{)"
      R"("#a":{"mode":""},"#b":{"mode":"o"},"#c":{"mode":"ov"},)"
      R"("#d":{"mode":""}},"ts":1795330887.0})";
  CHECK(it.answers() == "1 ok " + info);
  CHECK(it.events()
        == "notice - <irc-libera> bob 192.0.2.1 actually using host\n"
           "frozen bob [] [] "
               + info);
  CHECK(it.session.conversations().at("bob").info == info);
}

TEST_CASE("/whois of somebody we do not talk with") {
  irc_script it;
  it.welcome();
  it.send("", "/whois bob");
  it.server(":srv 318 superman bob :End");
  CHECK(it.answers() == std::string("1 ok ") + nothing_known);
  CHECK(it.events() == "");
  it.send("", "/whois");
  it.send("", "/whois a b");
  CHECK(it.answers()
        == "2 error Cannot send without target. /message\n"
           "3 error Cannot send message to target with spaces or comma. "
           "/message");
}

TEST_CASE(
    "/whois of nobody freezes the conversation, and 318 does not undo it") {
  irc_script it;
  it.welcome();
  it.send("", "/query bob");
  it.forget();
  for (const auto* numeric : {"401", "402"}) {
    const auto to = it.send("", "/whois bob");
    it.server({std::string(":srv ") + numeric + " superman bob :No such nick",
               ":srv 318 superman bob :End of /WHOIS list."});
    CHECK(it.answers() == std::to_string(to) + " error No such nick");
    CHECK(it.events() == "frozen bob [No such nick] []");
  }
  it.send("", "/whois bob");
  it.server(":srv 318 superman bob :End of /WHOIS list.");
  CHECK(it.conversation_state("bob") == "|");
}

TEST_CASE("/whois goes on when 318 is missing") {
  irc_script it;
  it.welcome();
  it.send("", "/whois bob");
  it.send("", "/whois bob");
  it.server(":srv 402 superman bob :No such server");
  CHECK(it.answers() == "1 error No such server");
  it.server({":srv 311 superman bob b h * :Bob", ":srv 318 superman bob :End"});
  CHECK(it.answers().starts_with(R"(2 ok {"nick":"bob")"));
  it.pass(std::chrono::seconds{60});
  CHECK(it.answers() == "");
}

TEST_CASE("/whois does not collect without end") {
  irc_script it;
  it.welcome();
  it.send("", "/whois bob");
  for (int i = 0; i < 6000; ++i)
    it.server(":srv 319 superman bob :#" + std::to_string(i));
  it.server(":srv 318 superman bob :End");
  const auto answer = it.answers();
  std::size_t channels = 0;
  for (auto at = answer.find("\"mode\""); at != std::string::npos;
       at = answer.find("\"mode\"", at + 1))
    ++channels;
  CHECK(channels > 400);
  CHECK(channels < 65'536 / 128);
}
