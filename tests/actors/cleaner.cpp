// SPDX-License-Identifier: Apache-2.0
#include "actors/cleaner.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

struct cleaned {
  explicit cleaned(settings config = deterministic::quick()) : world(config) {
    user = world.add_user("ann@example.org");
    world.add_connection(user, {}, false);
    actor = world.system().spawn(
        cleaner,
        cleaner_start{world.home->archive, world.home->wall_clock, config});
    world.settle();
  }
  ~cleaned() {
    caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
    world.settle();
  }

  void happen(protocol::event_kind kind, std::size_t count = 1) {
    store::journal_batch batch;
    batch.user = user;
    while (count-- > 0) {
      protocol::event what;
      what.kind = kind;
      what.seq = ++last;
      what.time = world.wall;
      what.connection_id = "irc-example";
      what.conversation_id = "#room";
      what.from = "bob";
      what.text = "needle";
      batch.events.push_back(std::move(what));
    }
    world.database->append({&batch});
  }
  std::size_t kept() {
    return world.database->journal(user, 0, 100'000).size();
  }
  std::size_t unindexed() {
    return world.database->index_some(100'000);
  }

  deterministic world;
  protocol::user_id user{};
  protocol::event_seq last = 0;
  caf::actor actor;
};

} // namespace

TEST_CASE("each class of events is kept for its time") {
  auto config = deterministic::quick();
  config.resume_window = 1h;
  config.message_lifetime = 10h;
  cleaned it{config};
  it.happen(protocol::event_kind::join);
  it.happen(protocol::event_kind::direct);
  it.world.advance(2s);
  CHECK(it.kept() == 2);
  it.world.advance(59min);
  CHECK(it.kept() == 2);
  // It looks again, and again, and then deletes.
  for (auto n = 0; n < 100; ++n)
    it.world.advance(10s);
  CHECK(it.kept() == 1);
  it.world.advance(9h);
  for (auto n = 0; n < 100; ++n)
    it.world.advance(10s);
  CHECK(it.kept() == 0);
}

TEST_CASE("messages are kept for ever unless somebody says otherwise") {
  cleaned it;
  it.happen(protocol::event_kind::direct);
  it.world.advance(24h * 3650);
  for (auto n = 0; n < 100; ++n)
    it.world.advance(10s);
  CHECK(it.kept() == 1);
}

TEST_CASE("a journal may have so many bytes") {
  auto config = deterministic::quick();
  config.max_journal_bytes_per_user = 900;
  cleaned it{config};
  // Of nine bytes each.
  it.happen(protocol::event_kind::direct, 1000);
  for (auto n = 0; n < 100; ++n)
    it.world.advance(1s);
  CHECK(it.kept() == 100);
}

TEST_CASE("what is said is put into the index, a step at a time") {
  cleaned it;
  it.happen(protocol::event_kind::direct, 2000);
  it.world.advance(1s);
  it.world.advance(100ms);
  CHECK(it.world.pending_timers() > 0);
  for (auto n = 0; n < 10; ++n)
    it.world.advance(1s);
  CHECK(it.unindexed() == 0);
}

TEST_CASE("others have their turn between two steps") {
  cleaned it;
  it.happen(protocol::event_kind::direct, 2000);
  it.world.advance(1s);
  // One step has been taken.
  CHECK(it.unindexed() == 1500);
}

TEST_CASE("a store that fails is tried again later") {
  cleaned it;
  it.happen(protocol::event_kind::direct, 600);
  it.world.hold(it.world.writer);
  it.world.advance(1s);
  it.world.advance(31s);
  it.world.let_go(it.world.writer);
  it.world.settle();
  it.world.advance(10s);
  it.world.advance(1s);
  it.world.advance(1s);
  CHECK(it.unindexed() == 0);
}

TEST_CASE("a deletion that was cut short is finished at the start") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org", "ann");
  const auto bob = world.add_user("bob@example.org", "bob");
  CHECK_FALSE(world.database->delete_account(ann, 1));
  CHECK_FALSE(world.database->delete_account(bob, 1));
  const auto actor = world.system().spawn(
      cleaner, cleaner_start{world.home->archive, world.home->wall_clock, {}});
  for (auto n = 0; n < 30; ++n)
    world.advance(1s);
  CHECK(world.database->accounts().empty());
  caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
  world.settle();
}

TEST_CASE("a deletion that is under way is left to whoever does it") {
  cleaned it;
  const auto bob = it.world.add_user("bob@example.org", "bob");
  // The first round.
  for (auto n = 0; n < 30; ++n)
    it.world.advance(1s);
  it.happen(protocol::event_kind::direct, 2000);
  CHECK_FALSE(it.world.database->delete_account(it.user, 1));
  for (auto n = 0; n < 70; ++n)
    it.world.advance(10s);
  CHECK(it.world.database->find_account(it.user));
  // Unless it does not end.
  for (auto n = 0; n < 100; ++n)
    it.world.advance(10s);
  CHECK_FALSE(it.world.database->find_account(it.user));
  CHECK_FALSE(it.world.database->half_deleted());
  CHECK(it.world.database->find_account(bob));
}

namespace {

caf::behavior played_homes(caf::event_based_actor*,
                           std::shared_ptr<store::node_epoch> epoch) {
  return {
      [epoch](const get_lease&) { return lease_is{*epoch}; },
  };
}

} // namespace

TEST_CASE("a fleet is cleaned by the node whose turn it is") {
  deterministic world;
  const auto ann = world.add_user("ann@example.org", "ann");
  CHECK_FALSE(world.database->delete_account(ann, 1));
  const auto epoch = std::make_shared<store::node_epoch>(0);
  const auto homes = world.system().spawn(played_homes, epoch);
  const auto actor = world.system().spawn(
      cleaner,
      cleaner_start{world.home->archive, world.home->wall_clock, {}, homes});
  for (auto n = 0; n < 30; ++n)
    world.advance(1s);
  CHECK(world.database->accounts().size() == 1);
  *epoch = 7;
  for (auto n = 0; n < 30; ++n)
    world.advance(1s);
  CHECK(world.database->accounts().empty());
  for (const auto& each : {actor, homes})
    caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
  world.settle();
}
