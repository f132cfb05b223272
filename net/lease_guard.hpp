// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <sys/types.h>

namespace convoy::net {

/// A process beside this one that kills it when a deadline has passed, also
/// while it is stopped: a node whose lease is over may not keep its sockets
/// open (P5). It costs a process that sleeps. It ends when this one does,
/// however that ends.
///
/// It cannot kill the first process of a container, which the kernel protects
/// from those in it: that is to be another (`go_on_as_child`).
class lease_guard {
public:
  /// Starts it; to be made before there is any thread. Throws
  /// `std::system_error`.
  lease_guard();
  /// Ends it, and waits for that.
  ~lease_guard();
  lease_guard(const lease_guard&) = delete;
  lease_guard& operator=(const lease_guard&) = delete;

  /// Time since the machine was started, its sleep included.
  static std::chrono::nanoseconds now();
  /// This process is killed then, unless another time is set before; 0: never.
  void end_at(std::chrono::nanoseconds when);
  /// Of the other process.
  pid_t process() const noexcept {
    return process_;
  }

private:
  struct shared;

  shared* shared_ = nullptr;
  int line_ = -1; ///< to the other process, which sees it close
  pid_t process_ = -1;
};

} // namespace convoy::net
