// SPDX-License-Identifier: Apache-2.0
#include "actors/homes.hpp"

#include "actors/ask_store.hpp"
#include "actors/strays.hpp"
#include "net/log.hpp"
#include "net/metrics.hpp"
#include "protocol/json.hpp"

#include <algorithm>

namespace convoy::actors {

namespace {

using std::chrono::milliseconds;

/// The homeless are counted at each look that has seen a change, and at every
/// so manieth anyway.
constexpr unsigned looks_between_counts = 5;

constexpr std::chrono::minutes between_forgetting{1};
constexpr std::size_t forgotten_at_once = 1000;

/// Every node hears what is said there.
constexpr const char* everybody = "convoy.all";

} // namespace

caf::behavior homes_state::start(std::weak_ptr<const node> home,
                                 homes_start how) {
  node_ = std::move(home);
  how_ = how;
  pace_ = {how.lease, how.seed};
  balance_ = {how.lease, how.rebalance, how.seed};
  return starting();
}

protocol::instant homes_state::now() const {
  return self_->clock().now();
}

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

// -- life cycle ---------------------------------------------------------------

/// A node listens before it has a lease: who asks where somebody lives waits
/// for that a little, for they may have been told that this is the place.
caf::behavior homes_state::starting() {
  self_->set_default_handler(caf::skip);
  self_->delayed_send(self_, start_patience, tick{});
  return {
      [this](const lease_is& lease) {
        survive_strays(self_);
        on_lease(lease);
      },
      [this](const tick&) {
        survive_strays(self_);
        self_->become(away());
      },
      [](const get_lease&) { return lease_is{}; },
      [this](const drain_node&) {
        survive_strays(self_);
        self_->become(draining());
      },
  };
}

caf::behavior homes_state::away() {
  return {
      [this](const lease_is& lease) { on_lease(lease); },
      [](const locate& who) {
        return home_is{who.user, false, 0};
      },
      [](const moved_out&) {
        // They are homeless as it is.
      },
      [](const start_wanted&) {
        // We take nobody.
      },
      [](const tick&) {
        // Of a look that is not needed any more.
      },
      [this](const get_lease&) { return lease_is{is_eldest_ ? epoch_ : 0}; },
      [this](const drain_node&) { self_->become(draining()); },
  };
}

caf::behavior homes_state::housing() {
  return {
      [this](const lease_is& lease) { on_lease(lease); },
      [this](const locate& who) { return on_locate(who); },
      [this](const moved_out& who) { on_moved_out(who); },
      [this](const start_wanted&) { on_call(); },
      [this](const tick&) {
        if (now() >= next_look_)
          look();
      },
      [this](const get_lease&) { return lease_is{is_eldest_ ? epoch_ : 0}; },
      [this](const drain_node&) {
        taker_.reset();
        self_->become(draining());
      },
  };
}

/// Nobody moves in; those who are here go one by one.
caf::behavior homes_state::draining() {
  return {
      [this](const lease_is& lease) {
        if (lease.epoch == 0)
          on_lease(lease);
      },
      [](const locate& who) {
        return home_is{who.user, false, 0};
      },
      [this](const moved_out& who) { on_moved_out(who); },
      [](const start_wanted&) {
        // We take nobody.
      },
      [](const tick&) {
        // The same.
      },
      [](const get_lease&) { return lease_is{}; },
      [](const drain_node&) {
        // We do.
      },
  };
}

void homes_state::on_lease(const lease_is& lease) {
  epoch_ = lease.epoch;
  mine_.clear();
  watch_ = {};
  nodes_.clear();
  is_looking_ = is_eldest_ = false;
  is_called_ = true;
  if (epoch_ == 0)
    return self_->become(away());
  self_->become(housing());
  balance_.unsettle();
  taker_.reset();
  pace_.claim_from(now() + how_.first_wait);
  look_in(pace_.short_pause());
}

caf::result<home_is> homes_state::on_locate(const locate& who) {
  auto promise = self_->make_response_promise<home_is>();
  const auto home = node_.lock();
  if (!home)
    return home_is{who.user, false, 0};
  ask_store(
      self_, home->registry,
      [user = who.user, epoch = epoch_](store::database& db) {
        return db.fleet().claim(user, epoch);
      },
      [this, promise, user = who.user,
       epoch = epoch_](const std::optional<store::node_epoch>& found) mutable {
        // While we asked the lease may have been lost, or everybody sent away.
        const auto lives = found.value_or(0);
        const auto is_here = lives != 0 && lives == epoch;
        const auto is_late = is_here && epoch != epoch_;
        if (is_here && !is_late)
          count_in(mine_.insert(user).second ? 1 : 0);
        else
          mine_.erase(user);
        promise.deliver(
            home_is{user, is_here && !is_late, is_late ? 0 : lives});
      },
      [promise](caf::error& why) mutable { promise.deliver(std::move(why)); },
      how_.lease);
  return promise;
}

void homes_state::on_moved_out(const moved_out& who) {
  mine_.erase(who.user);
  const auto home = node_.lock();
  if (!home)
    return;
  home->meters->homes_out.add();
  const auto taker = who.was_let_go ? taker_ : std::nullopt;
  ask_store(
      self_, home->registry,
      [user = who.user, epoch = epoch_, taker](store::database& db) {
        db.fleet().release(user, epoch, taker.value_or(0));
        return true;
      },
      [this, taker](bool) { call(taker); },
      [this, user = who.user](const caf::error& why) {
        // Whoever asks for them here finds them; and when we go they are free.
        net::log::warning("user-not-released",
                          {{"user", to_string(user)},
                           {"reason", self_->system().render(why)}});
      },
      how_.lease);
}

void homes_state::count_in(std::size_t users) const {
  if (const auto home = node_.lock())
    home->meters->homes_in.add(users);
}

void homes_state::call_others() const {
  call({});
}

/// Somebody is homeless, and `whom` looks; without one, all do.
void homes_state::call(std::optional<store::node_epoch> whom) const {
  const auto home = node_.lock();
  if (!home || !home->bus)
    return;
  protocol::json_writer out;
  out.begin_object().field("homeless", true);
  if (whom)
    out.field("node", static_cast<std::uint64_t>(*whom));
  home->bus->publish(
      everybody, std::make_shared<const std::string>(out.end_object().take()));
}

// -- looking ------------------------------------------------------------------

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
    look_for_homeless();
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
        look_for_homeless();
      });
}

void homes_state::look_for_homeless() {
  is_called_ = false;
  ask_registry(
      [epoch = epoch_](store::registry& fleet) {
        auto users = fleet.claim_offered(epoch, claim_pace::most);
        return std::pair(std::move(users), fleet.count_demand());
      },
      [this](const auto& result) {
        const auto& [users, found] = result;
        move_in(users);
        // Some live here for their sessions alone.
        const auto all = std::max(found.wanted, housed_ + found.homeless);
        claim({found.homeless, all, static_cast<std::int64_t>(mine_.size()),
               takers_});
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

caf::behavior homes(caf::stateful_actor<homes_state>* self,
                    std::weak_ptr<const node> home, homes_start how) {
  return self->state.start(std::move(home), how);
}

} // namespace convoy::actors
