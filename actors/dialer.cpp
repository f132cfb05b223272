// SPDX-License-Identifier: Apache-2.0
#include "actors/dialer.hpp"

#include "actors/node.hpp"
#include "actors/strays.hpp"

#include <algorithm>
#include <vector>

namespace convoy::actors {

caf::behavior dialer_state::start(dialer_start how) {
  delay_ = how.delay;
  wall_clock_ = std::move(how.wall_clock);
  archive_ = std::move(how.archive);
  budget_ = fleet_budget{std::move(how.registry)};
  for (auto& each : how.policies)
    policies_.emplace(each.host, each);
  survive_strays(self_);
  self_->set_down_handler([this](const caf::down_msg& down) { on_down(down); });
  return {
      [this](const dial_request& wish) { on_request(wish); },
      [this](const dial_done& done) { on_done(done); },
      [this](const sts_seen& what) { on_seen(what); },
      [this](const dial_next& over) { on_next(over.host); },
  };
}

void dialer_state::on_request(const dial_request& wish) {
  if (wish.skips_queue) {
    self_->send(wish.connection, dial_place{wish.attempt, 0});
    return grant(wish.host,
                 {wish.connection, wish.attempt, wish.local_address});
  }
  auto [i, is_new] = hosts_.try_emplace(wish.host);
  auto& queue = i->second;
  self_->monitor(wish.connection);
  const auto before = queue.waiting.size() + (is_new ? 0 : 1);
  self_->send(
      wish.connection,
      dial_place{wish.attempt, delay_.count() * static_cast<double>(before)});
  queue.waiting.push_back({wish.connection, wish.attempt, wish.local_address});
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
  admit(host);
}

void dialer_state::on_next(const std::string& host) {
  const auto i = hosts_.find(host);
  if (i == hosts_.end())
    return;
  if (i->second.pausing)
    next(host);
  else
    go_when_due(host);
}

// -- among all nodes ----------------------------------------------------------

/// Grants the one whose turn it is here, once it is also theirs in the fleet.
void dialer_state::admit(const std::string& host) {
  auto& queue = hosts_[host];
  const auto& from = queue.current.local_address;
  if (!budget_.is_shared() || delay_ <= delay_.zero())
    return grant(host, queue.current);
  // Of somebody who has changed their mind.
  if (queue.reserved && queue.reserved->local_address == from)
    return go_when_due(host);
  if (std::exchange(queue.asking, true))
    return;
  budget_.take(
      self_,
      {"connect " + host + " " + from, 1,
       std::chrono::duration_cast<std::chrono::microseconds>(delay_), true},
      [this, host, from](std::optional<std::chrono::microseconds> wait) {
        // Without an answer our own delay has to do.
        on_place(host,
                 {from, self_->clock().now()
                            + wait.value_or(std::chrono::microseconds{0})});
      });
}

void dialer_state::on_place(const std::string& host, place where) {
  const auto i = hosts_.find(host);
  if (i == hosts_.end() || !std::exchange(i->second.asking, false))
    return;
  auto& queue = i->second;
  const auto& who = queue.current;
  const settings::seconds wait = where.when - self_->clock().now();
  queue.reserved = std::move(where);
  if (!who.connection)
    return;
  if (who.local_address != queue.reserved->local_address)
    return admit(host);
  if (wait >= std::chrono::seconds{1})
    self_->send(who.connection, dial_place{who.attempt, wait.count()});
  go_when_due(host);
}

void dialer_state::go_when_due(const std::string& host) {
  auto& queue = hosts_[host];
  if (!queue.current.connection || !queue.reserved)
    return;
  const auto left = queue.reserved->when - self_->clock().now();
  if (left > left.zero())
    return self_->delayed_send(self_, left, dial_next{host});
  queue.reserved.reset();
  grant(host, queue.current);
}

// -- policies -----------------------------------------------------------------

void dialer_state::grant(const std::string& host, const waiter& who) {
  dial_granted result{who.attempt, std::nullopt};
  const auto i = policies_.find(host);
  if (i != policies_.end() && i->second.expires > wall_clock_())
    result.secure_port = i->second.port;
  self_->send(who.connection, result);
}

void dialer_state::on_seen(const sts_seen& what) {
  const auto& seen = what.policy;
  if (seen.duration <= std::chrono::seconds::zero()) {
    if (policies_.erase(seen.host) > 0)
      save(seen.host);
    return;
  }
  policies_[seen.host] = {seen.host, seen.port, wall_clock_() + seen.duration};
  save(seen.host);
  if (policies_.size() <= max_sts_policies)
    return;
  const auto first = std::ranges::min_element(
      policies_, {}, [](const auto& each) { return each.second.expires; });
  const auto host = first->first;
  policies_.erase(first);
  save(host);
}

/// Stores what is known of `host` now.
void dialer_state::save(const std::string& host) {
  save_sts_policy change{host, std::nullopt};
  if (const auto i = policies_.find(host); i != policies_.end())
    change.policy = i->second;
  self_->request(archive_, store_deadline, std::move(change))
      .then([](bool) {},
            [](const caf::error&) {
              // The archive has told the log.
            });
}

caf::behavior dialer(caf::stateful_actor<dialer_state>* self,
                     dialer_start how) {
  return self->state.start(std::move(how));
}

} // namespace convoy::actors
