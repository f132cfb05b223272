// SPDX-License-Identifier: Apache-2.0
#include "actors/watchdog.hpp"

#include "actors/strays.hpp"

#include <caf/sec.hpp>

namespace convoy::actors {

namespace {

/// Longer than whoever waits for us waits.
constexpr std::chrono::seconds patience{3600};

} // namespace

caf::behavior watchdog_state::start(watchdog_start how) {
  how_ = std::move(how);
  survive_strays(self_);
  self_->send(self_, tick{});
  return {
      [this](const tick&) { on_tick(); },
  };
}

void watchdog_state::on_tick() {
  self_->delayed_send(self_, how_.interval, tick{});
  if (std::exchange(is_open_, true))
    return;
  const auto on_answer = [this] {
    is_open_ = false;
    how_.alive();
  };
  self_->request(how_.archive, patience, ping_store{})
      .then([on_answer](bool) { on_answer(); },
            [this, on_answer](const caf::error& why) {
              is_open_ = false;
              if (why != caf::sec::request_timeout)
                on_answer();
            });
}

caf::behavior watchdog(caf::stateful_actor<watchdog_state>* self,
                       watchdog_start how) {
  return self->state.start(std::move(how));
}

} // namespace convoy::actors
