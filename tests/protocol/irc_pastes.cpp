// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_pending_pastes.hpp"
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

irc_script in_channel() {
  irc_script it;
  it.welcome();
  it.joined("#a");
  return it;
}

constexpr const char* url = "https://convoy.example/file/1/abc";

/// What came of a paste that was stored.
void store(irc_script& it, std::uint64_t id) {
  it.session.paste_stored(id, url, "", it.now, it.steps);
}

} // namespace

TEST_CASE("many lines become a paste, and its URL is sent") {
  auto it = in_channel();
  it.send("#a", "one\ntwo\nthree\n");
  CHECK(it.lines() == "");
  CHECK(it.answers() == "");
  REQUIRE(it.steps.pastes.size() == 1);
  CHECK(it.steps.pastes[0].text == "one\ntwo\nthree");
  store(it, it.steps.pastes[0].id);
  CHECK(it.lines() == std::string("PRIVMSG #a :") + url);
  CHECK(it.events() == std::string("~ private #a <superman> ") + url);
  CHECK(it.answers() == "~ 1 ok");
  it.forget();
  store(it, 1);
  CHECK(it.lines() == "");
}

TEST_CASE("what becomes a paste") {
  struct {
    const char* to;
    std::string text;
    std::size_t most; ///< max_bulk_message_size
    std::size_t lines;
    std::size_t pastes;
  } const rows[]{
      {"#a", "a\nb", 3, 2, 0},
      {"#a", "a\n\nb", 3, 0, 1},
      {"#a", "/me a\nb\nc", 3, 0, 1},
      {"#a", std::string(900, 'x'), 3, 2, 0},
      {"#a", std::string(1500, 'x'), 3, 0, 1},
      {"#a", "a\nb\nc", 4, 3, 0},
      {"#a", "a", 1, 1, 0},
      {"#a", "a\nb", 1, 0, 1},
      // A secret is not stored.
      {"NickServ", "a\nb\nc", 3, 3, 0},
      {"memoserv@services.", "a\nb\nc", 3, 3, 0},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CAPTURE(row.most);
    auto settings = irc_script::default_settings();
    settings.profile.max_bulk_message_size = row.most;
    irc_script it(settings);
    it.welcome();
    it.joined("#a");
    it.send(row.to, row.text);
    CHECK(it.steps.lines.size() == row.lines);
    CHECK(it.steps.pastes.size() == row.pastes);
  }
}

TEST_CASE("a paste of an action and of a reply") {
  auto it = in_channel();
  it.send("#a", "/me a\nb\nc");
  store(it, 1);
  CHECK(it.lines()
        == "PRIVMSG #a :\x01"
           "ACTION "
               + std::string(url) + "\x01");
  irc_script other;
  other.welcome_with("message-tags");
  other.joined("#a");
  other.send("#a", "/reply 7 a\nb\nc");
  store(other, 1);
  CHECK(other.lines() == std::string("@+draft/reply=7 PRIVMSG #a :") + url);
}

TEST_CASE("a paste of a notice") {
  auto it = in_channel();
  it.send("#a", "/notice #a a\nb\nc");
  store(it, 1);
  CHECK(it.lines() == std::string("NOTICE #a :") + url);
}

TEST_CASE("a paste that cannot be stored") {
  auto it = in_channel();
  it.send("#a", "a\nb\nc");
  it.session.paste_stored(1, "", "No room for more files.", it.now, it.steps);
  CHECK(it.answers() == "1 error No room for more files. /message");
  CHECK(it.lines() == "");
}

TEST_CASE("a paste that nobody stores") {
  auto it = in_channel();
  it.send("#a", "a\nb\nc");
  CHECK(it.session.deadline() == it.now.steady + 60s);
  it.pass(60s);
  CHECK(it.answers() == "1 error Promise timeout");
  store(it, 1);
  CHECK(it.lines() == "");
}

TEST_CASE("pastes that wait are bounded and end with their connection") {
  auto it = in_channel();
  for (std::size_t i = 0; i < irc_pending_pastes::limit; ++i)
    it.send("#a", "a\nb\nc");
  CHECK(it.answers() == "");
  it.send("#a", "a\nb\nc");
  CHECK(it.answers()
        == "9 error Too many long messages wait to be stored. /message");
  it.forget();
  it.state(connection_state::disconnected, "Connection closed.");
  CHECK(it.steps.answers.size() == irc_pending_pastes::limit);
  CHECK(it.steps.answers.at(0).error == "Connection closed.");
  it.welcome();
  store(it, 1);
  CHECK(it.lines() == "");
}
