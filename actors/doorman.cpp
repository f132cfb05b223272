// SPDX-License-Identifier: Apache-2.0
#include "actors/doorman.hpp"

#include "actors/strays.hpp"

namespace convoy::actors {

namespace {

/// Addresses that are known at once; each takes some hundred bytes.
constexpr std::size_t most_addresses = 10'000;

} // namespace

caf::behavior doorman_state::start(doorman_start how) {
  survive_strays(self_);
  limit_.emplace(how.burst, how.interval, most_addresses);
  return {
      [this](const knock& who) {
        return limit_
            ->take(protocol::network_of(who.address), self_->clock().now())
            .count();
      },
  };
}

caf::behavior doorman(caf::stateful_actor<doorman_state>* self,
                      doorman_start how) {
  return self->state.start(how);
}

} // namespace convoy::actors
