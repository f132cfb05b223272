// SPDX-License-Identifier: Apache-2.0
#include "actors/user.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

constexpr auto read_room =
    "/api/connection/irc-example/conversation/%23room/read";

struct talking {
  explicit talking(settings config = deterministic::quick())
      : world(std::move(config)) {
    user = world.add_user("ann@example.org");
    world.add_connection(user, {"#room"});
    socket = world.open_socket();
    irc = &world.welcome();
    socket->take();
  }
  void hear(const std::string& line) {
    irc->tell(line);
    world.settle();
  }
  protocol::connection_record stored() {
    return world.database->load_user(user)->connections.at(0);
  }
  std::vector<std::string> history() {
    store::history_query query;
    query.user = user;
    query.connection_id = "irc-example";
    query.conversation_id = "#room";
    strings result;
    for (const auto& each : world.database->history(query).messages)
      result.push_back(each.text);
    return result;
  }

  deterministic world;
  protocol::user_id user{};
  std::shared_ptr<fake_websocket> socket;
  fake_irc_link* irc = nullptr;
};

} // namespace

// -- the newest message -------------------------------------------------------

TEST_CASE("a conversation knows its newest message, one's own too") {
  talking it;
  CHECK(it.stored().conversations.at(0).last_time == protocol::timestamp{});
  it.hear(":bob!b@host PRIVMSG #room :hello");
  CHECK(it.stored().conversations.at(0).last_time == it.world.wall);
  it.world.advance(5s);
  it.socket->say("hi");
  it.world.settle();
  CHECK(it.stored().conversations.at(0).last_time == it.world.wall);
  it.world.advance(5s);
  it.hear(":bob!b@host NOTICE #room :psst");
  CHECK(it.stored().conversations.at(0).last_time == it.world.wall);
  it.world.advance(5s);
  it.hear(":bob!b@host JOIN #room");
  CHECK(it.stored().conversations.at(0).last_time == it.world.wall - 5s);
}

TEST_CASE("messages that come together are told apart by their times") {
  talking it;
  it.irc->tell({":bob!b@host PRIVMSG #room :one",
                ":bob!b@host PRIVMSG #room :two",
                ":bob!b@host PRIVMSG #room :three"});
  it.world.settle();
  store::history_query query;
  query.user = it.user;
  query.connection_id = "irc-example";
  query.conversation_id = "#room";
  query.limit = 1;
  strings found;
  for (auto n = 0; n < 3; ++n) {
    const auto page = it.world.database->history(query);
    REQUIRE(page.messages.size() == 1);
    found.push_back(page.messages[0].text);
    query.before = page.messages[0].time;
  }
  CHECK(found == strings{"three", "two", "one"});
}

// -- read state ---------------------------------------------------------------

TEST_CASE("what is read here is read in every session, and told once") {
  talking it;
  const auto other = it.world.open_socket();
  it.hear(":bob!b@host PRIVMSG #room :ann: look");
  it.socket->take();
  other->take();
  CHECK(it.world.rest("POST", read_room).status == 200);
  const auto last = it.world.database->load_user(it.user)->last_seq;
  for (const auto& each : {it.socket, other}) {
    const auto frames = each->take();
    REQUIRE(frames.size() == 1);
    CHECK(member_of(frames[0], "event") == "state");
    CHECK(member_of(frames[0], "type") == "read");
    CHECK(member_of(frames[0], "conversation_id") == "#room");
    CHECK(member_of(frames[0], "unread") == "0");
    CHECK(member_of(frames[0], "notifications") == "0");
    CHECK(member_of(frames[0], "read_seq") == std::to_string(last));
    CHECK(member_of(frames[0], "seq") == std::to_string(last));
  }
  CHECK(it.world.rest("POST", read_room).status == 200);
  CHECK(it.socket->take().empty());
  CHECK(it.stored().conversations.at(0).read_seq == last);
}

TEST_CASE("while the store is away so much is read and no more") {
  auto config = deterministic::quick();
  config.max_uncommitted_events = 3;
  talking it{config};
  it.world.hold(it.world.writer);
  for (auto n = 0; n < 3; ++n)
    CHECK(it.world.rest("POST", read_room).status == 200);
  const auto refused = it.world.rest("POST", read_room);
  CHECK(refused.status == 503);
  CHECK(member_of(refused.body, "message") == "The store does not answer.");
  it.world.let_go(it.world.writer);
  it.world.settle();
  CHECK(it.world.rest("POST", read_room).status == 200);
}

TEST_CASE("what is read up to a number is counted from there") {
  talking it;
  const auto other = it.world.open_socket();
  const auto seq_of = [&](const std::string& text) {
    it.hear(":bob!b@host PRIVMSG #room :" + text);
    return member_of(it.socket->take().back(), "seq");
  };
  seq_of("one");
  const auto second = seq_of("ann: two");
  seq_of("ann: three");
  const auto last = seq_of("four");
  other->take();
  const auto mark = [&](const std::string& seq) {
    return it.world.rest("POST", read_room, R"({"seq":)" + seq + "}").status;
  };
  CHECK(mark(second) == 200);
  const auto frames = other->take();
  REQUIRE(frames.size() == 1);
  CHECK(member_of(frames[0], "type") == "read");
  CHECK(member_of(frames[0], "read_seq") == second);
  CHECK(member_of(frames[0], "unread") == "2");
  CHECK(member_of(frames[0], "notifications") == "1");
  const auto stored = it.stored().conversations.at(0);
  CHECK(std::to_string(stored.read_seq) == second);
  CHECK(stored.unread == 2);
  CHECK(stored.notifications == 1);
  // Nothing that was read is unread again.
  CHECK(mark("1") == 200);
  CHECK(other->take().empty());
  CHECK(mark(last) == 200);
  CHECK(it.stored().conversations.at(0).unread == 0);
}

TEST_CASE("what comes while the store counts is counted once") {
  talking it;
  it.hear(":bob!b@host PRIVMSG #room :ann: one");
  const auto first = member_of(it.socket->take().back(), "seq");
  it.hear(":bob!b@host PRIVMSG #room :ann: two");
  const auto user = it.world.user_actor(it.user);
  it.world.hold(it.world.writer);
  caf::scoped_actor self{it.world.system()};
  self->send(user, mark_read{"irc-example", "#room",
                             protocol::event_seq{std::stoull(first)}});
  it.world.settle();
  it.hear(":bob!b@host PRIVMSG #room :ann: three");
  it.hear(":bob!b@host PRIVMSG #zoo :ann: elsewhere");
  it.world.let_go(it.world.writer);
  it.world.settle();
  const auto stored = it.stored().conversations.at(0);
  CHECK(std::to_string(stored.read_seq) == first);
  CHECK(stored.unread == 2);
  CHECK(stored.notifications == 2);
}

TEST_CASE("who reads everything meanwhile is not overtaken") {
  talking it;
  it.hear(":bob!b@host PRIVMSG #room :one");
  const auto first = member_of(it.socket->take().back(), "seq");
  it.hear(":bob!b@host PRIVMSG #room :two");
  const auto user = it.world.user_actor(it.user);
  it.world.hold(it.world.writer);
  caf::scoped_actor self{it.world.system()};
  self->send(user, mark_read{"irc-example", "#room",
                             protocol::event_seq{std::stoull(first)}});
  self->send(user, mark_read{"irc-example", "#room", {}});
  it.world.settle();
  it.world.let_go(it.world.writer);
  it.world.settle();
  CHECK(it.stored().conversations.at(0).unread == 0);
}

TEST_CASE("notifications that were seen do not come back") {
  talking it;
  it.hear(":bob!b@host PRIVMSG #room :ann: one");
  const auto first = member_of(it.socket->take().back(), "seq");
  it.hear(":bob!b@host PRIVMSG #room :ann: two");
  CHECK(it.world.rest("POST", "/api/notifications/read").status == 200);
  it.hear(":bob!b@host PRIVMSG #room :ann: three");
  CHECK(it.world.rest("POST", read_room, R"({"seq":)" + first + "}").status
        == 200);
  CHECK(it.stored().conversations.at(0).unread == 2);
  CHECK(it.stored().conversations.at(0).notifications == 1);
}

// -- history ------------------------------------------------------------------

TEST_CASE("a history that is cleared is gone before the answer comes") {
  talking it;
  it.hear(":bob!b@host PRIVMSG #room :ann: secret");
  CHECK(it.history() == strings{"ann: secret"});
  it.socket->take();
  it.world.hold(it.world.writer);
  it.hear(":bob!b@host PRIVMSG #room :more");
  it.socket->say("/clear history #Room");
  it.world.settle();
  CHECK(it.socket->take().empty());
  it.world.let_go(it.world.writer);
  it.world.settle();
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 3);
  CHECK(member_of(frames[0], "message") == "more");
  CHECK(member_of(frames[1], "type") == "read");
  CHECK(member_of(frames[2], "event") == "sent");
  CHECK(member_of(frames[2], "conversation_id") == "#room");
  CHECK(member_of(frames[2], "name") == "#room");
  CHECK(member_of(frames[2], "unread") == "0");
  CHECK(it.history().empty());
  CHECK(it.stored().conversations.at(0).unread == 0);
  it.hear(":bob!b@host PRIVMSG #room :after");
  CHECK(it.history() == strings{"after"});
}

// -- pastes -------------------------------------------------------------------

namespace {

/// Asks to send a text that is too long; the lines that are written.
strings paste(talking& it, const std::string& text = R"(one\ntwo\nthree)") {
  it.socket->say(text);
  it.world.settle();
  return it.irc->take();
}

} // namespace

TEST_CASE("a text that is too long is stored, and its link sent") {
  auto config = deterministic::quick();
  config.base_url = "https://chat.example.org/irc";
  talking it{config};
  const auto lines = paste(it);
  REQUIRE(lines.size() == 1);
  const std::string head =
      "PRIVMSG #room :https://chat.example.org/irc/file/1/";
  REQUIRE(lines[0].starts_with(head));
  const auto file =
      it.world.database->find_file(it.user, lines[0].substr(head.size()));
  REQUIRE(file);
  CHECK(file->content == "one\ntwo\nthree");
  CHECK(file->name == "three.txt");
  CHECK(it.socket->take_short().back() == "sent 1");
}

TEST_CASE("without a setting links begin where the last session came in") {
  talking it;
  const auto lines = paste(it);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].starts_with("PRIVMSG #room :http://chat.example.org/file/1/"));
}

TEST_CASE("a person's files have so much room") {
  auto config = deterministic::quick();
  config.max_file_bytes_per_user = 13;
  talking it{config};
  CHECK(paste(it).size() == 1);
  it.socket->take();
  CHECK(paste(it).empty());
  CHECK(it.socket->take_short()
        == strings{"sent 1 error There is no room left for your files."});
}

// -- coming and going ---------------------------------------------------------

TEST_CASE("a user that nobody needs ends after a while") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org");
  world.add_connection(ann, {}, false);
  const auto before = world.system().registry().running();
  const auto socket = world.open_socket();
  CHECK(world.system().registry().running() > before);
  world.advance(10min);
  CHECK(world.system().registry().running() > before);
  socket->gone();
  world.settle();
  world.advance(299s);
  CHECK(world.system().registry().running() == before + 2);
  world.advance(1s);
  CHECK(world.system().registry().running() == before);
  const auto again = world.open_socket();
  again->load();
  world.settle();
  CHECK(again->take().size() == 1);
}

TEST_CASE("a user who wants to be on IRC stays") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org");
  world.add_connection(ann);
  const auto actor = world.user_actor(ann);
  world.advance(1h);
  CHECK(world.user_actor(ann) == actor);
}

TEST_CASE("a user that somebody asked for just now stays for them") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org");
  const auto actor = world.user_actor(ann);
  world.advance(270s);
  CHECK(world.user_actor(ann) == actor);
  world.advance(30s);
  CHECK(world.user_actor(ann) == actor);
  world.advance(300s);
  CHECK(world.user_actor(ann) != actor);
}

TEST_CASE("a user whose connection is disconnected for good ends too") {
  talking it;
  const auto actor = it.world.user_actor(it.user);
  it.socket->say("/disconnect");
  it.world.settle();
  it.socket->gone();
  it.world.settle();
  it.world.advance(10min);
  CHECK(it.world.user_actor(it.user) != actor);
}
