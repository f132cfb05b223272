// SPDX-License-Identifier: Apache-2.0
#include "actors/last_use.hpp"

#include "deterministic.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

/// What a store that takes its time was asked.
struct slow_store {
  struct request {
    store_job job;
    caf::typed_response_promise<bool> answer;
  };
  std::vector<request> asked;
};

caf::behavior take_time(caf::event_based_actor* self, slow_store* store) {
  return {
      [self, store](const store_job& job) -> caf::result<bool> {
        auto promise = self->make_response_promise<bool>();
        store->asked.push_back({job, promise});
        return promise;
      },
      // The newest is done, or failed.
      [store](const tick&) { store->asked.back().answer.deliver(true); },
      [store](const flush&) {
        store->asked.back().answer.deliver(
            caf::make_error(caf::sec::runtime_error, "locked"));
      },
  };
}

struct noting {
  noting() {
    world.add_user("ann@example.org", "a");
    archive = world.system().spawn(take_time, &store);
    noted = world.system().spawn(last_use, archive);
  }
  ~noting() {
    store.asked.clear();
    for (const auto& each : {noted, archive})
      caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    world.run();
  }
  void use(const std::string& key, protocol::timestamp when = {}) {
    caf::anon_send(noted, used{used::what::session, key, when});
    world.run();
  }
  /// Does the newest job.
  void run_job() {
    store.asked.back().job.run(*world.database);
    caf::anon_send(archive, tick{});
    world.run();
  }
  protocol::timestamp last_seen() {
    const auto found =
        world.database->find_session(hash_token("a"), world.wall);
    REQUIRE(found);
    return found->last_seen;
  }

  slow_store store;
  deterministic world;
  caf::actor archive;
  caf::actor noted;
};

} // namespace

TEST_CASE("however many uses there are, one write is under way") {
  noting it;
  it.use("x");
  for (int n = 0; n < 1000; ++n)
    it.use(std::to_string(n));
  CHECK(it.store.asked.size() == 1);
  it.run_job();
  REQUIRE(it.store.asked.size() == 2);
  it.run_job();
  CHECK(it.store.asked.size() == 2);
}

TEST_CASE("the newest use of what waits is written") {
  noting it;
  it.use("x");
  const auto now = it.world.wall;
  it.use(hash_token("a"), now + 60s);
  it.use(hash_token("a"), now + 90s);
  // There is no room for more, but for what waits already.
  for (std::size_t n = 0; n < max_waiting_uses; ++n)
    it.use(std::to_string(n));
  it.use(hash_token("a"), now + 120s);
  it.run_job();
  it.run_job();
  CHECK(it.last_seen() == now + 120s);
}

TEST_CASE("what cannot be written is forgotten, and the next use is not") {
  noting it;
  it.use("x");
  it.use("y");
  caf::anon_send(it.archive, flush{});
  it.world.run();
  CHECK(it.store.asked.size() == 1);
  it.use(hash_token("a"), it.world.wall + 60s);
  REQUIRE(it.store.asked.size() == 2);
  it.run_job();
  CHECK(it.last_seen() == it.world.wall + 60s);
}

TEST_CASE("a request writes down that its login is used, once a minute") {
  deterministic world;
  world.add_user("ann@example.org", "a");
  const auto seen = [&] {
    return world.database->find_session(hash_token("a"), world.wall)->last_seen;
  };
  world.advance(61s);
  const auto first = world.wall;
  CHECK(world.rest("GET", "/api/user", "", "a").status == 200);
  CHECK(seen() == first);
  world.advance(30s);
  CHECK(world.rest("GET", "/api/user", "", "a").status == 200);
  CHECK(seen() == first);
  world.advance(31s);
  CHECK(world.rest("GET", "/api/user", "", "a").status == 200);
  CHECK(seen() == world.wall);
}
