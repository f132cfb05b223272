// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/homes.hpp"
#include "net/log.hpp"

#include <algorithm>

// What a node sees when it looks around in its fleet: who is dead, who is
// homeless, who has too many.
namespace convoy::actors {

namespace {

using std::chrono::milliseconds;

/// The homeless are counted at each look that has seen a change, and at every
/// so manieth anyway.
constexpr unsigned looks_between_counts = 5;

constexpr std::chrono::minutes between_forgetting{1};
constexpr std::size_t forgotten_at_once = 1000;

} // namespace

template <class Job, class Next>
void homes_state::ask_registry(Job job, Next next) {
  const auto home = node_.lock();
  if (!home)
    return;
  ask_store(
      self_, home->registry,
      [job = std::move(job)](store::database& db) mutable {
        return job(db.fleet());
      },
      [this, epoch = epoch_, next = std::move(next)](const auto& result) {
        has_failed_ = false;
        if (epoch == epoch_)
          next(result);
      },
      [this, epoch = epoch_](const caf::error& why) {
        if (!std::exchange(has_failed_, true))
          net::log::warning("homes-not-read",
                            {{"reason", self_->system().render(why)}});
        if (epoch == epoch_)
          look_later();
      },
      how_.lease);
}

void homes_state::look_in(milliseconds wait) {
  next_look_ = now() + wait;
  self_->delayed_send(self_, wait, tick{});
}

/// All nodes hear the same call.
void homes_state::on_call() {
  is_called_ = true;
  const auto wait = pace_.wake_pause(takers_);
  if (now() + wait < next_look_)
    look_in(wait);
}

void homes_state::look() {
  if (std::exchange(is_looking_, true))
    return;
  const auto forgets = now() >= next_forgetting_;
  if (forgets)
    next_forgetting_ = now() + between_forgetting;
  ask_registry(
      [forgets](store::registry& fleet) {
        // What is left goes the next time.
        if (forgets)
          fleet.forget_budgets(forgotten_at_once);
        return fleet.nodes();
      },
      [this](const auto& rows) { on_nodes(rows); });
}

void homes_state::on_nodes(const std::vector<store::node_row>& rows) {
  std::vector<store::node_epoch> seen;
  takers_ = 0;
  housed_ = 0;
  for (const auto& each : rows) {
    seen.push_back(each.epoch);
    takers_ += each.draining ? 0 : 1;
    housed_ += each.draining ? 0 : each.homes;
  }
  const auto drains = takers_ < rows.size();
  rows_ = rows;
  takers_ = std::max<std::size_t>(takers_, 1);
  std::ranges::sort(seen);
  is_eldest_ = !seen.empty() && seen.front() == epoch_;
  const auto has_changed = nodes_ != seen;
  // Whoever comes is younger than all who are there.
  if (nodes_.empty() || (!seen.empty() && seen.back() > nodes_.back()))
    pace_.leave_to_others(now() + how_.first_wait + claim_pace::patience);
  is_called_ = has_changed || is_called_;
  nodes_ = std::move(seen);
  const auto dead = watch_.observe(rows, epoch_, now());
  if (has_changed || drains || !watch_.is_steady(now()))
    balance_.unsettle();
  for (const auto& each : dead) {
    const auto row =
        std::ranges::find(rows, each.epoch, &store::node_row::epoch);
    net::log::warning("node-dead", {{"name", row->name},
                                    {"epoch", std::to_string(each.epoch)},
                                    {"homes", std::to_string(row->homes)}});
  }
  if (!dead.empty())
    return bury(dead);
  if (is_called_ || looks_++ % looks_between_counts == 0)
    look_for_offered();
  else
    look_later();
}

void homes_state::bury(const std::vector<grave>& dead) {
  ask_registry(
      [dead](store::registry& fleet) {
        return std::ranges::count_if(dead, [&](const auto& each) {
          return fleet.bury(each.epoch, each.renewals);
        });
      },
      [this](auto buried) {
        if (buried > 0)
          call_others();
        look_for_offered();
      });
}

/// What is claimed is told before the next question, which may fail.
void homes_state::look_for_offered() {
  is_called_ = false;
  ask_registry(
      [epoch = epoch_](store::registry& fleet) {
        return fleet.claim_offered(epoch, claim_pace::most);
      },
      [this](const auto& users) {
        move_in(users);
        look_for_forgotten();
      });
}

/// A claim whose answer was late or lost makes somebody live here of whom we
/// know nothing.
void homes_state::look_for_forgotten() {
  const auto mine = std::ranges::find(rows_, epoch_, &store::node_row::epoch);
  const auto known = static_cast<std::int64_t>(mine_.size() + leaving_.size());
  if (mine == rows_.end() || mine->homes <= known)
    return look_for_homeless();
  ask_registry([epoch = epoch_](
                   store::registry& fleet) { return fleet.residents(epoch); },
               [this](std::vector<protocol::user_id> users) {
                 std::erase_if(users, [this](protocol::user_id user) {
                   return mine_.contains(user) || leaving_.contains(user);
                 });
                 move_in(users);
                 look_for_homeless();
               });
}

void homes_state::look_for_homeless() {
  ask_registry([](store::registry& fleet) { return fleet.count_demand(); },
               [this](const auto& found) {
                 // Some live here for their sessions alone.
                 const auto all =
                     std::max(found.wanted, housed_ + found.homeless);
                 claim({found.homeless, all,
                        static_cast<std::int64_t>(mine_.size()), takers_});
               });
}

void homes_state::claim(const claim_view& seen) {
  // Those who are left to others are looked at again.
  is_called_ = is_called_ || seen.homeless > 0;
  const auto wished = pace_.claims(seen, now());
  if (wished == 0) {
    let_some_go(seen);
    return look_later();
  }
  ask_registry(
      [epoch = epoch_, wished](store::registry& fleet) {
        return fleet.claim_some(epoch, wished);
      },
      [this, wished](const auto& users) { on_claimed(users, wished); });
}

void homes_state::move_in(const std::vector<protocol::user_id>& users) {
  const auto home = node_.lock();
  if (!home || users.empty())
    return;
  mine_.insert(users.begin(), users.end());
  for (const auto user : users)
    stays(user);
  count_in(users.size());
  net::log::info("users-claimed", {{"users", std::to_string(users.size())}});
  self_->send(home->directory, moved_in{users});
}

void homes_state::on_claimed(const std::vector<protocol::user_id>& users,
                             std::size_t wished) {
  move_in(users);
  if (users.size() < wished)
    return look_later();
  is_looking_ = false;
  look_in(pace_.short_pause());
}

/// Nobody hears that they are free without the bus.
void homes_state::let_some_go(const claim_view& seen) {
  const auto home = node_.lock();
  if (!home || !home->bus || !home->bus->problem().empty())
    return balance_.unsettle();
  const auto count = balance_.lets_go(seen, now());
  if (count == 0)
    return;
  taker_ = balance_.taker(rows_, epoch_, seen.wanted);
  if (!taker_)
    return;
  pace_.leave_to_others(now() + how_.lease);
  net::log::info("users-let-go", {{"users", std::to_string(count)},
                                  {"homes", std::to_string(seen.mine)}});
  self_->send(home->directory, let_go{count});
}

/// Not later than somebody may be dead.
void homes_state::look_later() {
  is_looking_ = false;
  auto wait = is_called_ ? pace_.busy_pause(takers_) : pace_.pause(takers_);
  if (const auto due = watch_.next_due())
    wait = std::clamp(std::chrono::ceil<milliseconds>(*due - now()),
                      milliseconds{1}, wait);
  look_in(wait);
}

} // namespace convoy::actors
