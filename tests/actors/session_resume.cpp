// SPDX-License-Identifier: Apache-2.0
#include "actors/session.hpp"
#include "coming_back.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

// Promise P3: who comes back gets what was missed, and then what is live,
// without a gap or a repeat.

namespace {

std::string resumed(protocol::event_seq since, protocol::event_seq seq) {
  return R"({"event":"resume","resumed":true,"stream":"stream of)"
         R"( ann@example.org","since":)"
         + std::to_string(since) + ",\"seq\":" + std::to_string(seq) + "}";
}

std::string not_resumed(protocol::event_seq seq) {
  return R"({"event":"resume","resumed":false,"stream":"stream of)"
         R"( ann@example.org","seq":)"
         + std::to_string(seq) + "}";
}

/// Checks that `frames` from the second on are the events `first` to `last`,
/// each once.
void check_events(const strings& frames, protocol::event_seq first,
                  protocol::event_seq last) {
  REQUIRE(frames.size() == last - first + 2);
  for (auto n = first; n <= last; ++n)
    if (member_of(frames[n - first + 1], "seq") != std::to_string(n))
      FAIL(frames[n - first + 1] << " stands where " << n << " should");
}

} // namespace

// -- whether there is anything to resume --------------------------------------

TEST_CASE("who does not ask gets no resume frame") {
  coming_back it;
  const auto socket = it.open({});
  it.world.run();
  CHECK(socket->take().empty());
  it.bob_says(1);
  CHECK(socket->take().size() == 1);
}

TEST_CASE("what was missed comes behind the resume frame, then the rest") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(3);
  const auto socket = it.resume(since);
  const auto frames = it.read_all(*socket);
  REQUIRE_FALSE(frames.empty());
  CHECK(frames[0] == resumed(since, since + 3));
  check_events(frames, since + 1, since + 3);
  it.bob_says(2);
  const auto live = socket->take();
  REQUIRE(live.size() == 2);
  CHECK(member_of(live[0], "seq") == std::to_string(since + 4));
  CHECK(member_of(live[1], "seq") == std::to_string(since + 5));
  CHECK_FALSE(socket->closed);
}

TEST_CASE("what is missed is written as what is live") {
  coming_back it;
  const auto other = it.open({});
  const auto iso = it.open({{"ts", "iso"}});
  it.world.run();
  const auto since = it.last();
  it.irc->tell({":bob!b@host PRIVMSG #room :ann: \xc3\xa4\\\"",
                ":bob!b@host TOPIC #room :new topic",
                ":bob!b@host PART #room :bye"});
  it.world.run();
  const auto point = std::to_string(since);
  const auto late = it.resume(since);
  const auto late_iso =
      it.open({{"since", point}, {"stream", stream}, {"ts", "iso"}});
  auto frames = it.read_all(*late);
  frames.erase(frames.begin());
  CHECK(frames == other->take());
  CHECK(frames.size() >= 3);
  frames = it.read_all(*late_iso);
  frames.erase(frames.begin());
  CHECK(frames == iso->take());
}

TEST_CASE("who has missed nothing is told so") {
  coming_back it;
  const auto socket = it.resume(it.last());
  CHECK(it.read_all(*socket) == strings{resumed(it.last(), it.last())});
  CHECK(socket->sent_asked == 0);
  it.bob_says(1);
  CHECK(socket->take().size() == 1);
}

TEST_CASE("a place that is none, of another stream or ahead is not resumed") {
  coming_back it;
  const auto seq = it.last();
  using pairs = std::vector<std::pair<std::string, std::string>>;
  for (const auto& query :
       {pairs{{"since", "1"}}, pairs{{"since", "1"}, {"stream", ""}},
        pairs{{"since", "1"}, {"stream", "other"}},
        pairs{{"since", ""}, {"stream", stream}},
        pairs{{"since", "-1"}, {"stream", stream}},
        pairs{{"since", "1x"}, {"stream", stream}},
        pairs{{"since", "99999999999999999999"}, {"stream", stream}},
        pairs{{"since", std::to_string(seq + 1)}, {"stream", stream}}}) {
    const auto socket = it.open(query);
    CHECK(it.read_all(*socket) == strings{not_resumed(seq)});
  }
  it.bob_says(1);
  for (const auto& each : it.sockets)
    CHECK(each->take().size() == 1);
}

TEST_CASE("who missed too much, or what is gone, loads anew") {
  auto config = deterministic::quick();
  config.max_resumed_events = 5;
  coming_back it{config};
  const auto since = it.last();
  it.bob_says(6);
  const auto far = it.resume(since);
  CHECK(it.read_all(*far) == strings{not_resumed(since + 6)});
  const auto near = it.resume(since + 1);
  check_events(it.read_all(*near), since + 2, since + 6);
  it.world.database->clear_history(it.user, "irc-example", "#room", since + 3,
                                   100);
  const auto holed = it.resume(since + 2);
  CHECK(it.read_all(*holed) == strings{not_resumed(since + 6)});
  const auto behind = it.resume(since + 3);
  check_events(it.read_all(*behind), since + 4, since + 6);
  it.bob_says(1);
  for (const auto& each : it.sockets)
    CHECK(member_of(each->take().at(0), "seq") == std::to_string(since + 7));
}

TEST_CASE("from the seq of a load on nothing is missed") {
  coming_back it;
  const auto first = it.open({});
  it.world.run();
  it.world.hold(it.world.writer);
  it.bob_says(2);
  first->load();
  it.world.run();
  CHECK(first->take().empty());
  it.world.let_go(it.world.writer);
  it.world.run();
  const auto seq = std::stoull(member_of(first->take().back(), "seq"));
  first->gone();
  it.bob_says(2);
  const auto again = it.resume(seq);
  check_events(it.read_all(*again), seq + 1, seq + 2);
}

// -- pages --------------------------------------------------------------------

TEST_CASE("much comes in parts, each when the one before has left") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(600);
  const auto socket = it.resume(since);
  it.world.run();
  CHECK(socket->payloads.size() == 257);
  CHECK(socket->sent_asked == 1);
  it.world.run();
  CHECK(socket->payloads.size() == 257);
  it.drain(*socket);
  CHECK(socket->payloads.size() == 513);
  it.drain(*socket);
  CHECK(socket->sent_asked == 0);
  check_events(socket->take(), since + 1, since + 600);
}

TEST_CASE("long events come in smaller parts") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(300, 400);
  const auto socket = it.resume(since);
  it.world.run();
  std::size_t most = 0;
  strings all;
  while (true) {
    std::size_t bytes = 0;
    for (auto& each : socket->take()) {
      bytes += each.size();
      all.push_back(std::move(each));
    }
    most = std::max(most, bytes);
    if (socket->sent_asked == 0)
      break;
    it.drain(*socket);
  }
  CHECK(most < 80'000);
  check_events(all, since + 1, since + 300);
}

TEST_CASE("a hole that opens on the way closes the socket, and then it loads") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(600);
  const auto socket = it.resume(since);
  it.world.run();
  it.world.database->clear_history(it.user, "irc-example", "#room", since + 400,
                                   1000);
  it.drain(*socket);
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1012);
  CHECK(socket->closed->reason
        == "Events are gone: connect again and load anew.");
  check_events(socket->take(), since + 1, since + 256);
  const auto again = it.resume(since + 256);
  CHECK(it.read_all(*again) == strings{not_resumed(since + 600)});
}

TEST_CASE("a reader that does not answer closes the socket for another try") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(600);
  const auto early = it.resume(since);
  const auto late = it.resume(since);
  it.world.run();
  it.world.hold(it.world.home->readers[0]);
  it.drain(*late);
  const auto waiting = it.open({});
  it.world.run();
  it.world.advance(29s);
  CHECK_FALSE(late->closed);
  it.world.advance(1s);
  for (const auto& each : {late, waiting}) {
    REQUIRE(each->closed);
    CHECK(each->closed->code == 1012);
    CHECK(each->closed->reason == "The store does not answer: connect again.");
  }
  CHECK_FALSE(early->closed);
  it.world.let_go(it.world.home->readers[0]);
  it.world.run();
  CHECK(waiting->take().empty());
}

// -- what comes meanwhile -----------------------------------------------------

TEST_CASE("live events wait for those of the journal") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(300);
  const auto socket = it.resume(since);
  it.world.run();
  it.bob_says(5);
  CHECK(socket->payloads.size() == 257);
  check_events(it.read_all(*socket), since + 1, since + 305);
  it.bob_says(1);
  CHECK(member_of(socket->take().at(0), "seq") == std::to_string(since + 306));
}

TEST_CASE("events that come at any step of coming back come once") {
  for (auto steps = 0; steps < 40; ++steps) {
    CAPTURE(steps);
    coming_back it;
    const auto since = it.last();
    it.bob_says(3);
    const auto socket = it.resume(since);
    for (auto n = 0; n < steps; ++n)
      it.world.coordinator().try_run_once();
    for (auto n = 0; n < 4; ++n)
      it.irc->tell(":bob!b@host PRIVMSG #room :live");
    check_events(it.read_all(*socket), since + 1, since + 7);
  }
}

TEST_CASE("thousands that come meanwhile make neither a gap nor a repeat") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(2000);
  auto expected = since + 2000;
  const auto socket = it.resume(since);
  it.world.run();
  // Faster than it reads for a while, then slower, of many sizes.
  for (const auto burst : {700, 500, 1, 0, 1500, 90, 0, 3, 0, 40, 0, 0}) {
    for (auto n = 0; n < burst; n += 100)
      it.bob_says(static_cast<std::size_t>(std::min(100, burst - n)));
    expected += static_cast<protocol::event_seq>(burst);
    if (socket->sent_asked > 0)
      it.drain(*socket);
  }
  check_events(it.read_all(*socket), since + 1, expected);
  CHECK_FALSE(socket->closed);
  it.bob_says(1);
  CHECK(member_of(socket->take().at(0), "seq") == std::to_string(expected + 1));
}

TEST_CASE("whoever reads slowly makes nobody else wait and loses nothing") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(300);
  const auto slow = it.resume(since);
  const auto quick = it.open({});
  it.world.run();
  quick->take();
  for (auto n = 0; n < 50; ++n)
    it.bob_says(100);
  CHECK(quick->take().size() == 5000);
  CHECK(slow->payloads.size() == 257);
  check_events(it.read_all(*slow), since + 1, since + 5300);
}

TEST_CASE("passing events come behind the resume frame or not at all") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(2);
  const auto socket = it.resume(since);
  it.irc->tell("@+typing=active :bob!b@host TAGMSG #room");
  const auto frames = it.read_all(*socket);
  REQUIRE(frames.size() >= 3);
  CHECK(frames[0] == resumed(since, since + 2));
}

// -- requests meanwhile -------------------------------------------------------

TEST_CASE("a ping is answered at once, a send when the stream is live") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(300);
  const auto socket = it.resume(since);
  it.world.run();
  socket->take();
  socket->ask(R"({"id":"p"})");
  socket->say("hello", "#room", "s");
  socket->load();
  it.world.settle();
  CHECK(socket->take_short() == strings{"pong p"});
  CHECK(socket->handled_requests == 1);
  CHECK(it.irc->take().empty());
  it.drain(*socket);
  it.world.settle();
  CHECK(it.irc->take() == strings{"PRIVMSG #room :hello"});
  CHECK(socket->handled_requests == 3);
  const auto frames = socket->take_short();
  REQUIRE(frames.size() == 47);
  CHECK(frames[44] == "load l");
  CHECK(frames[45] == std::to_string(since + 301) + " private hello");
  CHECK(frames[46] == "sent s");
}

TEST_CASE("nothing is answered before the resume frame") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(2);
  const auto socket = it.resume(since);
  socket->ask(R"({"id":"p"})");
  const auto frames = it.read_all(*socket);
  REQUIRE(frames.size() == 4);
  CHECK(frames[0] == resumed(since, since + 2));
}

TEST_CASE("a socket that goes while it catches up leaves nothing behind") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(600);
  const auto before = it.world.system().registry().running();
  const auto socket = it.resume(since);
  it.world.run();
  socket->ask(R"({"method":"load","id":"l"})");
  socket->gone();
  it.world.run();
  CHECK(it.world.system().registry().running() == before);
}

TEST_CASE("the end of the user's actor or of the node ends catching up") {
  coming_back it;
  const auto since = it.last();
  it.bob_says(600);
  const auto socket = it.resume(since);
  it.world.run();
  caf::anon_send_exit(it.world.user_actor(it.user), caf::exit_reason::kill);
  it.world.settle();
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1012);
  // What is on its way does not bring it back to life.
  socket->observer->on_sent();
  it.world.settle();
  CHECK(socket->take().size() == 257);
}
