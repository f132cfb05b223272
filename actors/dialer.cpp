// SPDX-License-Identifier: Apache-2.0
#include "actors/dialer.hpp"

#include "actors/strays.hpp"

#include <algorithm>
#include <vector>

namespace convoy::actors {

caf::behavior dialer_state::start(settings::seconds delay) {
  delay_ = delay;
  survive_strays(self_);
  self_->set_down_handler([this](const caf::down_msg& down) { on_down(down); });
  return {
      [this](const dial_request& wish) { on_request(wish); },
      [this](const dial_done& done) { on_done(done); },
      [this](const dial_next& over) { next(over.host); },
  };
}

void dialer_state::on_request(const dial_request& wish) {
  auto [i, is_new] = hosts_.try_emplace(wish.host);
  auto& queue = i->second;
  self_->monitor(wish.connection);
  const auto before = queue.waiting.size() + (is_new ? 0 : 1);
  self_->send(
      wish.connection,
      dial_place{wish.attempt, delay_.count() * static_cast<double>(before)});
  queue.waiting.push_back({wish.connection, wish.attempt});
  if (is_new)
    next(wish.host);
}

void dialer_state::on_done(const dial_done& done) {
  const auto i = hosts_.find(done.host);
  if (i == hosts_.end())
    return;
  auto& queue = i->second;
  const auto is_theirs = [&](const waiter& each) {
    return each.connection == done.connection && each.attempt == done.attempt;
  };
  self_->demonitor(done.connection);
  if (!is_theirs(queue.current)) {
    std::erase_if(queue.waiting, is_theirs);
    return;
  }
  queue.current = {};
  if (done.success)
    pause(done.host);
  else
    next(done.host);
}

void dialer_state::on_down(const caf::down_msg& down) {
  std::vector<std::string> freed;
  for (auto& [host, queue] : hosts_) {
    const auto is_gone = [&](const waiter& each) {
      return each.connection.address() == down.source;
    };
    std::erase_if(queue.waiting, is_gone);
    if (queue.current.connection && is_gone(queue.current))
      freed.push_back(host);
  }
  for (const auto& host : freed) {
    hosts_[host].current = {};
    next(host);
  }
}

void dialer_state::pause(const std::string& host) {
  hosts_[host].pausing = true;
  self_->delayed_send(
      self_, std::chrono::duration_cast<std::chrono::microseconds>(delay_),
      dial_next{host});
}

void dialer_state::next(const std::string& host) {
  auto& queue = hosts_[host];
  queue.pausing = false;
  if (queue.waiting.empty()) {
    hosts_.erase(host);
    return;
  }
  queue.current = queue.waiting.front();
  queue.waiting.pop_front();
  self_->send(queue.current.connection, dial_granted{queue.current.attempt});
}

caf::behavior dialer(caf::stateful_actor<dialer_state>* self,
                     settings::seconds delay) {
  return self->state.start(delay);
}

} // namespace convoy::actors
