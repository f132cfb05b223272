// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace convoy::net {

/// One event loop and the threads that run it; sockets and actors share them.
class runtime {
public:
  /// `threads` is at least 1. No thread runs before `run`. Ignores SIGPIPE for
  /// the whole process: a write to a closed socket is an error value here.
  explicit runtime(unsigned threads);
  /// Abandons what is left, and joins.
  ~runtime();
  runtime(const runtime&) = delete;
  runtime& operator=(const runtime&) = delete;

  /// Starts the threads.
  void run();
  /// Calls `what` from one of the threads, soon.
  void post(std::function<void()> what);
  /// Calls `handler` with each SIGTERM, SIGINT and SIGHUP that comes, until
  /// `stop`. To be called once at most.
  void on_signal(std::function<void(int)> handler);
  /// Lets the threads go home as soon as nothing is left to do or to wait for.
  void stop();
  /// Makes the threads go home now; what is queued is dropped by the
  /// destructor.
  void abandon();
  /// Waits until the threads are gone. Not from one of them.
  void join();

  boost::asio::io_context& context() noexcept;

private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

} // namespace convoy::net
