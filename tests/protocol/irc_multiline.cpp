// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

irc_script in_channel(const std::string& capabilities,
                      irc_settings settings = irc_script::default_settings()) {
  irc_script it(std::move(settings));
  it.connect();
  it.server(":irc.example CAP * LS :" + capabilities);
  const auto request = it.steps.lines.back();
  it.server(":irc.example CAP * ACK " + request.substr(request.find(':')));
  it.server(":irc.example 001 superman :Welcome");
  it.joined("#a");
  return it;
}

constexpr const char* plain =
    "batch message-tags draft/multiline=max-bytes=40,max-lines=4";

} // namespace

TEST_CASE("several lines are one message where the server knows how") {
  auto it = in_channel(plain);
  it.send("#a", "one\n\n two \n");
  CHECK(it.lines()
        == "BATCH +m1 draft/multiline #a\n@batch=m1 PRIVMSG #a :one\n"
           "@batch=m1 PRIVMSG #a :\n@batch=m1 PRIVMSG #a : two \nBATCH -m1");
  CHECK(it.events() == "~ private #a <superman> one\n\n two ");
  CHECK(it.answers() == "~ 1 ok");
  it.send("#a", "/reply 7 a\nb");
  CHECK(it.lines().starts_with(
      "@+draft/reply=7 BATCH +m2 draft/multiline #a\n@batch=m2 PRIVMSG"));
  CHECK(it.events() == "~ private #a <superman> a\nb {\"reply_to\":\"7\"}");
}

TEST_CASE("what is no message of several lines for the server") {
  struct {
    const char* capabilities;
    const char* to;
    const char* text;
  } const rows[]{
      {plain, "#a", "one line"},
      {plain, "#a", "/me a\nb"},
      {plain, "NickServ", "a\nb"},
      {plain, "#a", "twenty-one characters\ntwenty characters..."},
      {"batch message-tags draft/multiline", "#a", "a\nb"},
      {"batch message-tags draft/multiline=max-bytes=40,max-lines=1", "#a",
       "a\nb"},
      {"message-tags draft/multiline=max-bytes=40", "#a", "a\nb"},
      {"batch message-tags", "#a", "a\nb"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.capabilities);
    CAPTURE(row.text);
    auto it = in_channel(row.capabilities);
    it.send(row.to, row.text);
    REQUIRE_FALSE(it.steps.lines.empty());
    CHECK(it.lines().find("BATCH") == std::string::npos);
  }
}

TEST_CASE("a long line is put together again by others") {
  auto it = in_channel("batch message-tags draft/multiline=max-bytes=4096");
  std::string text;
  for (int i = 0; i < 200; ++i)
    text += "word ";
  text += "end";
  it.send("#a", text);
  REQUIRE(it.steps.lines.size() == 5);
  std::string together;
  for (std::size_t i = 1; i < 4; ++i) {
    const auto& line = it.steps.lines[i];
    CHECK(line.starts_with(i == 1
                               ? "@batch=m1 PRIVMSG"
                               : "@batch=m1;draft/multiline-concat PRIVMSG"));
    together += line.substr(line.find(" :") + 2);
  }
  CHECK(together == text);
  CHECK(it.steps.written_events.at(0).text == text);
}

TEST_CASE("nothing comes between the lines of one message") {
  auto settings = irc_script::default_settings();
  settings.flood_burst = 1;
  settings.flood_interval = 2s;
  settings.max_queued_lines = 5;
  auto it = in_channel(plain, settings);
  it.send("#a", "x");
  it.forget();
  it.send("#a", "a\nb\nc");
  CHECK(it.lines() == "");
  it.send("#a", "y");
  CHECK(it.answers() == "3 error Too many lines wait for the server. /message");
  it.pass(2s);
  CHECK(it.steps.lines.size() == 5);
  CHECK(it.events() == "~ private #a <superman> a\nb\nc");
  CHECK(it.answers() == "~ 2 ok");
  // Never room for so many: they are a paste.
  it.forget();
  it.send("#a", "a\nb\nc\nd");
  CHECK(it.steps.pastes.size() == 1);
}

TEST_CASE("a message of several lines is echoed as one") {
  for (const bool labels : {false, true}) {
    CAPTURE(labels);
    auto it = in_channel(std::string(plain) + " echo-message"
                         + (labels ? " labeled-response" : ""));
    it.send("#a", "a\nb");
    CHECK(it.lines().starts_with(labels
                                     ? "@label=1 BATCH +m1 draft/multiline #a\n"
                                     : "BATCH +m1 draft/multiline #a\n"));
    CHECK(it.events() == "");
    it.server({labels ? "@msgid=7;label=1 :superman!sm@host.example BATCH +x "
                        "draft/multiline #a"
                      : "@msgid=7 :superman!sm@host.example BATCH +x "
                        "draft/multiline #a",
               "@batch=x :superman!sm@host.example PRIVMSG #a :a",
               "@batch=x :superman!sm@host.example PRIVMSG #a :b"});
    CHECK(it.answers() == "");
    it.server(":superman!sm@host.example BATCH -x");
    CHECK(it.events() == "private #a <superman> a\nb {\"msgid\":\"7\"}");
    CHECK(it.answers() == "1 ok");
  }
}

TEST_CASE("a message of several lines that the server does not take") {
  auto it = in_channel(std::string(plain) + " echo-message");
  it.send("#a", "a\nb");
  it.forget();
  it.server(":irc.example FAIL BATCH MULTILINE_MAX_BYTES 40 :Too long");
  CHECK(it.answers() == "1 error Too long");
  it.send("#a", "c\nd");
  it.forget();
  it.server(":irc.example 404 superman #a :Cannot send to channel");
  CHECK(it.answers() == "2 error Cannot send to channel");
  CHECK(it.events() == "");
}
