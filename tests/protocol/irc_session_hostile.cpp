// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session.hpp"
#include "tests/protocol/heap_in_use.hpp"
#include "tests/protocol/irc_script.hpp"
#include "tests/protocol/irc_witness.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kibibyte = 1024;
constexpr std::size_t mebibyte = 1024 * kibibyte;

// Without optimisation a million takes half a minute.
#ifdef __OPTIMIZE__
constexpr std::size_t multitude = 1'000'000;
#else
constexpr std::size_t multitude = 100'000;
#endif

/// A session with a server that means ill, and the rules of every session. What
/// comes out is let go at once, as its owner does.
class siege {
public:
  explicit siege(irc_settings settings = unlimited())
      : it_(std::move(settings)) {
    // nop
  }

  static irc_settings unlimited() {
    auto result = irc_script::default_settings();
    result.flood_interval = 0ms;
    return result;
  }

  irc_script& script() {
    return it_;
  }

  void line(const std::string& text) {
    if (const auto parsed = parse_irc_line(text))
      it_.session.receive(*parsed, it_.now, it_.steps);
    look();
  }

  void command(const std::string& where, const std::string& text) {
    witness_.asked(++last_);
    it_.session.execute({last_, where, text}, it_.now, it_.steps);
    look();
  }

  void pass(std::chrono::milliseconds time) {
    it_.pass(time);
    look();
  }

  /// How much more memory is in use after `count` lines.
  template <class MakeLine>
  std::size_t growth(std::size_t count, const MakeLine& make) {
    const auto before = heap_in_use();
    for (std::size_t i = 0; i < count; ++i)
      line(make(next_++));
    const auto after = heap_in_use();
    return after > before ? after - before : 0;
  }

  /// What was told last.
  const irc_steps& last() const {
    return told_;
  }

  /// The same of a multitude: the rules are looked at now and then only.
  template <class MakeLine>
  std::size_t flood(std::size_t count, const MakeLine& make) {
    const auto before = heap_in_use();
    std::size_t most = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const auto parsed = parse_irc_line(make(next_++));
      if (!parsed)
        FAIL("no line of IRC");
      it_.session.receive(*parsed, it_.now, it_.steps);
      if (i % 1'000 == 0) {
        look();
        most = std::max(most, heap_in_use());
      }
      it_.steps.events.clear();
    }
    return most > before ? most - before : 0;
  }

private:
  void look() {
    const auto broken = witness_.look(it_.session, it_.steps);
    if (!broken.empty())
      FAIL(broken);
    told_ = std::exchange(it_.steps, {});
  }

  irc_script it_;
  irc_witness witness_;
  irc_steps told_;
  ticket last_ = 1'000'000;
  std::size_t next_ = 0; ///< so that no line comes twice
};

std::string number(std::size_t n) {
  return std::to_string(n);
}

} // namespace

TEST_CASE("joins without end take no memory") {
  siege it;
  it.script().welcome();
  it.script().joined("#a");
  const auto join = [](std::size_t n) {
    return ":n" + number(n) + "!u@h" + number(n) + " JOIN #a";
  };
  CHECK(it.flood(multitude, join) < mebibyte);
  CHECK(it.last().events.size() == 1);
}

TEST_CASE("a server cannot put us into channels without end") {
  siege it;
  it.script().welcome();
  const auto join = [](std::size_t n) {
    return ":superman!u@h JOIN #c" + number(n);
  };
  CHECK(it.growth(3'000, join) < 4 * mebibyte);
  CHECK(it.growth(10'000, join) < 64 * kibibyte);
  CHECK(it.script().session.conversations().size()
        == max_incoming_conversations);
}

TEST_CASE("senders without end make so many conversations and no more") {
  siege it;
  it.script().welcome();
  const auto speak = [](std::size_t n) {
    return ":n" + number(n) + "!u@h PRIVMSG superman :hi";
  };
  CHECK(it.growth(3'000, speak) < 4 * mebibyte);
  CHECK(it.growth(10'000, speak) < 64 * kibibyte);
  CHECK(it.script().session.conversations().size()
        == max_incoming_conversations);
  REQUIRE(it.last().events.size() == 1);
  CHECK(it.last().events[0].conversation_id == "");
}

TEST_CASE("a list of capabilities that never ends is taken for complete") {
  siege it;
  it.script().connect();
  it.script().forget();
  bool ended = false;
  const auto more = [&](std::size_t n) {
    ended = ended || !it.last().lines.empty();
    return ":irc.example CAP * LS * :example.org/cap-" + number(n)
           + "=a,b,c example.org/other-" + number(n);
  };
  CHECK(it.growth(5'000, more) < mebibyte);
  CHECK(it.growth(5'000, more) < 64 * kibibyte);
  CHECK(ended);
}

TEST_CASE("capabilities that come and go without end take no memory") {
  siege it;
  it.script().welcome();
  const auto more = [](std::size_t n) {
    return ":irc.example CAP superman "
           + std::string(n % 3 == 0 ? "DEL" : "NEW") + " :echo-message sasl=A"
           + number(n) + " cap-" + number(n);
  };
  CHECK(it.growth(600, more) < mebibyte);
  CHECK(it.growth(600, more) < 64 * kibibyte);
}

TEST_CASE("a flood of ISUPPORT takes no memory") {
  siege it;
  it.script().welcome();
  const auto more = [](std::size_t n) {
    return ":irc.example 005 superman TOKEN" + number(n) + "=" + number(n)
           + " CHANTYPES=#" + std::string(200, 'x') + " CHANMODES="
           + std::string(300, 'b') + ",k,l,imn PREFIX=(ov)@+ NETWORK="
           + number(n) + " :are supported by this server";
  };
  CHECK(it.growth(1'000, more) < 256 * kibibyte);
  CHECK(it.growth(1'000, more) < 64 * kibibyte);
}

TEST_CASE("batches in batches without end are cut") {
  siege it;
  it.script().welcome();
  const auto nest = [](std::size_t n) {
    const auto in = n == 0 ? "" : "@batch=r" + number(n - 1) + " ";
    return in + ":irc.example BATCH +r" + number(n) + " draft/multiline #a";
  };
  CHECK(it.growth(5'000, nest) < mebibyte);
  const auto fill = [](std::size_t n) {
    return "@batch=r" + number(n % 40)
           + " :bob!u@h PRIVMSG #a :" + std::string(400, 'x');
  };
  CHECK(it.growth(5'000, fill) < 2 * mebibyte);
}

TEST_CASE("answers without end are bounded, and so is the waiting") {
  siege it;
  it.script().welcome();
  it.script().joined("#a");
  const std::string filler(300, 'x');
  const std::pair<std::string, std::string> answers[]{
      {"/names", "353 superman = #a :a~ b~ c~ d~ e~ f~ g~ h~ i~ j~ k~ l~"},
      {"/whois bob", "319 superman bob :#a~ #b~ #c~ #d~ #e~ #f~ #g~ #h~"},
      {"/whois bob", "320 superman bob :~" + filler},
      {"/list", "322 superman #c~ 7 :" + filler},
      {"/mode b", "367 superman #a ~!*@* bob 1795330000"},
      {"/who #a", "352 superman #a u h~ irc.example n~ H :0 " + filler},
      {"/whowas bob", "314 superman bob u h~ * :" + filler},
      {"/topic", "333 superman #a n~ 1795330000"},
      {"/monitor", "732 superman :n~"},
      {"/motd", "372 superman :- ~" + filler},
  };
  for (const auto& [command, answer] : answers) {
    CAPTURE(command);
    it.command("#a", command);
    const auto more = [&](std::size_t n) {
      auto line = ":irc.example " + answer;
      for (auto at = line.find('~'); at != std::string::npos;
           at = line.find('~', at))
        line.replace(at, 1, number(n));
      return line;
    };
    CHECK(it.growth(3'000, more) < 9 * mebibyte);
    // Nobody waits for ever, and what was collected goes.
    it.pass(1h);
    it.line("PING :still here");
    CHECK(it.growth(1'000, more) < 64 * kibibyte);
  }
}

TEST_CASE("silence has an end") {
  siege it;
  it.script().welcome();
  std::size_t ticks = 0;
  bool given_up = false;
  const auto end = it.script().now.steady + 1h;
  while (it.script().now.steady < end) {
    const auto due = it.script().session.deadline();
    const auto until = due ? std::min(*due, end) : end;
    it.pass(std::chrono::ceil<std::chrono::milliseconds>(
        until - it.script().now.steady));
    given_up = given_up || it.last().give_up;
    ++ticks;
    REQUIRE(ticks < 100);
  }
  CHECK(given_up);
}

TEST_CASE("no line of any kind is kept for ever") {
  siege it;
  it.script().welcome();
  it.script().joined("#a");
  std::vector<std::string> kinds{
      "ACCOUNT", "AUTHENTICATE", "AWAY",    "BATCH",  "CHGHOST", "ERROR",
      "FAIL",    "INVITE",       "JOIN",    "KICK",   "KILL",    "MARKREAD",
      "MODE",    "NICK",         "NOTE",    "NOTICE", "PART",    "PING",
      "PONG",    "PRIVMSG",      "QUIT",    "REDACT", "RENAME",  "SETNAME",
      "TAGMSG",  "TOPIC",        "WALLOPS", "WARN"};
  // Those of registration, of commands and errors, of MONITOR and SASL.
  for (std::size_t n = 1; n < 1000; n = n == 10 ? 200 : n == 520 ? 670 : n + 1)
    kinds.push_back(number(1000 + n).substr(1));
  constexpr std::size_t count = 12;
  const std::string filler(3900, 'x');
  // The first time fills what is bounded.
  for (const bool is_first : {true, false})
    for (const auto& kind : kinds) {
      it.command("#a", "/whois bob");
      it.command("#a", "/names");
      it.command("#a", "/list");
      const auto grown = it.growth(count, [&](std::size_t n) {
        const auto id = number(n);
        const auto source = ":n" + id + "!u@h" + id + " ";
        return "@msgid=" + id + ";label=" + id + ";+draft/react=" + id + " "
               + source + kind + " superman #c" + id + " n" + id + " :"
               + filler;
      });
      CAPTURE(kind);
      if (!is_first)
        CHECK(grown < count * filler.size() / 2);
      it.pass(61s);
    }
}
