// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

namespace convoy::net {

/// How long a test waits for an event that has to come.
inline constexpr std::chrono::seconds patience{10};

/// What other threads report to the thread of a test.
template <class T>
class mailbox {
public:
  void put(T what) {
    std::lock_guard guard{mutex_};
    items_.push_back(std::move(what));
    arrived_.notify_one();
  }

  /// The next report; the test fails when none comes.
  T take() {
    std::unique_lock lock{mutex_};
    bool came =
        arrived_.wait_for(lock, patience, [this] { return !items_.empty(); });
    REQUIRE_MESSAGE(came, "nothing was reported");
    T out = std::move(items_.front());
    items_.pop_front();
    return out;
  }

  bool empty() const {
    std::lock_guard guard{mutex_};
    return items_.empty();
  }

private:
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<T> items_;
};

} // namespace convoy::net
