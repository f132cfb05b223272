// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

/// A welcome session that knows how others see it: 41 bytes before a text to
/// `#a` are `:superman!sm@host.example PRIVMSG #a :` and CR LF.
constexpr std::size_t overhead =
    std::string_view(":superman!sm@host.example PRIVMSG #a :\r\n").size();

irc_script in_channel() {
  irc_script it;
  it.welcome();
  it.joined("#a");
  return it;
}

} // namespace

TEST_CASE("a message is shown and answered when it is written") {
  struct {
    const char* to;
    const char* message;
    const char* lines;
    const char* events;
  } const rows[]{
      {"#a", "hi", "PRIVMSG #a :hi", "~ private #a <superman> hi"},
      {"#a", " ", "PRIVMSG #a : ", "~ private #a <superman>  "},
      {"#a", "/ hello", "PRIVMSG #a :/ hello",
       "~ private #a <superman> / hello"},
      {"#a", "/1 x", "PRIVMSG #a :/1 x", "~ private #a <superman> /1 x"},
      {"#a", "//x", "PRIVMSG #a ://x", "~ private #a <superman> //x"},
      {"#a", "/", "PRIVMSG #a :/", "~ private #a <superman> /"},
      {"#a", "/SAY  /me", "PRIVMSG #a :/me", "~ private #a <superman> /me"},
      {"#a", "\n /me waves ",
       "PRIVMSG #a :\x01"
       "ACTION waves \x01",
       "~ action #a <superman> waves "},
      {"#a", "/me a\nb",
       "PRIVMSG #a :\x01"
       "ACTION a\x01\nPRIVMSG #a :\x01"
       "ACTION b\x01",
       "~ action #a <superman> a\n~ action #a <superman> b"},
      {"#a", "/msg Bob  hi  there ", "PRIVMSG Bob : hi  there ",
       "~ private bob <superman>  hi  there "},
      {"", "/msg bob\nhi", "PRIVMSG bob :hi", "~ private bob <superman> hi"},
      {"#a",
       "a\tb\x02"
       "c\x01",
       "PRIVMSG #a :abc", "~ private #a <superman> abc"},
      {"#a", "a\r\nQUIT\r\n", "PRIVMSG #a :a\nPRIVMSG #a :QUIT",
       "~ private #a <superman> a\n~ private #a <superman> QUIT"},
      {"ChanServ", "a\n\nb",
       "PRIVMSG ChanServ :a\nPRIVMSG ChanServ : \nPRIVMSG ChanServ :b",
       "~ private - <superman> a\n~ private - <superman> \n"
       "~ private - <superman> b"},
      {"#a", "NickServ: help me", "PRIVMSG NickServ :help me",
       "~ private - <superman> help me"},
      {"", "chanserv:  op", "PRIVMSG chanserv :op",
       "~ private - <superman> op"},
      {"#a", "nickserv:help", "PRIVMSG #a :nickserv:help",
       "~ private #a <superman> nickserv:help"},
      {"#a", "bob: hi", "PRIVMSG #a :bob: hi",
       "~ private #a <superman> bob: hi"},
      {"#a", "/say nickserv: hi", "PRIVMSG #a :nickserv: hi",
       "~ private #a <superman> nickserv: hi"},
      {"", "/msg NickServ identify me s3cret",
       "PRIVMSG NickServ :identify me s3cret",
       "~ private - <superman> identify ***"},
      {"", "/msg nickserv SET password s3cret",
       "PRIVMSG nickserv :SET password s3cret",
       "~ private - <superman> SET password ***"},
      {"", "/msg bob identify me", "PRIVMSG bob :identify me",
       "~ private bob <superman> identify me"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.message);
    auto it = in_channel();
    it.send(row.to, row.message);
    CHECK(it.lines() == row.lines);
    CHECK(it.events() == row.events);
    CHECK(it.answers() == "~ 1 ok");
  }
}

TEST_CASE("a message that cannot be sent") {
  struct {
    const char* to;
    const char* message;
    const char* answer;
  } const rows[]{
      {"", "hi", "Cannot send without target. /conversation_id"},
      {" ", "hi", "Cannot send without target. /conversation_id"},
      {"#a b", "hi",
       "Cannot send message to target with spaces or comma. /conversation_id"},
      {"#a,#b", "/me x",
       "Cannot send message to target with spaces or comma. /conversation_id"},
      {"#a\nQUIT", "hi",
       "Cannot send message to target with spaces or comma. /conversation_id"},
      {":x", "hi",
       "Cannot send message to target with a leading colon. /conversation_id"},
      {"#a", "/msg", "Cannot send without target. /message"},
      {"#a", "/msg bob", "Cannot send empty message. /message"},
      {"#a", "/msg a,b hi",
       "Cannot send message to target with spaces or comma. /message"},
      {"#a", "/say", "Cannot send empty message. /message"},
      {"#a", "/me", "Cannot send empty message. /message"},
      {"#a", "\x02\x03", "Cannot send empty message. /message"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.to);
    CAPTURE(row.message);
    auto it = in_channel();
    it.send(row.to, row.message);
    CHECK(it.answers() == std::string("1 error ") + row.answer);
    CHECK(it.lines() == "");
    CHECK(it.events() == "");
  }
}

TEST_CASE("a NUL in a target or a text goes nowhere") {
  auto it = in_channel();
  it.send(std::string("#a\0b", 4), "hi");
  CHECK(it.answers()
        == "1 error Cannot send message to target with spaces or comma. "
           "/conversation_id");
  it.send("#a", std::string("a\0b", 3));
  CHECK(it.lines() == "PRIVMSG #a :ab");
}

TEST_CASE("long texts are split by what others will get") {
  auto it = in_channel();
  SUBCASE("to the byte") {
    it.send("#a", std::string(512 - overhead, 'x'));
    CHECK(it.steps.lines.size() == 1);
    it.forget();
    it.send("#a", std::string(512 - overhead + 1, 'x'));
    REQUIRE(it.steps.lines.size() == 2);
    CHECK(it.steps.lines[1] == "PRIVMSG #a :x");
  }
  SUBCASE("less when they will see it as an action") {
    it.send("#a", "/me " + std::string(512 - overhead - 9, 'x'));
    CHECK(it.steps.lines.size() == 1);
    it.forget();
    it.send("#a", "/me " + std::string(512 - overhead - 8, 'x'));
    CHECK(it.steps.lines.size() == 2);
  }
  SUBCASE("after the host has changed") {
    it.server(
        ":irc.example 396 superman longer.host.example :is now your host");
    it.forget();
    it.send("#a", std::string(512 - overhead - 7, 'x'));
    CHECK(it.steps.lines.size() == 1);
    it.forget();
    it.send("#a", std::string(512 - overhead - 6, 'x'));
    CHECK(it.steps.lines.size() == 2);
  }
  SUBCASE("between words, and never inside a character") {
    std::string text;
    for (int i = 0; i < 300; ++i)
      text += "ä";
    it.send("#a", text + " word");
    REQUIRE(it.steps.lines.size() == 2);
    CHECK(it.steps.lines[0].size() == (512 - overhead) / 2 * 2 + 12);
    CHECK(it.steps.lines[1].ends_with("ä word"));
    CHECK(it.steps.written_events.size() == 2);
    CHECK(it.answers() == "~ 1 ok");
  }
}

TEST_CASE("while our mask is not known there is room for a long one") {
  irc_script it;
  it.welcome();
  const auto room = 512 - overhead - (10 - 2) - (63 - 12);
  it.send("#a", std::string(room, 'x'));
  CHECK(it.steps.lines.size() == 1);
  it.forget();
  it.send("#a", std::string(room + 1, 'x'));
  CHECK(it.steps.lines.size() == 2);
}

TEST_CASE("too much text for a service is refused whole") {
  auto it = in_channel();
  std::string text;
  for (int i = 0; i < 20; ++i)
    text += "line\n";
  it.send("NickServ", text);
  CHECK(it.steps.lines.size() == 20);
  it.forget();
  it.send("NickServ", text + "line");
  CHECK(it.answers() == "2 error Message is too long. /message");
  CHECK(it.lines() == "");
  CHECK(it.events() == "");
}

TEST_CASE("a target that is too long is refused") {
  auto it = in_channel();
  it.send("#" + std::string(600, 'x'), "hi");
  CHECK(it.answers() == "1 error Message is too long. /message");
  // The first part would fit.
  it.send("#" + std::string(494, 'x'), "hi\n" + std::string(16, 'y'));
  CHECK(it.answers() == "2 error Message is too long. /message");
  CHECK(it.lines() == "");
  CHECK(it.events() == "");
}

TEST_CASE("a server that takes longer lines gets them") {
  auto it = in_channel();
  it.server(":irc.example 005 superman LINELEN=1024 :are supported");
  it.forget();
  it.send("#a", std::string(1024 - overhead, 'x'));
  CHECK(it.steps.lines.size() == 1);
  it.forget();
  it.send("#a", std::string(1024 - overhead + 1, 'x'));
  CHECK(it.steps.lines.size() == 2);
}

TEST_CASE("a profile asks for shorter lines") {
  auto settings = irc_script::default_settings();
  settings.profile.max_message_length = 100;
  irc_script it(settings);
  it.welcome();
  it.joined("#a");
  it.send("#a", std::string(100 - overhead, 'x'));
  CHECK(it.steps.lines.size() == 1);
  it.forget();
  it.send("#a", std::string(100 - overhead + 1, 'x'));
  CHECK(it.steps.lines.size() == 2);
}

TEST_CASE("a server that takes nothing but UTF-8 is known for it") {
  auto it = in_channel();
  it.server(":irc.example 005 superman UTF8ONLY :are supported");
  CHECK(it.events().starts_with("info\n"));
  CHECK(it.session.info().find("\"utf8_only\":true") != std::string::npos);
  it.send("#a", "\u00E6");
  CHECK(it.lines() == "PRIVMSG #a :\xC3\xA6");
}

TEST_CASE("a reply to an endless id is refused") {
  irc_script it;
  it.welcome_with("message-tags");
  it.joined("#a");
  it.send("#a", "/reply " + std::string(5000, 'x') + " hi");
  CHECK(it.answers() == "1 error Message is too long. /message");
  CHECK(it.lines() == "");
}
