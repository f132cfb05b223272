// SPDX-License-Identifier: Apache-2.0
#include "actors/user.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

// Number, commit, show: what the promises P1 and P2 rest on.

namespace {

using strings = std::vector<std::string>;

constexpr auto bob_says = ":bob!b@host PRIVMSG #room :";

std::string said(const std::string& text) {
  return bob_says + text;
}

/// An archive that refuses the first `failures` appends and passes on the rest.
caf::behavior failing_archive(caf::event_based_actor* self, caf::actor real,
                              std::shared_ptr<int> failures) {
  return {
      [=](const append& what) {
        if (*failures > 0) {
          --*failures;
          self->send(what.user, append_failed{what.mark, "disk full"});
          return;
        }
        self->send(real, what);
      },
      [=](const ping_store& what) { return self->delegate(real, what); },
      [=](const store_job& what) { return self->delegate(real, what); },
      [=](const save_connection& what) { return self->delegate(real, what); },
      [=](const set_remote_address& what) {
        return self->delegate(real, what);
      },
  };
}

struct talking {
  explicit talking(settings config = deterministic::quick(),
                   std::shared_ptr<int> failures = nullptr)
      : world(std::move(config), deterministic::empty_store(),
              [failures](caf::actor_system& system, caf::actor real) {
                return failures ? system.spawn(failing_archive, real, failures)
                                : real;
              }) {
    user = world.add_user("ann@example.org");
    world.add_connection(user, {"#room"});
    socket = world.open_socket();
    irc = &world.welcome();
    socket->take();
  }
  protocol::event_seq last() {
    return world.database->load_user(user)->last_seq;
  }

  deterministic world;
  protocol::user_id user{};
  std::shared_ptr<fake_websocket> socket;
  fake_irc_link* irc = nullptr;
};

std::vector<std::uint64_t> numbers_of(const strings& frames) {
  std::vector<std::uint64_t> result;
  for (const auto& each : frames)
    if (const auto seq = member_of(each, "seq");
        !seq.empty() && member_of(each, "event") != "load")
      result.push_back(std::stoull(seq));
  return result;
}

bool is_gapless(const std::vector<std::uint64_t>& numbers,
                std::uint64_t first) {
  for (const auto each : numbers)
    if (each != first++)
      return false;
  return true;
}

} // namespace

TEST_CASE("P1: nothing is shown before it is committed") {
  talking it;
  const auto before = it.last();
  it.world.hold(it.world.writer);
  it.irc->tell({said("one"), said("two")});
  it.world.settle();
  CHECK(it.socket->take().empty());
  CHECK(it.last() == before);
  it.world.let_go(it.world.writer);
  it.world.settle();
  const auto frames = it.socket->take();
  CHECK(numbers_of(frames) == std::vector{before + 1, before + 2});
  CHECK(it.last() == before + 2);
  store::history_query query;
  query.user = it.user;
  query.connection_id = "irc-example";
  query.conversation_id = "#room";
  const auto stored = it.world.database->history(query).messages;
  REQUIRE(stored.size() >= 2);
  CHECK(stored.back().text == "two");
  CHECK(stored.back().seq == before + 2);
}

TEST_CASE("P2: numbers are gapless over two connections and a restart") {
  const auto store = deterministic::empty_store();
  std::vector<std::uint64_t> seen;
  {
    deterministic world{deterministic::quick(), store};
    const auto user = world.add_user("ann@example.org");
    world.add_connection(user, {"#room"});
    world.add_connection(user, {}, true, "irc://irc.other.net:6697");
    const auto socket = world.open_socket();
    REQUIRE(world.connector.links.size() == 2);
    for (const auto& link : world.connector.links)
      link->accept();
    world.settle();
    for (auto n = 0; n < 3; ++n)
      for (const auto& link : world.connector.links)
        link->tell(":bob!b@host PRIVMSG ann :hello");
    world.settle();
    seen = numbers_of(socket->take());
    CHECK(seen.size() > 12);
    CHECK(is_gapless(seen, seen.front()));
    CHECK(store->load_user(user)->last_seq == seen.back());
  }
  // Leaving writes events too; whoever was there saw some of them.
  const auto stored = store->load_user(protocol::user_id{1})->last_seq;
  CHECK(stored >= seen.back());
  deterministic world{deterministic::quick(), store};
  const auto socket = world.open_socket();
  socket->load();
  world.settle();
  for (const auto& link : world.connector.links)
    link->accept();
  world.settle();
  const auto later = numbers_of(socket->take());
  REQUIRE_FALSE(later.empty());
  CHECK(later.front() <= stored + 3);
  CHECK(is_gapless(later, later.front()));
}

TEST_CASE("a message of one's own comes before its answer, both after the "
          "write and the commit") {
  talking it;
  it.socket->say("hello");
  it.world.run();
  CHECK(it.irc->lines == strings{"PRIVMSG #room :hello"});
  CHECK(it.socket->take().empty());
  it.world.hold(it.world.writer);
  it.irc->flush();
  it.world.run();
  CHECK(it.socket->take().empty());
  it.world.let_go(it.world.writer);
  it.world.run();
  const auto number = std::to_string(it.last());
  CHECK(it.socket->take_short()
        == strings{number + " private hello", "sent 1"});
}

TEST_CASE("what the store refused is appended again, in order and once") {
  const auto failures = std::make_shared<int>(0);
  talking it{deterministic::quick(), failures};
  const auto before = it.last();
  it.socket->say("three");
  it.world.run();
  *failures = 1;
  it.irc->tell(said("one"));
  it.world.run();
  it.irc->tell(said("two"));
  it.world.run();
  it.world.settle();
  CHECK(it.socket->take_short()
        == strings{" store The store does not answer."});
  CHECK(it.last() == before);
  it.world.advance(1s);
  const auto place = [&](std::uint64_t n) {
    return std::to_string(before + n);
  };
  CHECK(it.socket->take_short()
        == strings{place(1) + " private one", place(2) + " private two",
                   place(3) + " private three", "sent 1", " store "});
  CHECK(it.last() == before + 3);
  it.world.advance(5s);
  CHECK(it.socket->take().empty());
}

TEST_CASE("a connection that is changed while the store fails stays changed") {
  const auto failures = std::make_shared<int>(0);
  talking it{deterministic::quick(), failures};
  *failures = 1;
  // It makes the record a part of what is appended.
  it.irc->tell(":irc.example.net 004 ann irc.example.net v1 i n");
  it.world.settle();
  CHECK(it.world
            .rest("POST", "/api/connection/irc-example",
                  R"({"on_connect_commands":["/join #x"]})")
            .status
        == 200);
  it.world.advance(1s);
  CHECK(it.world.database->load_user(it.user)
            ->connections.at(0)
            .on_connect_commands
        == strings{"/join #x"});
}

TEST_CASE("a store that fails for long loses nothing") {
  const auto failures = std::make_shared<int>(0);
  talking it{deterministic::quick(), failures};
  const auto before = it.last();
  *failures = 7;
  strings expected;
  for (std::uint64_t n = 1; n <= 20; ++n) {
    it.irc->tell(said(std::to_string(n)));
    it.world.advance(300ms);
    expected.push_back(std::to_string(before + n) + " private "
                       + std::to_string(n));
  }
  it.world.advance(60s);
  CHECK(*failures == 0);
  auto shown = it.socket->take_short();
  // That it fails, and that it is back, has no number.
  CHECK(std::erase_if(
            shown, [](const auto& each) { return each.starts_with(" store"); })
        == 2);
  CHECK(shown == expected);
}

TEST_CASE("the seq of load agrees with the events around it") {
  talking it;
  it.world.hold(it.world.writer);
  it.irc->tell(said("before"));
  it.world.settle();
  it.socket->load();
  it.world.settle();
  it.irc->tell(said("behind"));
  it.world.settle();
  CHECK(it.socket->take().empty());
  it.world.let_go(it.world.writer);
  it.world.settle();
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 3);
  CHECK(member_of(frames[0], "message") == "before");
  CHECK(member_of(frames[1], "event") == "load");
  CHECK(member_of(frames[1], "seq") == member_of(frames[0], "seq"));
  CHECK(member_of(frames[1], "stream") == "stream of ann@example.org");
  CHECK(frames[1].find(R"("unread":1)") != std::string::npos);
  CHECK(member_of(frames[2], "message") == "behind");
}

TEST_CASE("a session that comes while events wait gets them once") {
  talking it;
  it.world.hold(it.world.writer);
  it.irc->tell(said("one"));
  it.world.settle();
  const auto late = it.world.open_socket();
  late->load();
  it.world.settle();
  it.world.let_go(it.world.writer);
  it.world.settle();
  const auto frames = late->take();
  REQUIRE(frames.size() == 2);
  CHECK(member_of(frames[0], "message") == "one");
  CHECK(member_of(frames[1], "seq") == member_of(frames[0], "seq"));
  CHECK_FALSE(late->closed);
}

TEST_CASE("sessions of one kind share one payload") {
  talking it;
  const auto second = it.world.open_socket();
  const auto iso = it.world.open_socket("token", "iso");
  it.irc->tell(said("hello"));
  it.world.settle();
  REQUIRE(it.socket->payloads.size() == 1);
  REQUIRE(second->payloads.size() == 1);
  REQUIRE(iso->payloads.size() == 1);
  CHECK(it.socket->payloads[0] == second->payloads[0]);
  CHECK(it.socket->payloads[0] != iso->payloads[0]);
  CHECK(member_of(*second->payloads[0], "ts") == "1795330887.0");
  CHECK(member_of(*iso->payloads[0], "ts") == "2026-11-22T07:01:27Z");
}

TEST_CASE("answers go to whoever asked, events to all") {
  talking it;
  const auto second = it.world.open_socket();
  it.socket->say("hello");
  it.world.settle();
  CHECK(it.socket->take_short().size() == 2);
  const auto others = second->take_short();
  REQUIRE(others.size() == 1);
  CHECK(others[0].ends_with("private hello"));
}

TEST_CASE("what others say is counted, and where one is named") {
  talking it;
  it.irc->tell({said("hello"), said("ann: look"), ":bob!b@host NOTICE #room :x",
                ":bob!b@host PRIVMSG #room :\x01"
                "ACTION waves\x01"});
  it.socket->say("ann talks");
  it.world.settle();
  const auto frames = it.socket->take();
  CHECK(frames[0].find(R"("highlight":false)") != std::string::npos);
  CHECK(frames[1].find(R"("highlight":true)") != std::string::npos);
  const auto list = it.world.rest("GET", "/api/conversations").body;
  CHECK(member_of(list, "unread") == "3");
  CHECK(member_of(list, "notifications") == "1");
  const auto stored = it.world.database->load_user(it.user);
  const auto& room = stored->connections.at(0).conversations.at(0);
  CHECK(room.unread == 3);
  CHECK(room.notifications == 1);
}

TEST_CASE("a person who is new becomes a conversation without notifications") {
  talking it;
  it.irc->tell(":Bob!b@host PRIVMSG ann :hello ann");
  it.world.settle();
  const auto list = it.world.rest("GET", "/api/conversations").body;
  const auto bob = list.find(R"("conversation_id":"bob")");
  REQUIRE(bob != std::string::npos);
  CHECK(list.find(R"("name":"Bob")") != std::string::npos);
  CHECK(member_of(list.substr(bob), "unread") == "1");
  CHECK(member_of(list.substr(bob), "notifications") == "0");
}

TEST_CASE("what a network calls a channel is one, whatever its name") {
  talking it;
  it.irc->tell({":irc.example 005 ann CHANTYPES=#! :are supported",
                ":ann!ann@host JOIN !room",
                ":bob!b@host PRIVMSG !room :hello ann"});
  it.world.settle();
  const auto list = it.world.rest("GET", "/api/conversations").body;
  const auto room = list.find(R"("conversation_id":"!room")");
  REQUIRE(room != std::string::npos);
  CHECK(member_of(list.substr(room), "notifications") == "1");
}

TEST_CASE("a person's name may be written in other letters") {
  talking it;
  it.irc->tell({":B[o]b!b@host PRIVMSG ann :hello ann",
                ":b{O}B!b@host PRIVMSG ann :hello ann"});
  it.world.settle();
  const auto list = it.world.rest("GET", "/api/conversations").body;
  const auto bob = list.find(R"("conversation_id":"b[o]b")");
  REQUIRE(bob != std::string::npos);
  CHECK(member_of(list.substr(bob), "unread") == "2");
  CHECK(member_of(list.substr(bob), "notifications") == "0");
}

TEST_CASE("what has been read counts nothing and stays read") {
  talking it;
  it.irc->tell(said("ann: look"));
  it.world.settle();
  CHECK(
      it.world
          .rest("POST", "/api/connection/irc-example/conversation/%23Room/read")
          .status
      == 200);
  const auto list = it.world.rest("GET", "/api/conversations").body;
  CHECK(member_of(list, "unread") == "0");
  CHECK(member_of(list, "notifications") == "0");
  const auto stored = it.world.database->load_user(it.user);
  const auto& room = stored->connections.at(0).conversations.at(0);
  CHECK(room.unread == 0);
  CHECK(room.read_seq == stored->last_seq);
  it.irc->tell(said("more"));
  it.world.settle();
  CHECK(member_of(it.world.rest("GET", "/api/conversations").body, "unread")
        == "1");
}

TEST_CASE("a channel that is renamed keeps its counters and its history") {
  talking it;
  it.irc->tell({said("ann: look"), ":bob!b@host RENAME #room #Hall :bigger",
                ":bob!b@host PRIVMSG #hall :and more"});
  it.world.settle();
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 3);
  CHECK(member_of(frames[1], "type") == "rename");
  CHECK(member_of(frames[1], "old_conversation_id") == "#room");
  const auto list = it.world.rest("GET", "/api/conversations").body;
  CHECK(list.find("#room") == std::string::npos);
  CHECK(member_of(list, "unread") == "2");
  CHECK(member_of(list, "notifications") == "1");
  const auto stored = it.world.database->load_user(it.user);
  const auto& all = stored->connections.at(0).conversations;
  REQUIRE(all.size() == 1);
  CHECK(all[0].id == "#hall");
  CHECK(all[0].name == "#Hall");
  CHECK(all[0].unread == 2);
  store::history_query query;
  query.user = it.user;
  query.connection_id = "irc-example";
  query.conversation_id = "#hall";
  CHECK(it.world.database->history(query).messages.size() == 2);
}

TEST_CASE("what passes is shown at once, without a number") {
  talking it;
  const auto other = it.world.open_socket();
  const auto before = it.last();
  it.world.hold(it.world.writer);
  it.irc->tell("@+typing=active :bob!b@host TAGMSG #room");
  it.world.settle();
  for (const auto& socket : {it.socket, other}) {
    const auto frames = socket->take();
    REQUIRE(frames.size() == 1);
    CHECK(member_of(frames[0], "type") == "typing");
    CHECK(member_of(frames[0], "seq").empty());
  }
  it.world.let_go(it.world.writer);
  it.irc->tell(said("one"));
  it.world.settle();
  CHECK(numbers_of(it.socket->take()) == std::vector{before + 1});
  CHECK(it.last() == before + 1);
}

TEST_CASE("a reaction is stored and counts nothing") {
  talking it;
  it.irc->tell("@+draft/react=ann;+draft/reply=m1 :bob!b@host TAGMSG #room");
  it.world.settle();
  CHECK(member_of(it.socket->take().at(0), "type") == "reaction");
  const auto list = it.world.rest("GET", "/api/conversations").body;
  CHECK(member_of(list, "unread") == "0");
  CHECK(member_of(list, "notifications") == "0");
}
