// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/unique_fd.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

namespace convoy::bench {

/// Nanoseconds of the monotonic clock.
[[nodiscard]] std::int64_t monotonic_ns();

/// Told of what a file descriptor is ready for.
class watcher {
public:
  virtual ~watcher() = default;
  /// @param events as epoll_wait(2) gives them, edge-triggered.
  virtual void ready(std::uint32_t events) = 0;
};

/// One thread's epoll.
class loop {
public:
  /// What a step returns when only an event or the deadline ends the wait.
  static constexpr auto never = std::numeric_limits<std::int64_t>::max();
  /// What a step returns to end the run.
  static constexpr std::int64_t finished = -1;
  /// Called before each wait; returns the monotonic time of the next call that
  /// it needs.
  using step = std::function<std::int64_t()>;

  loop();
  /// Watches `fd`, edge-triggered in both directions, until it is closed.
  void add(int fd, watcher& target);
  /// Serves events until `next` says `finished`.
  /// @param deadline monotonic time; `never` to run without end.
  /// @returns whether `next` ended it; false when the deadline did.
  bool run(const step& next, std::int64_t deadline);
  /// A buffer for whoever reads at the moment.
  [[nodiscard]] std::span<char> scratch() {
    return scratch_;
  }

private:
  unique_fd epoll_;
  std::vector<char> scratch_;
};

} // namespace convoy::bench
