// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <future>
#include <thread>

namespace convoy::net {

/// Ends the process, with exit code 1, when stopping takes too long: when it
/// lives for longer than that.
class stop_deadline {
public:
  explicit stop_deadline(std::chrono::milliseconds patience);
  ~stop_deadline();
  stop_deadline(const stop_deadline&) = delete;
  stop_deadline& operator=(const stop_deadline&) = delete;

private:
  std::promise<void> done_;
  std::thread guard_;
};

} // namespace convoy::net
