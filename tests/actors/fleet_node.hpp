// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/archive.hpp"
#include "actors/homes.hpp"
#include "actors/lease.hpp"
#include "actors/messages.hpp"
#include "actors/post_office.hpp"
#include "deterministic.hpp"
#include "memory_bus.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace convoy::actors {

/// What goes wrong between a node and its registry.
struct mishaps {
  int refused = 0; ///< so many of the next jobs are not done
  int unheard = 0; ///< of so many it is not heard that they were done
};

inline caf::behavior moody_registry(caf::event_based_actor* self,
                                    const caf::actor& real,
                                    const std::shared_ptr<mishaps>& luck) {
  const auto fails = [](int& count) {
    return count > 0 && count-- > 0;
  };
  const auto away = caf::make_error(caf::sec::runtime_error, "store away");
  return {
      [=](const store_job& job) -> caf::result<bool> {
        if (fails(luck->refused))
          return away;
        auto promise = self->make_response_promise<bool>();
        self->request(real, caf::infinite, job)
            .then(
                [=](bool done) mutable {
                  if (fails(luck->unheard))
                    promise.deliver(away);
                  else
                    promise.deliver(done);
                },
                [=](caf::error& why) mutable {
                  promise.deliver(std::move(why));
                });
        return promise;
      },
  };
}

/// One node of a fleet as it is; what the others do to the registry is up to
/// the test.
struct fleet_node {
  static lease_start usual() {
    lease_start result;
    result.name = "here";
    result.version = "1";
    return result;
  }

  explicit fleet_node(const lease_start& how = usual(),
                      const settings& config = deterministic::quick(),
                      const homes_start& placing = {})
      : store(deterministic::empty_store()),
        world(
            config, store, {},
            [&](caf::actor_system& system, const std::shared_ptr<node>& made) {
              auto mine = how;
              mine.refuse = [this](std::string why) {
                refusals.push_back(std::move(why));
              };
              mine.watchman = {[this] { return watch_time; },
                               [this](std::chrono::nanoseconds when) {
                                 ends_at = when;
                                 look_at_end();
                               }};
              made->bus = &port;
              const std::weak_ptr<const node> weak{made};
              made->registry = system.spawn(
                  moody_registry, system.spawn(archive_reader, store), luck);
              mine.runner = made->registry;
              made->post_office = system.spawn(post_office, weak);
              auto places = placing;
              places.lease = mine.lease;
              places.seed = 1;
              made->homes = system.spawn(homes, weak, places);
              made->lease = system.spawn(lease, weak, std::move(mine));
            }) {
    // nop
  }
  ~fleet_node() {
    world.leave();
  }

  /// Time passes, in small steps, for both clocks.
  void advance(std::chrono::milliseconds time) {
    constexpr std::chrono::milliseconds step{50};
    for (auto left = time; left.count() > 0; left -= step) {
      watch_time += step;
      look_at_end();
      world.advance(step);
      while (hub.run())
        world.settle();
    }
  }
  /// Asks and takes the answer, which must be there at once.
  template <class Answer, class Message>
  Answer ask(const caf::actor& who, const Message& what) {
    caf::scoped_actor self{world.system()};
    self->send(who, what);
    world.settle();
    Answer result{};
    self->receive([&](const Answer& said) { result = said; },
                  caf::after(std::chrono::seconds{0}) >>
                      [] { FAIL("no answer"); });
    return result;
  }
  store::node_epoch epoch() {
    return ask<lease_is>(world.home->lease, get_lease{}).epoch;
  }
  store::registry& registry() {
    return store->fleet();
  }
  /// Users who live here; a renewal counts them.
  std::int64_t homes_here() {
    const auto mine = [this] {
      for (const auto& each : registry().nodes())
        if (each.name == "here")
          return each;
      return store::node_row{};
    };
    registry().renew(mine().epoch, mine().draining);
    return mine().homes;
  }
  /// Another node, which is there as long as the test renews it.
  store::node_epoch join(const std::string& name,
                         std::chrono::milliseconds lease = std::chrono::seconds{
                             10}) {
    const auto result = registry().join(name, "1", lease);
    REQUIRE(result);
    return *result;
  }

  void look_at_end() {
    is_killed =
        is_killed || (ends_at != ends_at.zero() && watch_time >= ends_at);
  }

  std::vector<std::string> refusals;
  std::chrono::nanoseconds watch_time{std::chrono::hours{2}};
  std::chrono::nanoseconds ends_at{0};
  bool is_killed = false; ///< by who watches over it
  memory_bus hub;
  memory_bus::port port{hub};
  std::shared_ptr<mishaps> luck = std::make_shared<mishaps>();
  std::shared_ptr<store::database> store;
  deterministic world;
};

} // namespace convoy::actors
