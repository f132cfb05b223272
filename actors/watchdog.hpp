// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"

#include <chrono>
#include <functional>

namespace convoy::actors {

/// What the watchdog begins with.
struct watchdog_start {
  caf::actor archive;
  /// It is looked so often.
  std::chrono::microseconds interval{};
  /// Called when the loop and the archive's thread go on.
  std::function<void()> alive;
};

/// Looks, again and again, whether the event loop runs and the archive answers,
/// be it with an error: a store that fails is no reason to start anew, a thread
/// that hangs is one.
class watchdog_state {
public:
  static inline const char* name = "watchdog";

  watchdog_state(caf::stateful_actor<watchdog_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(watchdog_start how);

private:
  void on_tick();

  caf::stateful_actor<watchdog_state>* self_;
  watchdog_start how_;
  bool is_open_ = false; ///< the archive has not answered yet
};

caf::behavior watchdog(caf::stateful_actor<watchdog_state>* self,
                       watchdog_start how);

} // namespace convoy::actors
