// SPDX-License-Identifier: Apache-2.0
#include "actors/account_watch.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

caf::behavior listener(caf::event_based_actor*, std::shared_ptr<strings> told) {
  return {
      [=](const expel_user& who) {
        told->push_back("out " + to_string(who.id));
      },
      [=](const readmit_user& who) {
        told->push_back("in " + to_string(who.id));
      },
      [=](const account_changed& who) {
        told->push_back("changed " + to_string(who.user));
      },
  };
}

struct watched {
  watched() {
    ann = world.add_user("ann@example.org", "a");
    bob = world.add_user("bob@example.org", "b");
    directory = world.system().spawn(listener, told);
    watch = world.system().spawn(
        account_watch,
        account_watch_start{world.home->reader(0), directory, 60s,
                            world.database->user_standing()});
    world.settle();
  }
  ~watched() {
    for (const auto& each : {watch, directory})
      caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    world.settle();
  }
  strings after_a_minute() {
    world.advance(60s);
    world.settle();
    return std::exchange(*told, {});
  }

  deterministic world;
  protocol::user_id ann{};
  protocol::user_id bob{};
  std::shared_ptr<strings> told = std::make_shared<strings>();
  caf::actor directory;
  caf::actor watch;
};

} // namespace

TEST_CASE("of those who are as they were nothing is said") {
  watched it;
  it.world.add_user("eve@example.org", "e");
  CHECK(it.after_a_minute().empty());
  CHECK(it.after_a_minute().empty());
}

TEST_CASE("who is disabled by another program goes, who is enabled comes") {
  watched it;
  it.world.database->set_disabled(it.ann, true);
  it.world.advance(59s);
  it.world.settle();
  CHECK(it.told->empty());
  CHECK(it.after_a_minute() == strings{"out 1"});
  CHECK(it.after_a_minute().empty());
  it.world.database->set_disabled(it.ann, false);
  CHECK(it.after_a_minute() == strings{"in 1"});
  CHECK(it.after_a_minute().empty());
}

TEST_CASE("who is deleted goes") {
  watched it;
  while (!it.world.database->delete_account(it.bob, 100)) {
    // nop
  }
  CHECK(it.after_a_minute() == strings{"out 2"});
  CHECK(it.after_a_minute().empty());
}

TEST_CASE("who has been given other roles by another program is told") {
  watched it;
  it.world.database->change_account(it.bob, {.roles = {{"admin"}}});
  CHECK(it.after_a_minute() == strings{"changed 2"});
  CHECK(it.after_a_minute().empty());
  it.world.database->change_account(it.bob, {.roles = {{}}});
  CHECK(it.after_a_minute() == strings{"changed 2"});
  // Who cannot log in is nothing.
  it.world.database->change_account(it.bob, {.roles = {{"admin"}}});
  it.world.database->set_disabled(it.bob, true);
  CHECK(it.after_a_minute() == strings{"out 2"});
}
