// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>

namespace convoy::actors {

/// The waits between connects that fail: each twice the one before, up to a
/// most (spec §6.2). No clock and no dice: who uses it has both.
class backoff {
public:
  using seconds = std::chrono::duration<double>;

  backoff(seconds first, seconds most) : first_(first), most_(most) {
    // nop
  }
  /// The wait now, as people are told.
  seconds next() {
    const auto now = next_.count() == 0 ? std::min(first_, most_) : next_;
    next_ = std::min(now * 2, most_);
    return now;
  }
  /// `wait` with up to a tenth on top, so that those who lost their connections
  /// together do not come back together; `dice` is 0 to 1.
  static seconds with_jitter(seconds wait, double dice) {
    return wait * (1 + dice / 10);
  }
  /// It worked: start anew.
  void reset() {
    next_ = seconds{0};
  }

private:
  seconds first_;
  seconds most_;
  seconds next_{0};
};

} // namespace convoy::actors
