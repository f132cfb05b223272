// SPDX-License-Identifier: Apache-2.0
#include "actors/archive.hpp"

#include "deterministic.hpp"
#include "store/locked.hpp"
#include "store/samples.hpp"
#include "store/scratch.hpp"

using namespace convoy;
using namespace convoy::actors;

namespace {

using strings = std::vector<std::string>;

/// Keeps what the archive says: `5 ok`, `5 failed`.
caf::behavior writer_of(caf::event_based_actor*, std::shared_ptr<strings> log) {
  return {
      [=](const appended& done) {
        log->push_back(std::to_string(done.mark) + " ok");
      },
      [=](const append_failed& why) {
        CHECK_FALSE(why.reason.empty());
        CHECK((why.is_conflict || !why.is_nonce_taken));
        log->push_back(std::to_string(why.mark)
                       + (why.is_nonce_taken ? " taken" : " failed"));
      },
  };
}

struct journal {
  explicit journal(
      std::shared_ptr<store::database> store = deterministic::empty_store())
      : world(deterministic::quick(), std::move(store)) {
    ann = world.add_user("ann@example.org", "a");
    bob = world.add_user("bob@example.org", "b");
    user = world.system().spawn(writer_of, log);
  }
  ~journal() {
    caf::anon_send_exit(user, caf::exit_reason::user_shutdown);
    world.settle();
  }
  void add(std::uint64_t mark, protocol::user_id who, protocol::event_seq first,
           std::size_t count = 1) {
    auto batch = std::make_shared<store::journal_batch>();
    batch->user = who;
    for (std::size_t n = 0; n < count; ++n) {
      protocol::event what;
      what.seq = first + n;
      what.connection_id = "irc-example";
      what.conversation_id = "#room";
      what.text = "x";
      batch->events.push_back(std::move(what));
    }
    caf::anon_send(world.writer, append{std::move(batch), user, mark});
  }
  strings run() {
    world.run();
    return std::exchange(*log, {});
  }
  protocol::event_seq last(protocol::user_id who) {
    return world.database->load_user(who)->last_seq;
  }

  deterministic world;
  std::shared_ptr<strings> log = std::make_shared<strings>();
  protocol::user_id ann{};
  protocol::user_id bob{};
  caf::actor user;
};

} // namespace

TEST_CASE("what waits is committed together and answered in order") {
  journal it;
  it.add(1, it.ann, 1, 2);
  it.add(2, it.bob, 1);
  it.add(3, it.ann, 3);
  CHECK(it.run() == strings{"1 ok", "2 ok", "3 ok"});
  CHECK(it.last(it.ann) == 3);
  CHECK(it.last(it.bob) == 1);
}

TEST_CASE("a batch that does not follow fails alone") {
  journal it;
  it.add(1, it.ann, 1);
  it.add(2, it.bob, 7);
  it.add(3, it.ann, 2);
  CHECK(it.run() == strings{"1 ok", "2 failed", "3 ok"});
  CHECK(it.last(it.ann) == 2);
  CHECK(it.last(it.bob) == 0);
}

TEST_CASE("what follows a batch that failed fails too, until it is repeated") {
  journal it;
  it.add(1, it.ann, 2);
  it.add(2, it.ann, 3);
  CHECK(it.run() == strings{"1 failed", "2 failed"});
  it.add(3, it.ann, 1);
  it.add(4, it.ann, 2);
  CHECK(it.run() == strings{"3 ok", "4 ok"});
  CHECK(it.last(it.ann) == 2);
}

TEST_CASE("a nonce that is taken is told from a home that is another") {
  journal it;
  const auto begin = [&](std::uint64_t mark, int second) {
    auto batch = std::make_shared<store::journal_batch>();
    batch->user = it.ann;
    auto& begun = batch->nonces.emplace_back();
    begun.nonce = "n";
    begun.begun = it.world.wall + std::chrono::seconds{second};
    caf::anon_send(it.world.writer, append{std::move(batch), it.user, mark});
  };
  begin(1, 0);
  begin(2, 1);
  begin(3, 0);
  CHECK(it.run() == strings{"1 ok", "2 taken", "3 ok"});
  it.world.database->write_as(7);
  begin(4, 1);
  CHECK(it.run() == strings{"4 failed"});
  it.world.database->write_as(0);
}

TEST_CASE("an event that is there already is not written twice") {
  journal it;
  it.add(1, it.ann, 1);
  it.add(2, it.ann, 1);
  CHECK(it.run() == strings{"1 ok", "2 failed"});
  CHECK(it.last(it.ann) == 1);
}

TEST_CASE("a full group does not wait for the end of the mailbox") {
  journal it;
  it.add(1, it.ann, 1, 4096);
  it.add(2, it.ann, 4097);
  CHECK(it.run() == strings{"1 ok", "2 ok"});
  CHECK(it.last(it.ann) == 4097);
}

TEST_CASE("a store that is locked fails all that waits, until it is not") {
  const tests::scratch here;
  const auto path = here.path("store.db");
  auto options = tests::options_for(path);
  options.patience = std::chrono::milliseconds{0};
  const auto database = std::make_shared<store::database>(options);
  database->migrate();
  journal it{database};
  caf::scoped_actor self{it.world.system()};
  const auto ping = [&] {
    std::string answer;
    auto request = self->request(it.world.writer, caf::infinite, ping_store{});
    it.world.run();
    request.receive(
        [&](bool) { answer = "ok"; },
        [&](const caf::error& why) { answer = it.world.system().render(why); });
    return answer;
  };
  CHECK(ping() == "ok");
  std::optional<tests::locked> other{path};
  it.add(1, it.ann, 1);
  it.add(2, it.bob, 1);
  it.add(3, it.ann, 2);
  CHECK(it.run() == strings{"1 failed", "2 failed", "3 failed"});
  CHECK(ping().find("database is locked") != std::string::npos);
  other.reset();
  CHECK(ping() == "ok");
  it.add(4, it.ann, 1);
  it.add(5, it.ann, 2);
  CHECK(it.run() == strings{"4 ok", "5 ok"});
  CHECK(it.last(it.ann) == 2);
  CHECK(ping() == "ok");
}

TEST_CASE("an erased connection takes along what was appended before") {
  journal it;
  it.world.add_connection(it.ann);
  it.add(1, it.ann, 1);
  caf::anon_send(it.world.writer, erase_connection{it.ann, "irc-example"});
  CHECK(it.run() == strings{"1 ok"});
  CHECK(it.world.database->load_user(it.ann)->connections.empty());
  store::history_query query;
  query.user = it.ann;
  query.connection_id = "irc-example";
  query.conversation_id = "#room";
  CHECK(it.world.database->history(query).messages.empty());
}

TEST_CASE("a saved connection is not undone by what was appended before") {
  journal it;
  it.world.add_connection(it.ann);
  auto batch = std::make_shared<store::journal_batch>();
  batch->user = it.ann;
  auto record = it.world.database->load_user(it.ann)->connections.at(0);
  record.conversations.clear();
  batch->connections.push_back(record);
  caf::anon_send(it.world.writer, append{std::move(batch), it.user, 1});
  record.name = "newer";
  caf::anon_send(it.world.writer, save_connection{it.ann, record});
  CHECK(it.run() == strings{"1 ok"});
  CHECK(it.world.database->load_user(it.ann)->connections.at(0).name
        == "newer");
}

TEST_CASE("a step that fails is answered with an error, and the next works") {
  journal it;
  caf::scoped_actor self{it.world.system()};
  caf::error problem;
  const auto ask = [&](const set_password& what) {
    auto done = false;
    auto request = self->request(it.world.writer, caf::infinite, what);
    it.world.run();
    request.receive([&](bool) { done = true; },
                    [&](caf::error& why) { problem = std::move(why); });
    return done;
  };
  CHECK_FALSE(ask({protocol::user_id{99}, "hash"}));
  CHECK(problem);
  CHECK(ask({it.ann, "hash"}));
  CHECK(it.world.database->find_account(it.ann)->password_hash == "hash");
}

TEST_CASE("readers say what is there and what is not") {
  journal it;
  caf::scoped_actor self{it.world.system()};
  const auto& reader = it.world.home->readers[0];
  self->send(reader, find_session{hash_token("a"), it.world.wall});
  self->send(reader, find_session{hash_token("x"), it.world.wall});
  self->send(reader, find_account{"bob@example.org"});
  self->send(reader, find_account{"eve@example.org"});
  self->send(reader, load_user{protocol::user_id{99}});
  self->send(reader, ping_store{});
  it.world.run();
  auto sessions = 0;
  auto accounts = 0;
  for (auto n = 0; n < 2; ++n)
    self->receive(
        [&](const found_session& found) { sessions += found.session ? 1 : 0; });
  for (auto n = 0; n < 2; ++n)
    self->receive(
        [&](const found_account& found) { accounts += found.account ? 1 : 0; });
  self->receive([](const found_user& found) { CHECK_FALSE(found.user); });
  self->receive([](bool answers) { CHECK(answers); });
  CHECK(sessions == 1);
  CHECK(accounts == 1);
}
