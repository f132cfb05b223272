// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/bus.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace convoy::net {

class runtime;

/// Requests that wait for their answer, each with a deadline by the timer of
/// the loop. From any thread.
class bus_requests {
public:
  explicit bus_requests(runtime& loop);
  ~bus_requests();

  /// Number of a new one, never 0. Without an answer until then it ends with
  /// `timeout`.
  std::uint64_t add(std::chrono::milliseconds deadline,
                    std::function<void(bus_answer)> done);
  /// It ends so, unless it has ended already.
  void finish(std::uint64_t number, bus_answer how);
  /// All end with `timeout`.
  void finish_all();
  std::size_t size() const;

private:
  class impl;
  std::shared_ptr<impl> impl_;
};

} // namespace convoy::net
