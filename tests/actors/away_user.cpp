// SPDX-License-Identifier: Apache-2.0
#include "actors/away_user.hpp"

#include "small_fleet.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

// A session does not know on which node its user lives.

namespace {

strings seqs_of(const strings& frames) {
  strings result;
  for (const auto& each : frames)
    result.push_back(member_of(each, "seq"));
  return result;
}

/// The numbers behind `first`, so many.
strings behind(protocol::event_seq first, std::size_t count) {
  strings result;
  for (std::size_t n = 1; n <= count; ++n)
    result.push_back(std::to_string(first + n));
  return result;
}

} // namespace

// -- the stream ---------------------------------------------------------------

TEST_CASE("who is elsewhere is shown what is shown at home, byte for byte") {
  somebody_away it;
  const auto here = it.open(0);
  const auto there = it.open(1);
  const auto here_iso = it.open(0, {{"ts", "iso"}});
  const auto there_iso = it.open(1, {{"ts", "iso"}});
  here->take();
  for (auto n = 0; n < 3; ++n)
    it.bob_says("hello " + std::to_string(n));
  it.irc->tell("@+typing=active :bob!b@host TAGMSG #room");
  it.irc->tell(":bob!b@host PART #room :bye");
  it.run();
  const auto frames = here->take();
  CHECK(frames.size() >= 4);
  CHECK(there->take() == frames);
  const auto iso = here_iso->take();
  CHECK(iso.size() == frames.size());
  CHECK(iso != frames);
  CHECK(there_iso->take() == iso);
}

TEST_CASE("load and send work from elsewhere, and an answer is behind its"
          " events") {
  somebody_away it;
  const auto here = it.open(0);
  const auto there = it.open(1);
  here->load();
  it.run();
  there->load();
  it.run();
  CHECK(there->take() == here->take());
  there->say("hi", "#room", "7");
  it.run();
  CHECK(it.irc->take() == strings{"PRIVMSG #room :hi"});
  const auto told = there->take_short();
  REQUIRE(told.size() == 2);
  CHECK(told[0].ends_with("private hi"));
  CHECK(told[1] == "sent 7");
  CHECK(here->take_short() == strings{told[0]});
}

TEST_CASE("what the bus has lost is read from the journal") {
  somebody_away it;
  const auto there = it.open(1);
  const auto start = it.last();
  it.bob_says("1");
  it.hub.lose(it.events(), 2);
  it.bob_says("2");
  it.bob_says("3");
  CHECK(seqs_of(there->take()) == behind(start, 1));
  it.bob_says("4");
  const auto frames = there->take();
  CHECK(seqs_of(frames) == behind(start + 1, 3));
  CHECK(member_of(frames[0], "message") == "2");
  CHECK_FALSE(there->closed);
}

TEST_CASE("the last one that was lost is missed within seconds") {
  somebody_away it;
  const auto there = it.open(1);
  const auto start = it.last();
  it.hub.lose(it.events(), 1);
  it.bob_says("1");
  CHECK(there->take().empty());
  it.advance(away_user_state::keep_pause);
  CHECK(seqs_of(there->take()) == behind(start, 1));
}

TEST_CASE("a long gap is read in pages") {
  somebody_away it;
  const auto there = it.open(1);
  const auto start = it.last();
  it.hub.lose(it.events(), 5'000);
  for (auto n = 0; n < 700; ++n)
    it.irc->tell(":bob!b@host PRIVMSG #room :" + std::to_string(n));
  it.run();
  it.hub.lose(it.events(), 0);
  it.bob_says("last");
  CHECK(seqs_of(there->take()) == behind(start, 701));
}

TEST_CASE("what comes twice is shown once") {
  somebody_away it;
  const auto there = it.open(1);
  const auto start = it.last();
  it.hub.repeat(it.events());
  it.bob_says("1");
  it.bob_says("2");
  CHECK(seqs_of(there->take()) == behind(start, 2));
}

TEST_CASE("an answer waits for an event that the bus has lost") {
  somebody_away it;
  const auto there = it.open(1);
  it.hub.lose(it.events(), 1);
  there->say("hi", "#room", "7");
  it.run();
  const auto told = there->take_short();
  REQUIRE(told.size() == 2);
  CHECK(told[0].ends_with("private hi"));
  CHECK(told[1] == "sent 7");
}

TEST_CASE("who comes back elsewhere gets what was missed, and no more") {
  somebody_away it;
  const auto start = it.last();
  it.bob_says("1");
  it.bob_says("2");
  const auto there = it.open(1, {{"since", std::to_string(start)},
                                 {"stream", "stream of ann@example.org"}});
  for (auto n = 0; n < 3 && there->sent_asked > 0; ++n) {
    there->sent_asked = 0;
    there->observer->on_sent();
    it.run();
  }
  it.bob_says("3");
  const auto frames = there->take();
  REQUIRE(frames.size() == 4);
  CHECK(member_of(frames[0], "resumed") == "true");
  CHECK(seqs_of({frames.begin() + 1, frames.end()}) == behind(start, 3));
}

TEST_CASE("a second session elsewhere joins the stream where it is") {
  somebody_away it;
  const auto one = it.open(1);
  it.bob_says("1");
  it.hub.lose(it.events(), 1);
  it.bob_says("2");
  const auto start = it.last();
  const auto two = it.open(1);
  it.bob_says("3");
  CHECK(seqs_of(two->take()) == behind(start, 1));
  CHECK(one->take().size() == 3);
}

TEST_CASE("an event that is nowhere closes the sessions") {
  somebody_away it;
  const auto there = it.open(1);
  it.hub.lose(it.events(), 1);
  it.bob_says("1");
  it.store->clear_history(it.user, "irc-example", "#room", it.last(), 100);
  it.advance(30s);
  REQUIRE(there->closed);
  CHECK(there->closed->code == 1012);
  CHECK(there->closed->reason == "Events were lost: connect again.");
}

// -- REST ---------------------------------------------------------------------

TEST_CASE("REST is the same on every node") {
  somebody_away it;
  for (const auto* target :
       {"/api/user?connections=1&conversations=1", "/api/connections",
        "/api/conversations", "/api/connection/irc-example"}) {
    const auto here = it.rest(0, "GET", target);
    const auto there = it.rest(1, "GET", target);
    REQUIRE(here->size() == 1);
    REQUIRE(there->size() == 1);
    CHECK(there->at(0).status == here->at(0).status);
    CHECK(there->at(0).body == here->at(0).body);
  }
  const auto wrong =
      it.rest(1, "POST", "/api/connection/irc-nowhere", R"({"url":"x"})");
  CHECK(wrong->at(0).status == 404);
  const auto made =
      it.rest(1, "POST", "/api/connections",
              R"({"url":"irc://irc.other.net:6697","wanted_state":)"
              R"("disconnected"})");
  REQUIRE(made->size() == 1);
  CHECK_MESSAGE(made->at(0).status == 200, made->at(0).body);
  CHECK(it.store->load_user(it.user)->connections.size() == 2);
  // Nobody who lives here was started for it.
  CHECK(it.node_at(1).connector.links.empty());
}

// -- when the home goes -------------------------------------------------------

TEST_CASE("a send whose home dies before its answer is unknown, the next one is"
          " not done") {
  somebody_away it;
  const auto there = it.open(1);
  there->take();
  it.hub.lose("nothing", 0);
  there->say("hi", "#room", "7");
  it.node_at(0).hold(it.node_at(0).home->archive);
  it.run();
  it.ports[0]->cut();
  it.advance(away_user_state::keep_pause);
  const auto frames = there->take();
  REQUIRE(frames.size() == 1);
  CHECK(member_of(frames[0], "id") == "7");
  CHECK(member_of(frames[0], "code") == "unknown");
  there->say("again", "#room", "8");
  it.run();
  const auto refused = there->take();
  REQUIRE(refused.size() == 1);
  CHECK(member_of(refused[0], "id") == "8");
  CHECK(member_of(refused[0], "code") == "again");
  CHECK_FALSE(there->closed);
  it.node_at(0).let_go(it.node_at(0).home->archive);
  it.ports[0]->mend();
  it.run();
}

TEST_CASE("a send of which nobody heard is not done") {
  somebody_away it;
  const auto there = it.open(1);
  it.ports[0]->cut();
  there->say("hi", "#room", "7");
  it.run();
  const auto frames = there->take();
  REQUIRE(frames.size() == 1);
  CHECK(member_of(frames[0], "code") == "again");
  it.ports[0]->mend();
}

TEST_CASE("whoever is off the bus says so at once") {
  somebody_away it;
  const auto there = it.open(1);
  it.ports[1]->cut();
  there->say("hi", "#room", "7");
  it.run();
  CHECK(member_of(there->take().at(0), "code") == "again");
  // What was shown meanwhile comes with the bus.
  const auto start = it.last();
  it.bob_says("1");
  CHECK(there->take().empty());
  it.ports[1]->mend();
  it.advance(5s);
  CHECK(seqs_of(there->take()) == behind(start, 1));
  CHECK_FALSE(there->closed);
}

TEST_CASE("an answer that the bus has lost is unknown within seconds") {
  somebody_away it;
  const auto there = it.open(1);
  there->say("hi", "#room", "7");
  it.node_at(1).settle();
  it.hub.run();
  // It has gone out, and nobody hears that.
  it.ports[0]->cut();
  it.node_at(0).settle();
  it.ports[0]->mend();
  it.advance(away_user_state::keep_pause);
  const auto told = there->take();
  REQUIRE(told.size() == 2);
  CHECK(member_of(told[0], "id") == "7");
  CHECK(member_of(told[0], "code") == "unknown");
  CHECK(member_of(told[1], "message") == "hi");
}

TEST_CASE("when the user moves to a third node, their sessions stay") {
  somebody_away it{3};
  const auto there = it.open(1);
  const auto start = it.last();
  it.bob_says("1");
  it.ports[0]->cut();
  it.move_to(2);
  it.node_at(2).connector.last().accept();
  it.run();
  it.advance(away_user_state::keep_pause + 5s);
  const auto seen = there->take();
  CHECK(seqs_of(seen) == behind(start, it.last() - start));
  CHECK_FALSE(there->closed);
  there->load();
  it.run();
  CHECK(there->take_short() == strings{"load l"});
  it.ports[0]->mend();
}

TEST_CASE("what a new home answers before it is known to be one is behind its"
          " events") {
  somebody_away it{3};
  const auto there = it.open(1);
  const auto start = it.last();
  it.ports[0]->cut();
  it.move_to(2);
  it.node_at(2).connector.last().accept();
  it.run();
  REQUIRE(it.last() > start);
  CHECK(there->take().empty());
  there->load();
  it.run();
  auto seen = there->take();
  REQUIRE_FALSE(seen.empty());
  CHECK(member_of(seen.back(), "event") == "load");
  CHECK(member_of(seen.back(), "seq") == std::to_string(it.last()));
  seen.pop_back();
  CHECK(seqs_of(seen) == behind(start, it.last() - start));
  // And it goes on from there.
  it.irc = &it.node_at(2).connector.last();
  const auto next = it.last();
  it.irc->tell(":irc.example.net 001 ann :Welcome");
  it.run();
  CHECK(it.last() > next);
  CHECK(seqs_of(there->take()) == behind(next, it.last() - next));
  CHECK_FALSE(there->closed);
  it.ports[0]->mend();
}

TEST_CASE("when the user moves in here, their sessions come back") {
  somebody_away it;
  const auto there = it.open(1);
  it.ports[0]->cut();
  it.move_to(1);
  REQUIRE(there->closed);
  CHECK(there->closed->code == 1012);
  const auto again = it.open(1);
  again->load();
  it.run();
  CHECK(again->take_short().back() == "load l");
  it.ports[0]->mend();
}

TEST_CASE("REST waits for a home that moves, but not for ever") {
  somebody_away it{3};
  it.ports[0]->cut();
  const auto early = it.rest(1, "GET", "/api/connections");
  CHECK(early->empty());
  it.move_to(2);
  it.advance(5s);
  REQUIRE(early->size() == 1);
  CHECK(early->at(0).status == 200);
  it.ports[2]->cut();
  const auto late = it.rest(1, "GET", "/api/connections");
  it.advance(away_user_state::patience + 5s);
  REQUIRE(late->size() == 1);
  CHECK(late->at(0).status == 503);
  it.ports[0]->mend();
  it.ports[2]->mend();
}

TEST_CASE("a session that comes while there is no home is sent away in time") {
  somebody_away it;
  it.ports[0]->cut();
  const auto there = it.open(1);
  CHECK_FALSE(there->closed);
  it.advance(away_user_state::patience + away_user_state::keep_pause);
  REQUIRE(there->closed);
  CHECK(there->closed->code == 1012);
  it.ports[0]->mend();
}

TEST_CASE("a home that was lost when nobody needed it any more is found") {
  somebody_away it{3};
  const auto first = it.open(1);
  it.ports[0]->cut();
  it.advance(away_user_state::keep_pause);
  first->gone();
  it.advance(2 * away_user_state::longest_search_pause);
  SUBCASE("by the next session") {
    it.move_to(2);
    const auto next = it.open(1);
    it.advance(1s);
    next->load();
    it.run();
    CHECK_FALSE(next->closed);
    const auto seen = next->take_short();
    REQUIRE_FALSE(seen.empty());
    CHECK(seen.back() == "load l");
  }
  SUBCASE("by REST") {
    it.move_to(2);
    const auto told = it.rest(1, "GET", "/api/connections");
    it.advance(1s);
    REQUIRE(told->size() == 1);
    CHECK(told->at(0).status == 200);
  }
  it.ports[0]->mend();
}

TEST_CASE(
    "a search that was due when nobody needed it any more is begun anew") {
  somebody_away it{3};
  it.ports[0]->cut();
  const auto late = it.open(1);
  // The last search was four seconds before that.
  it.advance(away_user_state::patience);
  REQUIRE(late->closed);
  it.advance(5s);
  it.move_to(2);
  const auto told = it.rest(1, "GET", "/api/connections");
  it.advance(1s);
  REQUIRE(told->size() == 1);
  CHECK(told->at(0).status == 200);
  it.ports[0]->mend();
}

TEST_CASE("a home that is silent is lost after two words") {
  somebody_away it;
  const auto there = it.open(1);
  there->say("hi", "#room", "7");
  it.hub.lose(it.commands(), 1'000);
  it.advance(away_user_state::keep_pause + 3 * away_user_state::keep_deadline);
  const auto frames = there->take();
  REQUIRE_FALSE(frames.empty());
  it.hub.lose(it.commands(), 0);
  it.advance(2 * away_user_state::longest_search_pause);
  there->load();
  it.run();
  CHECK(there->take_short().back() == "load l");
}

// -- who comes and goes -------------------------------------------------------

TEST_CASE("a login that ends elsewhere ends its sessions everywhere") {
  somebody_away it{3};
  const auto home = it.open(0);
  const auto one = it.open(1);
  const auto two = it.open(2);
  caf::anon_send(it.node_at(2).home->post_office,
                 actors::revoke{hash_token("token"), it.user});
  it.run();
  for (const auto& each : {home, one, two}) {
    REQUIRE(each->closed);
    CHECK(each->closed->code == 1008);
  }
}

TEST_CASE("there is a bound to the sessions of one node") {
  auto config = deterministic::quick();
  config.max_sessions_per_user = 2;
  somebody_away it{2, config};
  const auto one = it.open(1);
  const auto two = it.open(1, {{"ts", "iso"}});
  const auto three = it.open(1);
  CHECK_FALSE(one->closed);
  CHECK_FALSE(two->closed);
  REQUIRE(three->closed);
  CHECK(three->closed->reason == "Too many sessions.");
}

TEST_CASE("when the last session has gone nothing is left of it") {
  somebody_away it;
  it.advance(1min);
  const auto timers = it.node_at(1).pending_timers();
  const auto listens = [&](std::size_t n) {
    return it.hub.heard_by(it.ports[n].get());
  };
  const auto there = it.open(1);
  CHECK(listens(1) == strings{"convoy.all", it.events()});
  there->gone();
  it.run();
  CHECK(listens(1) == strings{"convoy.all"});
  it.advance(10min);
  CHECK(it.node_at(1).pending_timers() == timers);
  // And at home nobody listens for them any more.
  const auto shown = it.hub.heard_by(it.ports[0].get());
  CHECK(shown == strings{"convoy.all", it.commands()});
}

TEST_CASE("the home knows from where its person came last") {
  somebody_away it;
  it.open(1);
  CHECK(it.store->load_user(it.user)->account.remote_address == "192.0.2.2");
}
