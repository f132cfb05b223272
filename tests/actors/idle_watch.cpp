// SPDX-License-Identifier: Apache-2.0
#include "actors/idle_watch.hpp"

#include "actors/messages.hpp"
#include "deterministic.hpp"

#include <functional>
#include <memory>
#include <optional>

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

/// Somebody who may become unused, and how they were told to end.
struct person {
  idle_watch idle;
  bool is_used = false;
  std::optional<go_away> end;
};

caf::behavior idler(caf::event_based_actor* self, const node_ptr& home,
                    person* who) {
  who->idle.start(self, home, protocol::user_id{7},
                  [who] { return who->is_used; });
  who->idle.look_later();
  return {
      [who](const look_around&) { who->idle.on_look_around(); },
      [self, who](const go_away& why) {
        who->end = why;
        self->quit();
      },
  };
}

/// A node with a directory of one's own.
struct watched {
  explicit watched(const std::function<caf::result<bool>()>& may) {
    const auto copy = std::make_shared<node>(*world.home);
    copy->directory =
        world.system().spawn([may](caf::event_based_actor*) -> caf::behavior {
          return {[may](const may_end&) {
            return may();
          }};
        });
    directory = copy->directory;
    world.system().spawn(idler, copy, &who);
    world.run();
  }
  ~watched() {
    caf::anon_send_exit(directory, caf::exit_reason::user_shutdown);
    world.advance(1h);
    world.leave();
  }
  /// So that it looks around as often as that.
  void look(int times) {
    for (int n = 0; n < times; ++n)
      world.advance(world.home->config.user_patience + 1ms);
  }

  deterministic world;
  person who;
  caf::actor directory;
};

} // namespace

TEST_CASE("whoever is not needed ends when the directory says so") {
  int asked = 0;
  watched it{[&] {
    return ++asked == 3;
  }};
  CHECK(asked == 0);
  it.look(2);
  CHECK(asked == 2);
  CHECK_FALSE(it.who.end);
  it.look(5);
  CHECK(asked == 3);
  CHECK(it.who.end);
}

TEST_CASE("whoever is needed again is not asked about") {
  int asked = 0;
  watched it{[&] {
    return ++asked > 0;
  }};
  it.who.is_used = true;
  it.look(3);
  CHECK(asked == 0);
  CHECK_FALSE(it.who.end);
}

TEST_CASE("who was forgotten by the directory ends, also when somebody came") {
  person* who = nullptr;
  watched it{[&] {
    return who->is_used = true;
  }};
  who = &it.who;
  it.look(1);
  REQUIRE(it.who.end);
  CHECK(it.who.end->code == 1012);
  CHECK(it.who.end->reason == "The user's actor has ended: connect again.");
}

TEST_CASE("without a directory nobody stays who is not needed") {
  watched it{[] {
    return false;
  }};
  it.look(2);
  CHECK_FALSE(it.who.end);
  caf::anon_send_exit(it.directory, caf::exit_reason::user_shutdown);
  it.look(2);
  CHECK(it.who.end);
}
