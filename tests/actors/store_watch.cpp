// SPDX-License-Identifier: Apache-2.0
#include "actors/store_watch.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

/// Counts what it is asked, and answers with `problem`; not while that is
/// "stall".
struct fake_store {
  std::string problem;
  int asked = 0;
};

caf::behavior archive_of(caf::event_based_actor* self,
                         std::shared_ptr<fake_store> what) {
  return {[=](const ping_store&) -> caf::result<bool> {
    ++what->asked;
    if (what->problem == "stall")
      return self->make_response_promise<bool>();
    if (what->problem.empty())
      return true;
    return caf::make_error(caf::sec::runtime_error, what->problem);
  }};
}

caf::behavior listener(caf::event_based_actor*, std::shared_ptr<strings> told) {
  return {[=](const store_is& now) {
    told->push_back(now.available ? "back" : "out: " + now.reason);
  }};
}

struct watched {
  watched() {
    archive = world.system().spawn(archive_of, store);
    directory = world.system().spawn(listener, told);
    watch = world.system().spawn(store_watch, archive, directory);
    world.settle();
  }
  ~watched() {
    for (const auto& each : {watch, archive, directory})
      caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    world.settle();
  }
  strings after(int seconds) {
    for (auto n = 0; n < seconds; ++n)
      world.advance(1s);
    return std::exchange(*told, {});
  }
  std::string known() {
    caf::scoped_actor self{world.system()};
    self->send(watch, ping_store{});
    world.settle();
    store_is result;
    self->receive([&](const store_is& now) { result = now; });
    CHECK(result.available == result.reason.empty());
    return result.reason;
  }

  deterministic world;
  std::shared_ptr<fake_store> store = std::make_shared<fake_store>();
  std::shared_ptr<strings> told = std::make_shared<strings>();
  caf::actor archive;
  caf::actor directory;
  caf::actor watch;
};

} // namespace

TEST_CASE("nothing is said of a store that works") {
  watched it;
  CHECK(it.after(5).empty());
  CHECK(it.store->asked == 5);
  CHECK(it.known().empty());
}

TEST_CASE("a failure is told once, and its end") {
  watched it;
  it.store->problem = "disk full";
  CHECK(it.after(3) == strings{"out: disk full"});
  CHECK(it.known() == "disk full");
  it.store->problem = "disk broken";
  CHECK(it.after(3) == strings{"out: disk broken"});
  it.store->problem = "";
  CHECK(it.after(3) == strings{"back"});
  CHECK(it.known().empty());
}

TEST_CASE("a store that does not answer is asked no more, for a while") {
  watched it;
  it.store->problem = "stall";
  CHECK(it.after(5).empty());
  CHECK(it.after(1) == strings{"out: The store does not answer."});
  CHECK(it.after(24).empty());
  CHECK(it.store->asked == 1);
  CHECK(it.known() == "The store does not answer.");
  it.store->problem = "";
  CHECK(it.after(3) == strings{"back"});
}

TEST_CASE("an archive that is gone is told") {
  watched it;
  caf::anon_send_exit(it.archive, caf::exit_reason::kill);
  CHECK(it.after(2).size() == 1);
  CHECK_FALSE(it.known().empty());
}
