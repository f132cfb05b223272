// SPDX-License-Identifier: Apache-2.0
#include "actors/fleet_budget.hpp"

#include "actors/ask_store.hpp"
#include "actors/messages.hpp"
#include "net/log.hpp"

#include <utility>

namespace convoy::actors {

namespace {

/// Somebody waits to log in.
constexpr std::chrono::milliseconds patience{2000};

/// A store that has not answered is not asked for so long.
constexpr std::chrono::seconds silence{5};

/// More than this do not wait for an answer.
constexpr std::size_t most_open = 256;

} // namespace

fleet_budget::fleet_budget(caf::actor registry)
    : registry_(std::move(registry)) {
  // nop
}

void fleet_budget::take(
    caf::event_based_actor* self, budget_wish wish,
    std::function<void(std::optional<std::chrono::microseconds>)> next) {
  if (!registry_ || state_->open >= most_open
      || self->clock().now() < state_->silent_until)
    return next(std::nullopt);
  ++state_->open;
  ask_store(
      self, registry_,
      [wish = std::move(wish)](store::database& db) {
        return db.fleet().take(wish.name, wish.burst, wish.interval,
                               wish.reserve);
      },
      [state = state_, next](std::chrono::microseconds wait) {
        --state->open;
        state->has_failed = false;
        next(wait);
      },
      [self, state = state_, next](const caf::error& why) {
        --state->open;
        state->silent_until = self->clock().now() + silence;
        if (!std::exchange(state->has_failed, true))
          net::log::warning("fleet-budget-unknown",
                            {{"reason", self->system().render(why)}});
        next(std::nullopt);
      },
      patience);
}

} // namespace convoy::actors
