// SPDX-License-Identifier: Apache-2.0
#include "actors/user.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

// Promise P4: a nonce is sent once and answered once, however often it comes.

namespace {

using strings = std::vector<std::string>;

struct sending {
  explicit sending(
      std::shared_ptr<store::database> store = deterministic::empty_store(),
      settings config = deterministic::quick())
      : world(std::move(config), std::move(store)) {
    if (const auto known = world.database->find_account("ann@example.org")) {
      user = known->id;
    } else {
      user = world.add_user("ann@example.org");
      world.add_connection(user, {"#room"});
    }
    socket = world.open_socket();
    irc = &world.welcome();
    world.settle();
    socket->take();
  }
  void say(fake_websocket& from, const std::string& message,
           const std::string& nonce, const std::string& id,
           const std::string& connection = "irc-example") {
    from.ask(R"({"method":"send","connection_id":")" + connection
             + R"(","conversation_id":"#room","message":")" + message
             + R"(","nonce":")" + nonce + R"(","id":")" + id + "\"}");
  }
  void say(const std::string& message, const std::string& nonce,
           const std::string& id) {
    say(*socket, message, nonce, id);
  }
  /// The answers that came since the last call, without events.
  strings answers(fake_websocket& of) {
    world.settle();
    auto all = of.take_short();
    std::erase_if(all, [](const auto& each) {
      return !each.starts_with("sent") && !each.starts_with("load");
    });
    return all;
  }
  strings answers() {
    return answers(*socket);
  }
  std::optional<store::nonce_record> stored(const std::string& nonce) {
    return world.database->find_nonce(user, nonce);
  }

  deterministic world;
  protocol::user_id user{};
  std::shared_ptr<fake_websocket> socket;
  fake_irc_link* irc = nullptr;
};

constexpr auto unknown =
    "sent 2 error Nobody knows whether this was sent: no answer came.";

} // namespace

TEST_CASE("a nonce begins in the store before its line is written") {
  sending it;
  it.world.hold(it.world.writer);
  it.say("hello", "n", "1");
  it.world.settle();
  CHECK(it.irc->take().empty());
  it.world.let_go(it.world.writer);
  it.world.run();
  CHECK(it.irc->take() == strings{"PRIVMSG #room :hello"});
  auto found = it.stored("n");
  REQUIRE(found);
  CHECK_FALSE(found->answered);
  CHECK(it.socket->take().empty());
  CHECK(it.answers() == strings{"sent 1"});
  found = it.stored("n");
  CHECK(found->answered);
  CHECK(found->error.empty());
  CHECK(found->begun == it.world.wall);
}

TEST_CASE("of a very long answer a repeat is only told that it was long") {
  sending it;
  it.say("/names", "n", "1");
  it.world.run();
  CHECK(it.irc->take() == strings{"NAMES #room"});
  it.irc->flush();
  std::string nicks;
  for (int n = 0; n < 30; ++n)
    nicks += " somebody" + std::to_string(n);
  for (int n = 0; n < 100; ++n)
    it.irc->tell(":irc.example.net 353 ann = #room :ann" + nicks);
  it.irc->tell(":irc.example.net 366 ann #room :End");
  it.world.settle();
  const auto first = it.socket->take();
  REQUIRE_FALSE(first.empty());
  CHECK(first.back().size() > 65'536);
  CHECK(first.back().find("somebody29") != std::string::npos);
  const auto kept = it.stored("n");
  REQUIRE(kept);
  CHECK(kept->result == R"({"truncated":true})");
  it.say("/names", "n", "2");
  it.world.settle();
  CHECK(it.irc->take().empty());
  const auto again = it.socket->take();
  REQUIRE(again.size() == 1);
  CHECK(member_of(again[0], "event") == "sent");
  CHECK(again[0].find(R"("truncated":true)") != std::string::npos);
}

TEST_CASE(
    "the repeat of an answered nonce gets its answer and writes nothing") {
  sending it;
  it.say("/topic", "n", "1");
  it.world.run();
  CHECK(it.irc->take() == strings{"TOPIC #room"});
  it.irc->flush();
  it.irc->tell({":irc.example.net 332 ann #room :all of it",
                ":irc.example.net 333 ann #room bob!b@h 123"});
  it.world.settle();
  auto first = it.socket->take();
  it.say("/topic", "n", "1");
  it.world.settle();
  CHECK(it.irc->take().empty());
  const auto again = it.socket->take();
  REQUIRE(again.size() == 1);
  CHECK(member_of(again[0], "topic") == "all of it");
  CHECK(again[0] == first.back());
  // An answer belongs to its nonce, whatever else the repeat says.
  it.say("other words", "n", "2");
  CHECK(it.answers() == strings{"sent 2"});
  CHECK(it.irc->take().empty());
  it.say("other words", "m", "3");
  CHECK(it.answers() == strings{"sent 3"});
  CHECK(it.irc->take() == strings{"PRIVMSG #room :other words"});
}

TEST_CASE("an error from IRC is the answer, and stays it") {
  sending it;
  it.say("/topic new", "n", "1");
  it.world.run();
  it.irc->take();
  it.irc->tell(":irc.example.net 482 ann #room :You're not channel operator");
  CHECK(it.answers() == strings{"sent 1 error You're not channel operator"});
  it.say("/topic new", "n", "2");
  CHECK(it.answers() == strings{"sent 2 error You're not channel operator"});
  CHECK(it.irc->take().empty());
}

TEST_CASE("repeats of a nonce that is under way wait for its answer") {
  sending it;
  const auto other = it.world.open_socket();
  it.say("hello", "n", "1");
  it.say("hello", "n", "2");
  it.world.run();
  it.say("hello", "n", "3");
  it.say(*other, "hello", "n", "4");
  it.world.run();
  CHECK(it.irc->lines == strings{"PRIVMSG #room :hello"});
  CHECK(it.socket->take().empty());
  // Also while the answer is on its way to the store.
  it.world.hold(it.world.writer);
  it.irc->flush();
  it.world.run();
  it.say("hello", "n", "5");
  it.world.run();
  CHECK(it.socket->take().empty());
  it.world.let_go(it.world.writer);
  CHECK(it.answers() == strings{"sent 1", "sent 2", "sent 3", "sent 5"});
  CHECK(it.answers(*other) == strings{"sent 4"});
  it.irc->take();
  it.say("hello", "n", "6");
  CHECK(it.answers() == strings{"sent 6"});
  CHECK(it.irc->take().empty());
}

TEST_CASE("the answers of a session outlive its socket") {
  sending it;
  const auto other = it.world.open_socket();
  it.say(*other, "hello", "n", "1");
  it.world.run();
  other->gone();
  it.world.settle();
  it.say("hello", "n", "2");
  CHECK(it.answers() == strings{"sent 2"});
  CHECK(it.irc->take() == strings{"PRIVMSG #room :hello"});
}

TEST_CASE("whoever dies between the line and the answer does not know") {
  const auto store = deterministic::empty_store();
  {
    sending it{store};
    const auto actor = it.world.user_actor(it.user);
    it.say("hello", "n", "1");
    it.world.run();
    CHECK(it.irc->lines == strings{"PRIVMSG #room :hello"});
    caf::anon_send_exit(actor, caf::exit_reason::kill);
    it.world.settle();
  }
  sending it{store};
  it.say("hello", "n", "2");
  it.world.settle();
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 1);
  CHECK(member_of(frames[0], "code") == "unknown");
  CHECK(member_of(frames[0], "path") == "/nonce");
  CHECK(it.irc->take().empty());
  it.say("hello", "n", "2");
  CHECK(it.answers() == strings{unknown});
}

TEST_CASE("a restart forgets nothing that was answered") {
  const auto store = deterministic::empty_store();
  {
    sending it{store};
    it.say("hello", "n", "1");
    CHECK(it.answers() == strings{"sent 1"});
  }
  sending it{store};
  it.say("hello", "n", "2");
  CHECK(it.answers() == strings{"sent 2"});
  CHECK(it.irc->take().empty());
}

TEST_CASE("after its lifetime a nonce is as new") {
  auto config = deterministic::quick();
  config.nonce_lifetime = 60s;
  sending it{deterministic::empty_store(), config};
  it.say("hello", "n", "1");
  CHECK(it.answers() == strings{"sent 1"});
  it.irc->take();
  it.world.advance(60s);
  it.say("hello", "n", "2");
  CHECK(it.answers() == strings{"sent 2"});
  CHECK(it.irc->take().empty());
  it.world.advance(1s);
  it.say("hello", "n", "3");
  CHECK(it.answers() == strings{"sent 3"});
  CHECK(it.irc->take() == strings{"PRIVMSG #room :hello"});
  it.say("hello", "n", "4");
  CHECK(it.answers() == strings{"sent 4"});
  CHECK(it.irc->take().empty());
}

// -- when the connection goes -------------------------------------------------

TEST_CASE("what a lost connection leaves open is unknown, and stays so") {
  sending it;
  it.say("hello", "n", "1");
  it.say("hello", "n", "3");
  it.world.run();
  CHECK(it.irc->take() == strings{"PRIVMSG #room :hello"});
  it.irc->end("Connection reset by peer.");
  it.world.run();
  strings codes;
  for (const auto& each : it.socket->take())
    if (member_of(each, "event") == "sent")
      codes.push_back(member_of(each, "id") + " " + member_of(each, "code"));
  std::ranges::sort(codes);
  CHECK(codes == strings{"1 unknown", "3 unknown"});
  const auto found = it.stored("n");
  REQUIRE(found);
  CHECK_FALSE(found->answered);
  it.world.advance(5s);
  auto& link = it.world.welcome();
  it.socket->take();
  it.say("hello", "n", "2");
  CHECK(it.answers() == strings{unknown});
  CHECK(link.take().empty());
}

TEST_CASE("what was written before a stop is shown, kept and answered") {
  const auto store = deterministic::empty_store();
  const auto say_and_stop = [](sending& it) {
    const auto actor = it.world.user_actor(it.user);
    it.say("hello", "n", "1");
    it.world.run();
    caf::anon_send(actor, go_away{1001, "The node stops: connect again."});
    it.world.run();
    CHECK(it.irc->take()
          == strings{"PRIVMSG #room :hello", "QUIT :https://convoy.chat"});
  };
  SUBCASE("the socket takes it") {
    {
      sending it{store};
      say_and_stop(it);
      it.irc->flush();
      it.world.settle();
    }
    sending it{store};
    CHECK(it.stored("n")->answered);
    const auto kept =
        it.world
            .rest("GET",
                  "/api/connection/irc-example/conversation/%23room/messages")
            .body;
    CHECK(kept.find(R"("message":"hello")") != std::string::npos);
    it.say("hello", "n", "2");
    CHECK(it.answers() == strings{"sent 2"});
    CHECK(it.irc->take().empty());
  }
  SUBCASE("it is not known whether the socket takes it") {
    {
      sending it{store};
      say_and_stop(it);
      it.irc->end();
      it.world.settle();
    }
    sending it{store};
    CHECK_FALSE(it.stored("n")->answered);
    it.say("hello", "n", "2");
    CHECK(it.answers() == strings{unknown});
  }
}

// -- order --------------------------------------------------------------------

TEST_CASE("sends keep their order, with a nonce and without") {
  sending it;
  it.say("one", "n1", "1");
  it.socket->say("two", "#room", "2");
  it.say("three", "n3", "3");
  it.socket->say("four", "#room", "4");
  CHECK(it.answers() == strings{"sent 1", "sent 2", "sent 3", "sent 4"});
  CHECK(it.irc->take()
        == strings{"PRIVMSG #room :one", "PRIVMSG #room :two",
                   "PRIVMSG #room :three", "PRIVMSG #room :four"});
}

TEST_CASE("a repeat that is answered from the store holds nobody up") {
  const auto store = deterministic::empty_store();
  {
    sending it{store};
    it.say("one", "n1", "1");
    CHECK(it.answers() == strings{"sent 1"});
  }
  sending it{store};
  it.say("one", "n1", "1");
  it.socket->say("two", "#room", "2");
  it.say("three", "n3", "3");
  CHECK(it.answers() == strings{"sent 1", "sent 2", "sent 3"});
  CHECK(it.irc->take()
        == strings{"PRIVMSG #room :two", "PRIVMSG #room :three"});
}

// -- refusals -----------------------------------------------------------------

TEST_CASE("what never went to IRC is judged anew") {
  sending it;
  it.say(*it.socket, "hello", "n", "1", "irc-none");
  CHECK(it.answers() == strings{"sent 1 error Connection not found."});
  CHECK_FALSE(it.stored("n"));
  it.say("hello", "n", "2");
  CHECK(it.answers() == strings{"sent 2"});
  CHECK(it.irc->take() == strings{"PRIVMSG #room :hello"});
}

TEST_CASE("a connection that goes while a nonce begins leaves nothing behind") {
  sending it;
  it.world.hold(it.world.writer);
  it.say("hello", "n", "1");
  it.say("hello", "n", "2");
  it.world.run();
  // As the death of its actor does.
  it.irc->observer->on_lines({});
  auto* job =
      dynamic_cast<caf::scheduled_actor*>(it.world.coordinator().jobs.back());
  REQUIRE(job != nullptr);
  caf::anon_send_exit(caf::actor_cast<caf::actor>(job),
                      caf::exit_reason::user_shutdown);
  it.world.run();
  it.world.let_go(it.world.writer);
  CHECK(it.answers()
        == strings{"sent 1 error Connection not found.",
                   "sent 2 error Connection not found."});
  CHECK_FALSE(it.stored("n"));
}

TEST_CASE("a nonce may have 200 bytes") {
  sending it;
  it.say("hello", std::string(200, 'n'), "1");
  CHECK(it.answers() == strings{"sent 1"});
  it.say("hello", std::string(201, 'n'), "2");
  it.world.settle();
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].find(R"({"message":"A nonce may have 200 bytes.",)"
                       R"("path":"/nonce"})")
        != std::string::npos);
  it.say("hello", "", "3");
  it.say("hello", "", "4");
  CHECK(it.answers() == strings{"sent 3", "sent 4"});
}

TEST_CASE("a nonce of a user is nobody else's") {
  sending it;
  it.say("hello", "n", "1");
  CHECK(it.answers() == strings{"sent 1"});
  const auto bob = it.world.add_user("bob@example.org", "bob");
  it.world.add_connection(bob, {"#room"});
  const auto socket = it.world.open_socket("bob");
  // The connect before it was to the same host.
  it.world.advance(5s);
  auto& link = it.world.welcome();
  socket->take();
  it.say(*socket, "hello", "n", "2");
  CHECK(it.answers(*socket) == strings{"sent 2"});
  CHECK(link.take() == strings{"PRIVMSG #room :hello"});
}

TEST_CASE("a node that stops withdraws what it has not sent") {
  const auto store = deterministic::empty_store();
  {
    sending it{store};
    it.world.hold(it.world.writer);
    it.say("hello", "n", "1");
    it.world.settle();
    caf::anon_send(it.world.user_actor(it.user),
                   go_away{1001, "The node stops: connect again."});
    it.world.settle();
    CHECK(it.socket->take_short()
          == strings{"sent 1 error The node stops: connect again."});
  }
  sending it{store};
  CHECK_FALSE(it.stored("n"));
  it.say("hello", "n", "2");
  CHECK(it.answers() == strings{"sent 2"});
  CHECK(it.irc->take() == strings{"PRIVMSG #room :hello"});
}

// -- when the store fails -----------------------------------------------------

TEST_CASE("a nonce that another has begun is looked up again") {
  sending it;
  it.world.hold(it.world.writer);
  it.say("hello", "n", "1");
  it.world.settle();
  store::journal_batch batch;
  batch.user = it.user;
  auto& begun = batch.nonces.emplace_back();
  begun.nonce = "n";
  begun.begun = it.world.wall - 1s;
  it.world.database->append({&batch});
  it.world.let_go(it.world.writer);
  CHECK(
      it.answers()
      == strings{
          "sent 1 error Nobody knows whether this was sent: no answer came."});
  CHECK(it.irc->take().empty());
  it.socket->say("hello", "#room", "2");
  CHECK(it.answers() == strings{"sent 2"});
  CHECK_FALSE(it.socket->closed);
}

TEST_CASE("whose home is elsewhere by now begins nothing, and ends") {
  sending it;
  const auto actor = it.world.user_actor(it.user);
  it.world.database->write_as(7);
  it.say("hello", "n", "1");
  it.world.settle();
  // Not looked up again, for ever: the actor has gone, and with it its link.
  CHECK(it.irc->closing);
  CHECK(it.irc->take() == strings{"QUIT :https://convoy.chat"});
  CHECK_FALSE(it.stored("n"));
  CHECK(it.answers().empty());
  it.world.database->write_as(0);
}

TEST_CASE("a store that does not tell refuses the send") {
  sending it;
  it.world.hold(it.world.home->readers[0]);
  it.say("hello", "n", "1");
  it.socket->say("behind", "#room", "2");
  it.world.run();
  it.world.advance(29s);
  CHECK(it.socket->take().empty());
  it.world.advance(1s);
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 3);
  CHECK(member_of(frames[0], "code") == "store");
  CHECK(member_of(frames[1], "message") == "behind");
  CHECK(member_of(frames[2], "id") == "2");
  it.world.let_go(it.world.home->readers[0]);
  it.world.settle();
  CHECK(it.irc->take() == strings{"PRIVMSG #room :behind"});
  CHECK_FALSE(it.stored("n"));
  it.say("hello", "n", "3");
  CHECK(it.answers() == strings{"sent 3"});
}
