// SPDX-License-Identifier: Apache-2.0
#include "net/runtime.hpp"

#include "tests/net/mailbox.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <thread>

using namespace convoy::net;

TEST_CASE("work that is posted runs on a thread of the loop") {
  runtime loop{2};
  mailbox<std::thread::id> where;
  loop.post([&] { where.put(std::this_thread::get_id()); });
  loop.run();
  CHECK(where.take() != std::this_thread::get_id());
}

TEST_CASE("the loop goes on without work until it is stopped") {
  runtime loop{1};
  mailbox<int> done;
  loop.run();
  loop.post([&] { done.put(1); });
  CHECK(done.take() == 1);
  loop.post([&] {
    loop.stop();
    loop.post([&] { done.put(2); });
  });
  loop.join();
  CHECK(done.take() == 2);
}

TEST_CASE("signals come one by one until stop") {
  runtime loop{1};
  mailbox<int> signals;
  loop.on_signal([&](int number) { signals.put(number); });
  loop.run();
  std::raise(SIGHUP);
  CHECK(signals.take() == SIGHUP);
  std::raise(SIGTERM);
  CHECK(signals.take() == SIGTERM);
  loop.stop();
  loop.join();
}

TEST_CASE("a loop that is stopped while a signal is handled ends") {
  for (int n = 0; n < 50; ++n) {
    runtime loop{2};
    mailbox<int> stopped;
    loop.on_signal([&](int number) {
      loop.stop();
      // Whoever else is on the loop has its turn before we are through.
      mailbox<int> passed;
      loop.post([&] { passed.put(1); });
      passed.take();
      stopped.put(number);
    });
    loop.run();
    std::raise(SIGTERM);
    CHECK(stopped.take() == SIGTERM);
    loop.join();
  }
}
