// SPDX-License-Identifier: Apache-2.0
#include "actors/watchdog.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

struct watched {
  watched() {
    dog = world.system().spawn(watchdog,
                               watchdog_start{world.home->archive, 5s, [this] {
                                                ++alive;
                                              }});
    world.settle();
  }
  ~watched() {
    caf::anon_send_exit(dog, caf::exit_reason::user_shutdown);
    world.settle();
  }

  deterministic world;
  caf::actor dog;
  int alive = 0;
};

} // namespace

TEST_CASE("the watchdog says again and again that the archive answers") {
  watched it;
  CHECK(it.alive == 1);
  it.world.advance(4s);
  CHECK(it.alive == 1);
  it.world.advance(1s);
  CHECK(it.alive == 2);
  it.world.advance(5s);
  CHECK(it.alive == 3);
}

TEST_CASE("it says nothing while the archive hangs") {
  watched it;
  it.world.hold(it.world.writer);
  for (auto n = 0; n < 10; ++n)
    it.world.advance(5s);
  CHECK(it.alive == 1);
  it.world.let_go(it.world.writer);
  it.world.settle();
  CHECK(it.alive == 2);
  it.world.advance(5s);
  CHECK(it.alive == 3);
}

TEST_CASE("an archive that answers with an error does not hang") {
  watched it;
  caf::anon_send_exit(it.world.writer, caf::exit_reason::kill);
  it.world.settle();
  it.world.advance(5s);
  CHECK(it.alive == 2);
}
