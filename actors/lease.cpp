// SPDX-License-Identifier: Apache-2.0
#include "actors/lease.hpp"

#include "actors/ask_store.hpp"
#include "actors/strays.hpp"
#include "net/log.hpp"
#include "net/metrics.hpp"

#include <caf/send.hpp>

#include <algorithm>

namespace convoy::actors {

namespace {

/// A lease is renewed so many times before it could end.
constexpr int renewals = 5;

constexpr std::chrono::nanoseconds never{0};

} // namespace

caf::behavior lease_state::start(std::weak_ptr<const node> home,
                                 lease_start how) {
  node_ = std::move(home);
  how_ = std::move(how);
  survive_strays(self_);
  self_->send(self_, tick{});
  return joining();
}

protocol::instant lease_state::now() const {
  return self_->clock().now();
}

std::chrono::milliseconds lease_state::pause() const {
  return how_.lease / renewals;
}

/// For the way of what we say, and for leaving IRC.
std::chrono::milliseconds lease_state::margin() const {
  return how_.lease / 5;
}

lease_state::asked lease_state::ask_now() const {
  return {now(), how_.watchman.now ? how_.watchman.now() : never};
}

protocol::instant lease_state::deadline_of(const asked& when) const {
  return when.at + how_.lease - margin();
}

void lease_state::end_at(std::chrono::nanoseconds when) {
  if (how_.watchman.end_at)
    how_.watchman.end_at(when);
}

void lease_state::tick_in(std::chrono::milliseconds wait) {
  next_tick_ = now() + wait;
  self_->delayed_send(self_, wait, tick{});
}

bool lease_state::is_due() const {
  return now() >= next_tick_;
}

// -- joining ------------------------------------------------------------------

caf::behavior lease_state::joining() {
  return {
      [this](const tick&) {
        if (is_due())
          try_to_join();
      },
      [](const retry&) {
        // Of a lease that is over.
      },
      [](const get_lease&) { return lease_is{}; },
      [this](const drain_node&) { is_draining_ = true; },
      [this](const stop_node&) { return on_stop(); },
  };
}

void lease_state::try_to_join() {
  if (!is_joining_ || is_draining_)
    return;
  // What the life before has asked is not answered yet.
  if (std::exchange(asks_registry_, true))
    return tick_in(pause());
  ask_store(
      self_, how_.runner,
      [old = epoch_, name = how_.name, version = how_.version,
       lease = how_.lease, is_alone = how_.is_alone](store::database& db) {
        auto& fleet = db.fleet();
        // Nobody needs to wait until the life before this one is buried.
        if (old != 0)
          fleet.leave(old);
        attempt result;
        result.nodes = fleet.nodes();
        if (!is_alone || result.nodes.empty())
          result.epoch = fleet.join(name, version, lease);
        return result;
      },
      [this, when = ask_now()](const attempt& how) { on_tried(how, when); },
      [this](const caf::error& why) {
        asks_registry_ = false;
        if (!std::exchange(has_failed_, true))
          net::log::error("lease-not-taken",
                          {{"reason", self_->system().render(why)}});
        tick_in(pause());
      },
      how_.lease);
}

void lease_state::on_tried(const attempt& how, const asked& when) {
  asks_registry_ = false;
  if (is_leaving_) {
    if (how.epoch)
      leave_as(*how.epoch, [] {});
    return;
  }
  epoch_ = how.epoch.value_or(0);
  if (epoch_ == 0)
    return look_at_others(how.nodes);
  // What came so late may be over by now; the next try gives it back.
  if (now() >= deadline_of(when))
    return tick_in(pause());
  watch_ = {};
  hold(epoch_);
  on_renewed(when);
  look_at_deadline();
}

/// An earlier life of ours, or, where there may be no other node, any: waits
/// until they are dead, and gives up when they are not.
void lease_state::look_at_others(const std::vector<store::node_row>& nodes) {
  auto others = nodes;
  if (!how_.is_alone)
    std::erase_if(others,
                  [this](const auto& each) { return each.name != how_.name; });
  const auto dead = watch_.observe(others, 0, now());
  for (const auto& each : others)
    if (watch_.has_seen_alive(each.epoch) && !each.draining && how_.refuse)
      return how_.refuse(
          how_.is_alone
              ? "the node \"" + each.name
                    + "\" uses this store, and without --bus it is the only one"
              : "there is a node \"" + each.name
                    + "\" already: --node-id must tell the nodes apart");
  if (dead.empty()) {
    auto wait = std::chrono::ceil<std::chrono::milliseconds>(
        watch_.next_due().value_or(now() + pause()) - now());
    wait = std::clamp(wait, std::chrono::milliseconds{1}, pause());
    return tick_in(wait);
  }
  const auto home = node_.lock();
  if (!home)
    return;
  asks_registry_ = true;
  ask_store(
      self_, how_.runner,
      [dead](store::database& db) {
        for (const auto& each : dead)
          db.fleet().bury(each.epoch, each.renewals);
        return true;
      },
      [this](bool) {
        asks_registry_ = false;
        try_to_join();
      },
      [this](const caf::error&) {
        asks_registry_ = false;
        tick_in(pause());
      },
      how_.lease);
}

// -- holding ------------------------------------------------------------------

caf::behavior lease_state::holding() {
  return {
      [this](const tick&) {
        if (!is_due())
          return;
        tick_in(pause());
        renew();
        write_as();
      },
      [this](const retry&) { look_at_deadline(); },
      [this](const get_lease&) { return lease_is{is_held_ ? epoch_ : 0}; },
      [this](const drain_node&) {
        is_draining_ = true;
        renew();
      },
      [this](const stop_node&) { return on_stop(); },
  };
}

void lease_state::hold(store::node_epoch epoch) {
  is_joining_ = false;
  net::log::info("lease-taken", {{"epoch", std::to_string(epoch)}});
  has_failed_ = false;
  self_->become(holding());
  tick_in(pause());
  write_as();
}

/// Nobody moves in before the archive writes in their name.
void lease_state::write_as() {
  const auto home = node_.lock();
  if (!home || is_held_ || std::exchange(asks_archive_, true))
    return;
  ask_store(
      self_, home->archive,
      [epoch = epoch_](store::database& db) {
        db.write_as(epoch);
        return epoch;
      },
      [this](store::node_epoch epoch) {
        asks_archive_ = false;
        if (epoch != epoch_ || is_leaving_ || now() >= deadline_)
          return;
        is_held_ = true;
        tell(epoch);
      },
      [this](const caf::error&) { asks_archive_ = false; });
}

void lease_state::renew() {
  const auto home = node_.lock();
  if (!home || std::exchange(asks_registry_, true))
    return;
  ask_store(
      self_, how_.runner,
      [epoch = epoch_, is_draining = is_draining_](store::database& db) {
        return db.fleet().renew(epoch, is_draining);
      },
      [this, epoch = epoch_, when = ask_now()](bool is_ours) {
        asks_registry_ = false;
        // It may have been fenced while we asked.
        if (epoch != epoch_ || now() >= deadline_)
          return;
        if (is_ours)
          on_renewed(when);
        else
          fence("buried");
      },
      [this](const caf::error& why) {
        asks_registry_ = false;
        if (!std::exchange(has_failed_, true))
          net::log::warning("lease-not-renewed",
                            {{"reason", self_->system().render(why)}});
      },
      how_.lease);
}

/// It is good from when we asked for it, for nobody knows when it was given.
void lease_state::on_renewed(const asked& when) {
  has_failed_ = false;
  deadline_ = deadline_of(when);
  if (const auto home = node_.lock())
    home->meters->lease.set(deadline_);
  // Half of the margin is for leaving.
  end_at(when.stamp + how_.lease - margin() / 2);
}

void lease_state::look_at_deadline() {
  if (const auto left = deadline_ - now(); left > left.zero())
    self_->delayed_send(self_, left, retry{});
  else
    fence("not renewed in time");
}

// -- when it is over ----------------------------------------------------------

caf::behavior lease_state::fenced() {
  return {
      [](const tick&) {
        // Of the life that is over.
      },
      [](const retry&) {
        // The same.
      },
      [](const get_lease&) { return lease_is{}; },
      [this](const drain_node&) { is_draining_ = true; },
      [this](const stop_node&) { return on_stop(); },
  };
}

/// Everybody leaves IRC. What is not committed yet stays so: what the archive
/// still writes it writes as who we were, which is refused when somebody else
/// is.
void lease_state::fence(const char* why) {
  net::log::error("lease-lost", {{"reason", why}});
  is_held_ = false;
  self_->become(fenced());
  const auto home = node_.lock();
  if (!home)
    return;
  home->meters->lease.clear();
  self_->send(home->homes, lease_is{});
  self_->request(home->directory, caf::infinite, lease_is{})
      .then([this](bool) { on_all_left(); },
            [this](const caf::error&) { on_all_left(); });
}

void lease_state::on_all_left() {
  if (is_leaving_)
    return;
  end_at(never);
  is_joining_ = true;
  self_->become(joining());
  tick_in(std::chrono::milliseconds{0});
}

void lease_state::tell(store::node_epoch epoch) {
  const auto home = node_.lock();
  if (!home)
    return;
  // The directory first: it starts those whom `homes` claims.
  caf::anon_send(home->directory, lease_is{epoch});
  self_->send(home->homes, lease_is{epoch});
}

// -- leaving ------------------------------------------------------------------

caf::behavior lease_state::leaving() {
  self_->set_default_handler(caf::drop);
  return {
      [](const get_lease&) { return lease_is{}; },
  };
}

/// Nobody of ours is on IRC any more.
caf::result<bool> lease_state::on_stop() {
  end_at(never);
  is_leaving_ = true;
  self_->become(leaving());
  auto promise = self_->make_response_promise<bool>();
  leave_as(epoch_, [this, promise]() mutable {
    promise.deliver(true);
    self_->quit();
  });
  return promise;
}

/// When that fails the others bury us.
void lease_state::leave_as(store::node_epoch epoch,
                           std::function<void()> next) {
  const auto home = node_.lock();
  if (epoch == 0 || !home)
    return next();
  ask_store(
      self_, how_.runner,
      [epoch](store::database& db) {
        db.fleet().leave(epoch);
        return true;
      },
      [next](bool) { next(); }, [next](const caf::error&) { next(); },
      how_.lease);
}

caf::behavior lease(caf::stateful_actor<lease_state>* self,
                    std::weak_ptr<const node> home, lease_start how) {
  return self->state.start(std::move(home), std::move(how));
}

} // namespace convoy::actors
