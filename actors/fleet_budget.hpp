// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "protocol/time.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace convoy::actors {

/// What may be taken of a budget that all nodes share.
struct budget_wish {
  std::string name;
  unsigned burst = 1;
  std::chrono::microseconds interval{};
  bool reserve = false; ///< it is taken also when one has to wait for it
};

/// The way to the budgets of the fleet, for one actor. It never makes anybody
/// wait for a store that does not answer: then each node goes by what it knows
/// itself, which the log hears once.
class fleet_budget {
public:
  /// Without `registry` there is no fleet.
  explicit fleet_budget(caf::actor registry = {});

  bool is_shared() const noexcept {
    return registry_ != nullptr;
  }

  /// Calls `next`, at once or later, with how long to wait; with nothing when
  /// the store does not say.
  void take(caf::event_based_actor* self, budget_wish wish,
            std::function<void(std::optional<std::chrono::microseconds>)> next);

private:
  struct state {
    std::size_t open = 0; ///< questions
    protocol::instant silent_until{};
    bool has_failed = false; ///< the log knows
  };

  caf::actor registry_;
  std::shared_ptr<state> state_ = std::make_shared<state>();
};

} // namespace convoy::actors
