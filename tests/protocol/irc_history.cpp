// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_history.hpp"

#include "protocol/json.hpp"
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

constexpr auto all_capabilities =
    "batch message-tags server-time draft/chathistory";

/// A session that was on a network with those capabilities, in `#a`, where the
/// message `m1` came, and lost it for a minute. What led there is forgotten.
struct away_for_a_minute {
  explicit away_for_a_minute(const std::string& capabilities,
                             const std::string& supports = "CHATHISTORY=3") {
    connect(capabilities, supports);
    it.server({":superman!sm@host JOIN #a", ":irc.example 366 superman #a :End",
               "@time=2026-11-22T07:00:01.123Z;msgid=m1 :bob!b@h PRIVMSG #a "
               ":seen"});
    it.state(connection_state::disconnected, "Connection closed.");
    it.pass(60s);
    it.forget();
    connect(capabilities, supports);
  }

  void connect(const std::string& capabilities, const std::string& supports) {
    it.connect();
    it.server({":irc.example CAP * LS :" + capabilities,
               ":irc.example CAP * ACK :" + capabilities,
               ":irc.example 001 superman :Welcome",
               ":irc.example 005 superman " + supports + " :are supported"});
  }

  /// Is in `#a` again.
  void rejoin() {
    it.forget();
    it.server({"@time=2026-11-22T07:10:00.000Z :superman!sm@host JOIN #a",
               ":irc.example 366 superman #a :End"});
  }

  /// A batch of history of `#a`.
  void history(const std::vector<std::string>& lines) {
    it.server(":irc.example BATCH +h chathistory #a");
    for (const auto& each : lines)
      it.server("@batch=h;" + each);
    it.server(":irc.example BATCH -h");
  }

  irc_script it;
};

std::string late(const std::string& second, const std::string& id,
                 const std::string& text) {
  return "time=2026-11-22T07:00:" + second + ".000Z;msgid=" + id
         + " :bob!b@h PRIVMSG #a :" + text;
}

} // namespace

TEST_CASE("marks tell messages apart, and the old ones are forgotten") {
  const auto parse = [](std::string_view text) {
    return *parse_irc_line(text);
  };
  const timestamp time{5s};
  const auto with_id = parse("@msgid=x :bob!b@h PRIVMSG #a :hi");
  CHECK(mark_of(with_id, time) == mark_of(with_id, time + 1s));
  const auto plain = parse(":bob!b@h PRIVMSG #a :hi");
  CHECK(mark_of(plain, time)
        == mark_of(parse(":BOB!other@h PRIVMSG #a :hi"), time));
  CHECK(mark_of(plain, time) != mark_of(plain, time + 1ms));
  CHECK(mark_of(plain, time)
        != mark_of(parse(":bob!b@h PRIVMSG #a :ho"), time));
  CHECK(mark_of(plain, time) != mark_of_own("hi"));
  irc_seen seen;
  CHECK_FALSE(seen.contains(1));
  for (std::uint64_t n = 1; n <= irc_seen::limit; ++n)
    seen.add(n);
  CHECK(seen.contains(1));
  seen.add(1000);
  CHECK_FALSE(seen.contains(1));
  CHECK(seen.contains(2));
  CHECK(seen.contains(1000));
}

TEST_CASE("what was said meanwhile is asked for after the rejoin") {
  away_for_a_minute then(all_capabilities);
  CHECK(then.it.lines().ends_with("\nJOIN #a"));
  then.rejoin();
  CHECK(then.it.lines() == "CHATHISTORY AFTER #a msgid=m1 3");
  then.it.forget();
  then.history({late("02", "m2", "late")});
  CHECK(then.it.events()
        == R"(private #a <bob> late {"msgid":"m2","late":true})");
  // A page that is not full is the last one; then it is the turn of people.
  CHECK(
      then.it.lines().starts_with("CHATHISTORY TARGETS timestamp=2026-11-22T"));
}

TEST_CASE("topics and kicks that were missed are told, and change nothing") {
  away_for_a_minute then(all_capabilities);
  then.rejoin();
  then.it.server(":irc.example 332 superman #a :of today");
  then.it.forget();
  const std::string missed = "time=2026-11-22T07:05:";
  const std::string by = " :eve!e@h ";
  then.history({
      // What was told when it happened, before we left and after we came.
      "time=2026-11-22T07:01:00.000Z" + by + "TOPIC #a :of yesterday",
      missed + "01.000Z" + by + "JOIN #a",
      missed + "02.000Z;msgid=t1" + by + "TOPIC #a :of the morning",
      missed + "03.000Z" + by + "TOPIC #a :",
  });
  CHECK(then.it.events()
        == R"(notice #a <eve> changed the topic to: of the morning )"
           R"({"msgid":"t1","late":true})"
           "\n"
           R"(notice #a <eve> removed the topic {"late":true})");
  CHECK(then.it.conversation_state("#a") == "|of today");
  // A page that is full is not the last one.
  then.history({missed + "04.000Z" + by + "KICK #a bob :enough",
                missed + "05.000Z" + by + "KICK #a superman",
                missed + "06.000Z" + by + "NICK adam",
                "time=2026-11-22T07:10:01.000Z" + by + "KICK #a bob :again"});
  CHECK(then.it.events()
        == R"(notice #a <eve> kicked bob: enough {"late":true})"
           "\n"
           R"(notice #a <eve> kicked superman {"late":true})");
  CHECK(then.it.conversation_state("#a") == "|of today");
}

TEST_CASE("topics of a history that nobody is missing are not told") {
  away_for_a_minute then(all_capabilities);
  then.rejoin();
  then.history({});
  then.it.forget();
  then.history({"time=2026-11-22T07:05:00.000Z :eve!e@h TOPIC #a :old"});
  CHECK(then.it.events() == "");
}

TEST_CASE("late messages keep their time") {
  away_for_a_minute then(all_capabilities);
  then.rejoin();
  then.it.forget();
  then.history({late("02", "m2", "late")});
  REQUIRE(then.it.steps.events.size() == 1);
  CHECK(to_iso(then.it.steps.events[0].time) == "2026-11-22T07:00:02Z");
  CHECK(then.it.session.conversations().at("#a").last_msgid == "m2");
}

TEST_CASE("a full page is followed by the next one, up to a bound") {
  away_for_a_minute then(all_capabilities);
  then.rejoin();
  for (int page = 1; page <= 10; ++page) {
    const auto id = "p" + std::to_string(page) + "-";
    CHECK(then.it.lines()
          == "CHATHISTORY AFTER #a msgid="
                 + (page == 1 ? "m1" : "p" + std::to_string(page - 1) + "-3")
                 + " 3");
    then.it.forget();
    then.history({late("10", id + "1", "x"), late("11", id + "2", "x"),
                  late("12", id + "3", "x")});
  }
  REQUIRE(then.it.steps.events.size() == 4);
  then.it.steps.events.erase(then.it.steps.events.begin(),
                             then.it.steps.events.begin() + 3);
  CHECK(then.it.events()
        == "notice #a <irc-libera> Messages between 2026-11-22 07:00:12 and "
           "2026-11-22 07:10:00 UTC may be missing. "
           R"({"gap":{"from":"2026-11-22T07:00:12Z",)"
           R"("to":"2026-11-22T07:10:00Z"}})");
}

TEST_CASE("what has come live is not shown again and ends the repair") {
  away_for_a_minute then(all_capabilities);
  then.rejoin();
  then.it.server(
      "@time=2026-11-22T07:10:01.000Z;msgid=m4 :bob!b@h PRIVMSG #a :live");
  then.it.forget();
  then.history({late("02", "m2", "late"), late("03", "m3", "later"),
                "time=2026-11-22T07:10:01.000Z;msgid=m4 :bob!b@h PRIVMSG #a "
                ":live"});
  CHECK(then.it.events()
        == R"(private #a <bob> late {"msgid":"m2","late":true})"
           "\n"
           R"(private #a <bob> later {"msgid":"m3","late":true})");
  CHECK(then.it.lines().starts_with("CHATHISTORY TARGETS"));
  CHECK(then.it.session.conversations().at("#a").last_msgid == "m4");
}

TEST_CASE("without ids it goes by time, and knows what it has by its words") {
  away_for_a_minute then(all_capabilities,
                         "CHATHISTORY=3 MSGREFTYPES=timestamp");
  then.rejoin();
  CHECK(then.it.lines()
        == "CHATHISTORY AFTER #a timestamp=2026-11-22T07:00:01.123Z 3");
  then.it.server("@time=2026-11-22T07:10:01.000Z :eve!e@h PRIVMSG #a :live");
  then.it.forget();
  then.history({"time=2026-11-22T07:00:02.000Z :eve!e@h PRIVMSG #a :live",
                "time=2026-11-22T07:10:01.000Z :eve!e@h PRIVMSG #a :live"});
  CHECK(then.it.events() == R"(private #a <eve> live {"late":true})");
}

TEST_CASE("an id that the server has forgotten gives way to the time") {
  away_for_a_minute then(all_capabilities);
  then.rejoin();
  then.it.forget();
  then.it.server("FAIL CHATHISTORY INVALID_PARAMS AFTER :No such id");
  CHECK(then.it.lines()
        == "CHATHISTORY AFTER #a timestamp=2026-11-22T07:00:01.123Z 3");
  then.it.server("FAIL CHATHISTORY MESSAGE_ERROR AFTER #a :No history");
  CHECK(then.it.events().starts_with(
      "notice #a <irc-libera> Messages between 2026-11-22 07:"));
  CHECK(then.it.lines().starts_with("CHATHISTORY TARGETS"));
}

TEST_CASE("what was taken back meanwhile is taken back here") {
  away_for_a_minute then(all_capabilities);
  then.rejoin();
  then.it.forget();
  const std::string at = "time=2026-11-22T07:00:02.000Z ";
  then.history({at + ":bob!b@h REDACT #a m0 :not so",
                at + ":bob!b@h REDACT #elsewhere m1"});
  CHECK(then.it.events() == "redact #a bob m0: not so");
}

TEST_CASE("only what was said is taken from a replay") {
  away_for_a_minute then(all_capabilities);
  then.rejoin();
  then.it.forget();
  const std::string at = "time=2026-11-22T07:00:02.000Z ";
  then.history({at + ":superman!sm@host PART #a", at + ":eve!e@h JOIN #a",
                at + ":superman!sm@host NICK clark",
                at + ":bob!b@h PRIVMSG #a :\x01VERSION\x01",
                at
                    + ":bob!b@h PRIVMSG #a :\x01"
                      "ACTION waves\x01",
                at + ":superman!sm@host PRIVMSG #a :mine"});
  CHECK(then.it.events()
        == R"(action #a <bob> waves {"late":true})"
           "\n"
           R"(private #a <superman> mine {"late":true})");
  CHECK(then.it.session.nick() == "superman");
  CHECK(then.it.conversation_state("#a") == "|");
  CHECK(then.it.lines().find("NOTICE") == std::string::npos);
}

TEST_CASE("people who wrote meanwhile are asked for") {
  away_for_a_minute then(all_capabilities);
  then.rejoin();
  then.history({});
  CHECK(then.it.lines().ends_with(" 3"));
  then.it.forget();
  then.it.server({":irc.example BATCH +t draft/chathistory-targets",
                  "@batch=t :irc.example CHATHISTORY TARGETS #a "
                  "2026-11-22T07:00:05.000Z",
                  "@batch=t :irc.example CHATHISTORY TARGETS eve "
                  "2026-11-22T07:00:05.000Z",
                  ":irc.example BATCH -t"});
  CHECK(then.it.lines().starts_with("CHATHISTORY AFTER eve timestamp="));
  then.it.server({":irc.example BATCH +h chathistory eve",
                  "@batch=h;time=2026-11-22T07:00:05.000Z :eve!e@h PRIVMSG "
                  "superman :are you there?",
                  ":irc.example BATCH -h"});
  CHECK(then.it.events()
        == R"(private eve <eve> are you there? {"late":true})");
  CHECK(then.it.lines() == "");
}

TEST_CASE("where there is no history, a notice says what may be missing") {
  away_for_a_minute then("server-time");
  then.rejoin();
  CHECK(then.it.events().find("notice #a <irc-libera> Messages between ")
        != std::string::npos);
  CHECK(then.it.lines() == "");
  // Once: the next JOIN is none after a lost connection.
  then.it.server({":superman!sm@host PART #a", ":superman!sm@host JOIN #a"});
  CHECK(then.it.events().find("missing") == std::string::npos);
}

TEST_CASE("nothing is missing when a channel is joined first") {
  irc_script it;
  it.welcome();
  it.server(":superman!sm@host JOIN #a");
  CHECK(it.events() == "frozen #a [] []");
}

TEST_CASE("after a restart the gap begins when we were last seen") {
  auto settings = irc_script::default_settings();
  settings.memory = R"({"last_seen":"2026-11-22T07:00:00Z"})";
  irc_script it(std::move(settings), {irc_script::channel("#a")});
  it.welcome();
  it.server("@time=x :superman!sm@host JOIN #a");
  CHECK(it.events().find(
            "Messages between 2026-11-22 07:00:00 and 2026-11-22 07:01:27 UTC")
        != std::string::npos);
}

TEST_CASE("after a restart the newest message is known by its id") {
  auto settings = irc_script::default_settings();
  settings.memory = R"({"last_seen":"2026-11-22T07:00:00Z"})";
  auto known = irc_script::channel("#a");
  known.last_msgid = "m1";
  parse_time("2026-11-22T07:00:01Z", known.last_time);
  irc_script it(std::move(settings), {known});
  const std::string capabilities = all_capabilities;
  it.connect();
  it.server({":irc.example CAP * LS :" + capabilities,
             ":irc.example CAP * ACK :" + capabilities,
             ":irc.example 001 superman :Welcome", ":superman!sm@host JOIN #a",
             ":irc.example 366 superman #a :End"});
  CHECK(it.lines().ends_with("\nCHATHISTORY AFTER #a msgid=m1 100"));
  it.forget();
  it.server({":irc.example BATCH +h chathistory #a",
             "@batch=h;" + late("01", "m1", "seen"),
             "@batch=h;" + late("02", "m2", "late"), ":irc.example BATCH -h"});
  CHECK(it.events() == R"(private #a <bob> late {"msgid":"m2","late":true})");
}

TEST_CASE("a repair that breaks off goes on after the next connect") {
  away_for_a_minute then(all_capabilities);
  then.rejoin();
  then.it.server("@time=2026-11-22T07:10:01.000Z;msgid=m9 :bob!b@h PRIVMSG #a "
                 ":live");
  then.history(
      {late("02", "m2", "x"), late("03", "m3", "x"), late("04", "m4", "x")});
  then.it.state(connection_state::disconnected, "Connection closed.");
  then.connect(all_capabilities, "CHATHISTORY=3");
  then.rejoin();
  CHECK(then.it.lines() == "CHATHISTORY AFTER #a msgid=m4 3");
}

TEST_CASE("a bouncer is asked for all that it has kept") {
  const std::string znc = "batch server-time znc.in/playback";
  away_for_a_minute then(znc);
  then.rejoin();
  CHECK(then.it.lines() == "PRIVMSG *playback :PLAY * 1795330887");
  then.it.forget();
  then.it.server({":znc.in BATCH +z znc.in/playback #a",
                  "@batch=z;time=2026-11-22T07:00:01.123Z :bob!b@h PRIVMSG #a "
                  ":seen",
                  "@batch=z;time=2026-11-22T07:00:00.000Z :bob!b@h PRIVMSG #a "
                  ":older",
                  "@batch=z;time=2026-11-22T07:00:04.000Z :bob!b@h PRIVMSG #a "
                  ":newer",
                  ":znc.in BATCH -z"});
  CHECK(then.it.events() == R"(private #a <bob> newer {"late":true})");
}

TEST_CASE("own messages that are not echoed are not taken twice") {
  away_for_a_minute then(all_capabilities);
  then.rejoin();
  then.it.send("#a", "mine");
  then.it.forget();
  then.history({"time=2026-11-22T07:10:02.000Z;msgid=m5 :superman!sm@host "
                "PRIVMSG #a :mine"});
  CHECK(then.it.events() == "");
}
