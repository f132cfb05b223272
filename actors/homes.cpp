// SPDX-License-Identifier: Apache-2.0
#include "actors/homes.hpp"

#include "actors/ask_store.hpp"
#include "actors/strays.hpp"
#include "net/log.hpp"
#include "net/metrics.hpp"
#include "protocol/json.hpp"

namespace convoy::actors {

namespace {

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
        return true;
      },
      [](const release_again&) {
        // The same.
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
      [this](const moved_out& who) { return on_moved_out(who); },
      [this](const release_again& who) { release(who.user); },
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
      [this](const moved_out& who) { return on_moved_out(who); },
      [this](const release_again& who) { release(who.user); },
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
  // They are homeless now.
  for (auto& [user, each] : std::exchange(leaving_, {}))
    each.promise.deliver(true);
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
  stays(who.user);
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

/// Nobody else has them before the store knows: it is told until it does.
caf::result<bool> homes_state::on_moved_out(const moved_out& who) {
  mine_.erase(who.user);
  stays(who.user);
  if (const auto home = node_.lock())
    home->meters->homes_out.add();
  auto promise = self_->make_response_promise<bool>();
  leaving_[who.user] = {promise, who.was_let_go ? taker_ : std::nullopt};
  release(who.user);
  return promise;
}

void homes_state::release(protocol::user_id user) {
  const auto home = node_.lock();
  const auto i = leaving_.find(user);
  if (!home || i == leaving_.end())
    return;
  const auto taker = i->second.taker;
  ask_store(
      self_, home->registry,
      [user, epoch = epoch_, to = taker.value_or(0)](store::database& db) {
        return db.fleet().release(user, epoch, to);
      },
      [this, user, epoch = epoch_, taker](bool is_offered) {
        if (epoch != epoch_)
          return;
        stays(user);
        call(is_offered ? taker : std::nullopt);
      },
      [this, user, epoch = epoch_](const caf::error& why) {
        if (epoch != epoch_)
          return;
        net::log::warning("user-not-released",
                          {{"user", to_string(user)},
                           {"reason", self_->system().render(why)}});
        self_->delayed_send(self_, release_pause, release_again{user});
      },
      how_.lease);
}

/// The store is not told again to let go of them.
void homes_state::stays(protocol::user_id user) {
  if (auto known = leaving_.extract(user); !known.empty())
    known.mapped().promise.deliver(true);
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

caf::behavior homes(caf::stateful_actor<homes_state>* self,
                    std::weak_ptr<const node> home, homes_start how) {
  return self->state.start(std::move(home), how);
}

} // namespace convoy::actors
