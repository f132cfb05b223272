// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/fleet_budget.hpp"
#include "actors/messages.hpp"
#include "protocol/rate_limit.hpp"

#include <optional>

namespace convoy::actors {

/// How often one address may knock.
struct doorman_start {
  unsigned burst = 1;
  protocol::rate_limit::seconds interval{};
  caf::actor registry{}; ///< of a fleet
};

/// Stands before the hasher: lets one address try so many logins and
/// registrations at once, then one in each interval (spec/rest-api.md §12),
/// here and on all nodes of a fleet together.
class doorman_state {
public:
  static inline const char* name = "doorman";

  doorman_state(caf::stateful_actor<doorman_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(doorman_start how);

private:
  caf::result<double> on_knock(const knock& who);

  caf::stateful_actor<doorman_state>* self_;
  doorman_start how_;
  fleet_budget budget_;
  std::optional<protocol::rate_limit> limit_; ///< there from the start on
};

caf::behavior doorman(caf::stateful_actor<doorman_state>* self,
                      doorman_start how);

} // namespace convoy::actors
