// SPDX-License-Identifier: Apache-2.0
#include "actors/scheduler.hpp"

#include "actors/actor.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/blocking_actor.hpp>
#include <caf/exit_reason.hpp>
#include <caf/scoped_actor.hpp>
#include <doctest/doctest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using convoy::actors::run_actors_on;

/// Far beyond what any step takes: when it is reached the test has failed.
constexpr auto patience = 60s;

/// An io_context with threads, and a system whose actors run on them.
class node {
public:
  explicit node(unsigned threads = 2) {
    run_actors_on(context_, config_);
    system_.emplace(config_);
    for (unsigned n = 0; n < threads; ++n)
      threads_.emplace_back([this] { context_.run(); });
  }
  ~node() {
    system_.reset();
    guard_.reset();
    join();
  }
  void join() {
    for (auto& thread : threads_)
      if (thread.joinable())
        thread.join();
  }
  /// Joins the threads before the system ends, as the program does.
  void stop_threads() {
    guard_.reset();
    context_.stop();
    join();
  }
  caf::actor_system& system() {
    return *system_;
  }

private:
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type>
      guard_{context_.get_executor()};
  caf::actor_system_config config_;
  std::optional<caf::actor_system> system_;
  std::vector<std::thread> threads_;
};

// Actors take an argument each: without one CAF 0.17.6 binds a null reference,
// which UBSan reports.
caf::behavior multiplier(caf::event_based_actor*, int factor) {
  return {[=](int x) {
    return factor * x;
  }};
}

using promises = std::shared_ptr<std::vector<caf::response_promise>>;

caf::behavior silent(caf::event_based_actor* self, promises held) {
  return {[=](int) {
    held->push_back(self->make_response_promise());
    return held->back();
  }};
}

} // namespace

TEST_CASE("an actor answers on the threads of the io_context") {
  node here;
  caf::scoped_actor self{here.system()};
  auto actor = self->spawn(multiplier, 2);
  self->request(actor, patience, 21)
      .receive([](int x) { CHECK(x == 42); },
               [](const caf::error&) { FAIL("no answer"); });
  self->send_exit(actor, caf::exit_reason::user_shutdown);
}

TEST_CASE("delayed messages come in the order of their delays") {
  node here;
  caf::scoped_actor self{here.system()};
  self->delayed_send(self, 30ms, 3);
  self->delayed_send(self, 10ms, 1);
  self->delayed_send(self, 20ms, 2);
  std::vector<int> order;
  for (auto n = 0; n < 3; ++n)
    self->receive([&](int x) { order.push_back(x); },
                  caf::after(patience) >> [] { FAIL("nothing came"); });
  CHECK(order == std::vector{1, 2, 3});
}

TEST_CASE("a request that nobody answers ends with its deadline") {
  node here;
  caf::scoped_actor self{here.system()};
  auto actor = self->spawn(
      silent, std::make_shared<std::vector<caf::response_promise>>());
  auto reason = caf::error{};
  self->request(actor, 10ms, 1)
      .receive([](int) { FAIL("an answer"); },
               [&](const caf::error& why) { reason = why; });
  CHECK(reason == caf::sec::request_timeout);
  self->send_exit(actor, caf::exit_reason::user_shutdown);
}

TEST_CASE("a monitor hears of the end, with its reason") {
  node here;
  caf::scoped_actor self{here.system()};
  auto actor = self->spawn(multiplier, 2);
  self->monitor(actor);
  self->send_exit(actor, caf::exit_reason::kill);
  self->receive(
      [&](const caf::down_msg& down) {
        CHECK(down.source == actor.address());
        CHECK(down.reason == caf::exit_reason::kill);
      },
      caf::after(patience) >> [] { FAIL("no down message"); });
}

TEST_CASE("a detached actor has a thread of its own and talks to the others") {
  node here{1};
  caf::scoped_actor self{here.system()};
  const auto who = [](caf::event_based_actor*,
                      std::size_t salt) -> caf::behavior {
    return {[=](int) {
      return salt + std::hash<std::thread::id>{}(std::this_thread::get_id());
    }};
  };
  auto shared = self->spawn(who, std::size_t{1});
  auto detached = self->spawn<caf::detached>(who, std::size_t{1});
  const auto thread_of = [&](const caf::actor& actor) {
    std::size_t result = 0;
    self->request(actor, patience, 0)
        .receive([&](std::size_t x) { result = x; },
                 [](const caf::error&) { FAIL("no answer"); });
    return result;
  };
  CHECK(thread_of(shared) != thread_of(detached));
  CHECK(thread_of(shared) == thread_of(shared));
  self->send_exit(shared, caf::exit_reason::user_shutdown);
  self->send_exit(detached, caf::exit_reason::user_shutdown);
}

TEST_CASE("an actor with many messages gives way to the others") {
  node here{1};
  caf::scoped_actor self{here.system()};
  struct busy {
    static caf::behavior run(caf::event_based_actor* actor, int step) {
      return {[=](int x) {
        // For ever: each message makes the next.
        actor->send(actor, x + step);
      }};
    }
  };
  auto loop = self->spawn(busy::run, 0);
  self->send(loop, 1);
  auto other = self->spawn(multiplier, 2);
  self->request(other, patience, 1)
      .receive([](int x) { CHECK(x == 2); },
               [](const caf::error&) { FAIL("starved"); });
  self->send_exit(loop, caf::exit_reason::kill);
  self->send_exit(other, caf::exit_reason::user_shutdown);
}

TEST_CASE("100,000 actors answer and end") {
  constexpr auto many = 100'000;
  node here;
  caf::scoped_actor self{here.system()};
  std::vector<caf::actor> actors;
  for (auto n = 0; n < many; ++n)
    actors.push_back(here.system().spawn(multiplier, 2));
  for (auto n = 0; n < many; ++n)
    self->send(actors[static_cast<std::size_t>(n)], n);
  auto sum = 0LL;
  for (auto n = 0; n < many; ++n)
    self->receive([&](int x) { sum += x; },
                  caf::after(patience) >> [] { FAIL("an answer is missing"); });
  CHECK(sum == 1LL * many * (many - 1));
  for (auto& actor : actors)
    self->send_exit(actor, caf::exit_reason::user_shutdown);
}

namespace {

/// Leaves 10,000 actors with messages, timers and requests behind.
void leave_work(caf::actor_system& system) {
  const auto chatter = [](caf::event_based_actor* self,
                          int later) -> caf::behavior {
    self->delayed_send(self, 3600s, later);
    return {[=](int x) {
              self->request(caf::actor_cast<caf::actor>(self), 3600s, 0.5)
                  .then([](double) {}, [](const caf::error&) {});
              if (x > 0)
                self->send(self, x - 1);
              else
                self->quit();
            },
            [](double x) {
              return x;
            }};
  };
  for (auto n = 0; n < 10'000; ++n)
    caf::anon_send(system.spawn(chatter, 1), n % 50);
}

} // namespace

TEST_CASE("a system ends while work is in flight") {
  node here;
  leave_work(here.system());
}

TEST_CASE("a system ends after its threads were joined, with work queued") {
  auto released = std::make_shared<int>(0);
  {
    node here;
    // An actor that is queued but never had a turn on a thread of the context.
    here.stop_threads();
    const auto holder = [](caf::event_based_actor* self,
                           const std::shared_ptr<int>& held) -> caf::behavior {
      return {[=](int) {
        ++*held;
        self->quit();
      }};
    };
    // The system waits for actors that run, so this one must be nobody's.
    auto actor = here.system().spawn<caf::hidden>(holder, released);
    caf::anon_send(actor, 1);
  }
  CHECK(*released == 1);
  CHECK(released.use_count() == 1);
}
