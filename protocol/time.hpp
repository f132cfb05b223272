// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace convoy::protocol {

/// Wall-clock time, in microseconds since the Unix epoch. What people see.
using timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// Monotonic time. What deadlines are made of.
using instant = std::chrono::steady_clock::time_point;

/// The two clocks, read together by whoever owns one and passed down: nothing
/// in `protocol/` looks at a clock.
struct moment {
  instant steady{};
  timestamp wall{};
};

} // namespace convoy::protocol
