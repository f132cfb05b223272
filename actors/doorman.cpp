// SPDX-License-Identifier: Apache-2.0
#include "actors/doorman.hpp"

#include "actors/strays.hpp"

namespace convoy::actors {

namespace {

/// Addresses that are known at once; each takes some hundred bytes.
constexpr std::size_t most_addresses = 10'000;

} // namespace

caf::behavior doorman_state::start(doorman_start how) {
  how_ = std::move(how);
  budget_ = fleet_budget{how_.registry};
  survive_strays(self_);
  limit_.emplace(how_.burst, how_.interval, most_addresses);
  return {
      [this](const knock& who) { return on_knock(who); },
  };
}

caf::result<double> doorman_state::on_knock(const knock& who) {
  const auto network = protocol::network_of(who.address);
  const auto wait = limit_->take(network, self_->clock().now()).count();
  if (wait > 0 || !budget_.is_shared() || how_.interval <= how_.interval.zero())
    return wait;
  auto promise = self_->make_response_promise<double>();
  budget_.take(
      self_,
      {"login " + network, how_.burst,
       std::chrono::duration_cast<std::chrono::microseconds>(how_.interval),
       false},
      [promise](std::optional<std::chrono::microseconds> more) mutable {
        using seconds = std::chrono::duration<double>;
        promise.deliver(
            seconds{more.value_or(std::chrono::microseconds{0})}.count());
      });
  return promise;
}

caf::behavior doorman(caf::stateful_actor<doorman_state>* self,
                      doorman_start how) {
  return self->state.start(std::move(how));
}

} // namespace convoy::actors
