// SPDX-License-Identifier: Apache-2.0
#include "tests/history/check.hpp"
#include "tests/history/faults.hpp"
#include "tests/history/good_run.hpp"

#include <doctest/doctest.h>

using namespace convoy::history;

namespace {

/// What the checker says, one violation a line.
std::string verdict(const std::vector<fact>& facts) {
  std::string result;
  for (const auto& each : check(facts))
    result += to_string(each) + '\n';
  return result;
}

/// A run with two sessions and some lines.
good_run begun() {
  good_run run;
  run.connect();
  run.open("s1");
  run.load("s1");
  run.tell();
  run.tell();
  return run;
}

} // namespace

TEST_CASE("a good history has no violation") {
  CHECK(verdict(good_run::whole()) == "");
}

TEST_CASE("every planted fault is found and named") {
  for (const auto& each : faults()) {
    CAPTURE(each.name);
    auto facts = good_run::whole();
    REQUIRE(each.plant(facts));
    const auto found = verdict(facts);
    CAPTURE(found);
    const auto name = std::string(to_string(each.broken)) + " ann";
    CHECK(("\n" + found).find("\n" + name) != std::string::npos);
  }
  std::size_t applied = 0;
  CHECK(missed_faults(good_run::whole(), applied).empty());
  CHECK(applied == faults().size());
}

TEST_CASE("counters are those of the journal behind what was read") {
  good_run run;
  run.connect();
  run.open("s");
  run.tell();
  run.show("bob", "hello ann!");
  run.show("bob", "hello anna");
  run.show("ann", "I am ann");
  auto facts = run.finish();
  auto& kept = std::get<counters_kept>(facts.back().what);
  CHECK(kept.unread == 3);
  kept.notifications = 1;
  // The line of the server is none that it has told.
  CHECK(verdict(facts).find("counters") == std::string::npos);
  kept.read_seq = 1;
  CHECK(verdict(facts).find("counters ann: #c has 3 unread, and the journal "
                            "behind 1 has 2\n")
        != std::string::npos);
  kept.unread = 2;
  CHECK(verdict(facts).find("counters") == std::string::npos);
  kept.notifications = 2;
  CHECK(verdict(facts).find("counters ann: #c has 2 notifications, and the "
                            "journal behind 1 has 1\n")
        != std::string::npos);
}

TEST_CASE("a violation says whose it is, where, and what was seen") {
  auto run = begun();
  run.ping();
  auto facts = run.finish();
  // The last row; behind it are the counters.
  facts.resize(facts.size() - 2);
  CHECK(
      verdict(facts)
      == "P1 ann seq 2: s1 at 0.011 s saw private from bob \"line 2\", which "
         "is not in the journal\n"
         "P1 ann: line 2 of IRC connection 1 (\"line 2\", at 0.009 s) is not "
         "in the journal, but was read (PONG) and no node was killed since\n");
}

TEST_CASE("what was in flight when a node was killed may be lost") {
  auto run = begun();
  run.tell_only();
  run.kill();
  run.connect();
  run.tell();
  CHECK(verdict(run.finish()) == "");
}

TEST_CASE("what was read may be lost with its node only") {
  auto run = begun();
  run.tell_only();
  run.ping();
  SUBCASE("which is killed") {
    run.kill();
    CHECK(verdict(run.finish()) == "");
  }
  SUBCASE("which lives") {
    CHECK(verdict(run.finish()).starts_with("P1 ann: line 3"));
  }
  SUBCASE("which has committed a line of the next connection before") {
    run.disconnect();
    run.connect();
    run.tell();
    run.kill();
    CHECK(verdict(run.finish()).starts_with("P1 ann: line 3"));
  }
}

TEST_CASE("a hole in a connection's lines is found though a node was killed") {
  auto run = begun();
  run.tell_only();
  run.tell();
  run.kill();
  CHECK(verdict(run.finish()).starts_with("P1 ann: line 3"));
}

TEST_CASE("the answer that a crash took is unknown, written or not") {
  auto run = begun();
  run.ask("s1", "n");
  SUBCASE("written") {
    run.hear("n");
  }
  SUBCASE("not written") {}
  run.kill();
  run.connect();
  run.resume("s2", "s1");
  run.ask("s2", "n");
  run.answer("s2", false, "unknown");
  run.keep("n", false);
  CHECK(verdict(run.finish()) == "");
}

TEST_CASE("unknown is no excuse to write twice") {
  auto run = begun();
  run.ask("s1", "n");
  run.hear("n");
  run.kill();
  run.connect();
  run.resume("s2", "s1");
  run.ask("s2", "n");
  run.hear("n");
  run.answer("s2", false, "unknown");
  CHECK(verdict(run.finish()).starts_with("P4 ann nonce n: "));
}

TEST_CASE("what is said again may be written without an answer") {
  auto run = begun();
  run.ask("s1", "n");
  run.answer("s1", false, "store");
  SUBCASE("it was said again") {
    run.ask("s1", "n");
    run.hear("n");
    run.kill();
    run.connect();
    run.resume("s2", "s1");
    CHECK(verdict(run.finish()) == "");
  }
  SUBCASE("it was not") {
    run.hear("n");
    CHECK(verdict(run.finish()).starts_with("P4 ann nonce n: "));
  }
}

TEST_CASE("who was told that the store is away may try again") {
  auto run = begun();
  run.ask("s1", "n");
  run.answer("s1", false, "store");
  CHECK(verdict(run.finish()) == "");
  run.say("s1", "n");
  CHECK(verdict(run.finish()) == "");
}

TEST_CASE("what was refused must not be written") {
  auto run = begun();
  run.ask("s1", "n");
  run.answer("s1", false);
  CHECK(verdict(run.finish()) == "");
  run.hear("n");
  CHECK(verdict(run.finish()).starts_with("P4 ann nonce n: "));
}

TEST_CASE("a session that was closed needs no answer") {
  auto run = begun();
  run.ask("s1", "");
  CHECK(verdict(run.finish()).starts_with("P4 ann: "));
  run.close("s1");
  CHECK(verdict(run.finish()) == "");
}

TEST_CASE("lines that we have not read were perhaps written") {
  auto run = begun();
  run.ask("s1", "n");
  run.show("ann", "said n");
  run.answer("s1", true);
  run.keep("n", true);
  CHECK(verdict(run.finish()).starts_with("P4 ann nonce n: "));
  run.note(irc_closed{1, false});
  CHECK(verdict(run.finish()) == "");
}

TEST_CASE("what was said later than such a connection was not on it") {
  auto run = begun();
  run.note(irc_closed{1, false});
  run.connect();
  run.ask("s1", "n");
  run.show("ann", "said n");
  run.answer("s1", true);
  run.keep("n", true);
  CHECK(verdict(run.finish()).starts_with("P4 ann nonce n: "));
}

TEST_CASE("a session at the end of the run has everything") {
  auto run = begun();
  run.resume("s2", "s1");
  auto facts = run.finish();
  content extra{"join", "c", "", "", "", 99, 0};
  facts.push_back({facts.back().at, journal_has{"ann", 3, extra}});
  const auto found = verdict(facts);
  CHECK(found.find("P2 ann seq 3: s1") != std::string::npos);
  CHECK(found.find("P2 ann seq 3: s2") != std::string::npos);
}

TEST_CASE("a hole is fine when it was told") {
  auto run = begun();
  run.note(session_opened{"s2", "ann", "a", 1, "S"});
  run.note(session_resumed{"s2", false, "S", 0, 2});
  SUBCASE("for the numbers were deleted") {
    run.note(journal_cleared{"ann", 1, 1});
    auto facts = run.finish();
    std::erase_if(facts, [](const fact& each) {
      const auto* row = std::get_if<journal_has>(&each.what);
      return row && row->seq == 1;
    });
    // The line itself is gone with its number, and that is what was asked for.
    CHECK(verdict(facts) == "");
  }
  SUBCASE("but not without a reason") {
    CHECK(verdict(run.finish()).starts_with("P3 ann seq 1: s2"));
  }
}

TEST_CASE("a user whose home is lost may lose what was read there") {
  auto run = begun();
  run.note(node_started{"b"});
  run.tell_only();
  run.ping();
  SUBCASE("when it was theirs") {
    run.note(home_lost{"ann", "a", {}});
    CHECK(verdict(run.finish()) == "");
  }
  SUBCASE("but not with somebody else's") {
    run.note(home_lost{"bob", "a", {}});
    run.note(node_killed{"b"});
    CHECK(verdict(run.finish()).starts_with("P1 ann: line 3"));
  }
}

TEST_CASE("a node whose users are lost may not know for a while") {
  good_run run;
  run.note(node_started{"b"});
  run.open("s1");
  run.load("s1");
  const auto come_from = [&](const std::string& node) {
    run.note(home_lost{"ann", "a", {}, std::chrono::milliseconds(2)});
    run.connect(node);
    run.tell_only();
    run.ping();
  };
  SUBCASE("and connect, and lose what was read") {
    come_from("a");
    CHECK(verdict(run.finish()) == "");
  }
  SUBCASE("which another one may not") {
    come_from("b");
    CHECK(verdict(run.finish()).starts_with("P1 ann: line 1"));
  }
}

TEST_CASE("a connection of the node that was lost is not one that came back") {
  auto run = begun();
  run.note(node_started{"b"});
  const std::chrono::milliseconds grace{4};
  run.note(home_lost{"ann", "a", std::chrono::milliseconds(5), grace});
  run.connect("a");
  run.disconnect();
  SUBCASE("while it does not know") {
    CHECK(verdict(run.finish()).starts_with("P6 ann: lived on a"));
  }
  SUBCASE("but the other's is") {
    run.connect("b");
    CHECK(verdict(run.finish()) == "");
  }
}

TEST_CASE("a user of a dead node is on IRC again in time") {
  auto run = begun();
  const auto lose = [&](int milliseconds) {
    run.note(home_lost{"ann", "a", std::chrono::milliseconds(milliseconds)});
    run.disconnect();
  };
  SUBCASE("soon enough") {
    lose(3);
    run.connect();
    CHECK(verdict(run.finish()) == "");
  }
  SUBCASE("too late") {
    lose(2);
    run.connect();
    CHECK(verdict(run.finish())
          == "P6 ann: lived on a, which was lost at 0.012 s, and was on IRC "
             "again after 3 ms; it must not take more than 2 ms\n");
  }
  SUBCASE("never") {
    lose(2);
    CHECK(verdict(run.finish()).starts_with("P6 ann: "));
  }
  SUBCASE("when the next home is lost, too, its time counts") {
    lose(2);
    lose(3);
    run.connect();
    CHECK(verdict(run.finish()) == "");
  }
}

TEST_CASE("two connections of one user are one too many") {
  auto run = begun();
  run.note(irc_opened{2, "bob", {}, 1});
  CHECK(verdict(run.finish())
        == "P5 bob: IRC connection 2 was accepted at 0.000 s, when 1 had not "
           "been ended\n");
}

TEST_CASE("in a fleet the home may know what another node did not") {
  auto run = begun();
  run.ask("s1", "n");
  run.hear("n");
  run.show("ann", "said n");
  run.answer("s1", false, "unknown");
  run.repeat("s1", "n");
  run.keep("n", true);
  CHECK(verdict(run.finish()).starts_with("P4 ann nonce n: "));
  run.note(node_started{"b"});
  CHECK(verdict(run.finish()) == "");
  SUBCASE("but what is known stays known") {
    run.ask("s1", "n");
    run.answer("s1", false);
    CHECK(verdict(run.finish()).starts_with("P4 ann nonce n: "));
  }
}

TEST_CASE("a fact is readable") {
  CHECK(to_json({std::chrono::milliseconds(1250),
                 session_opened{"s1", "ann", "a", 7, "S"}})
        == R"({"at":1.25,"fact":"session_opened","session":"s1",)"
           R"("user":"ann","node":"a","since":7,"stream":"S"})");
  CHECK(
      to_json({std::chrono::seconds(2),
               session_saw{"s1", 3, {"private", "c", "#c", "bob", "hi", 5, 9}}})
      == R"({"at":2.0,"fact":"session_saw","session":"s1","seq":3,)"
         R"("type":"private","connection":"c","conversation":"#c",)"
         R"("from":"bob","text":"hi","time":5,"digest":9})");
}
