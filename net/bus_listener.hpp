// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/bus.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <utility>

namespace convoy::net {

/// Somebody who listens on the bus: told from one thread, let go of from any.
class bus_listener {
public:
  bus_listener(std::string subject, std::function<void(bus_message)> take)
      : subject_(std::move(subject)), take_(std::move(take)) {
    // nop
  }

  const std::string& subject() const noexcept {
    return subject_;
  }
  void tell(bus_message what) {
    std::lock_guard guard{mutex_};
    // It may let go of itself.
    if (const auto take = take_)
      take(std::move(what));
  }
  /// It is told nothing from now on, and is not being told anything.
  void let_go() {
    std::lock_guard guard{mutex_};
    take_ = nullptr;
  }

private:
  const std::string subject_;
  std::recursive_mutex mutex_;
  std::function<void(bus_message)> take_;
};

} // namespace convoy::net
