// SPDX-License-Identifier: Apache-2.0
#include "actors/away_user.hpp"
#include "actors/directory.hpp"
#include "actors/session.hpp"
#include "net/log.hpp"

#include <algorithm>
#include <tuple>

// The directory of a fleet's node: where a user lives, what happens when the
// lease is lost, and how a node is drained.
namespace convoy::actors {

namespace {

/// Longer than a node without its store keeps its lease.
constexpr std::chrono::minutes release_patience{2};

/// A round has so many steps at most.
constexpr std::chrono::milliseconds between_steps{10};

go_away elsewhere(go_away::manner how) {
  return {service_restart, "resume elsewhere", how};
}

} // namespace

// -- where somebody lives -----------------------------------------------------

void directory_state::ask_where(protocol::user_id id) {
  if (all_gone_.pending())
    return;
  self_->request(home()->homes, store_deadline, locate{id})
      .then([this](const home_is& where) { on_home(where); },
            [this, id](const caf::error& why) { answer_finders(id, why); });
}

void directory_state::on_home(const home_is& where) {
  const auto id = where.user;
  // The lease may have been lost, or everybody told to go, while we asked.
  const auto is_here = where.is_here && where.epoch == lease_
                       && !drained_.pending() && !all_gone_.pending();
  if (is_here) {
    replace_away(id);
    return answer_finders(id, user_of(id));
  }
  if (where.is_here || where.epoch == 0 || all_gone_.pending()) {
    replace_away(id);
    return answer_finders(id, nowhere());
  }
  auto& known = users_[id];
  // Somebody may have moved in meanwhile.
  if (known.actor && !known.is_away)
    return answer_finders(id, known.actor);
  if (known.actor)
    self_->send(known.actor, where);
  else
    known = {self_->spawn<caf::monitored>(away_user, home(), where), {}, true};
  known.asked_for = self_->clock().now();
  answer_finders(id, known.actor);
}

/// Whoever stands in for that user goes; their sessions come back.
void directory_state::replace_away(protocol::user_id id) {
  const auto i = users_.find(id);
  if (i == users_.end() || !i->second.is_away)
    return;
  self_->send(i->second.actor, elsewhere(go_away::manner::in_order));
  users_.erase(i);
}

void directory_state::answer_finders(protocol::user_id id,
                                     const found_actor& found) {
  const auto waiting = finders_.extract(id);
  if (waiting.empty())
    return;
  for (const auto& next : waiting.mapped())
    next(found);
}

void directory_state::on_moved_in(const moved_in& who) {
  if (lease_ == 0 || drained_.pending())
    return;
  for (const auto id : who.users) {
    replace_away(id);
    // Somebody may have been expelled meanwhile.
    if (!user_of(id))
      set_free(id);
  }
}

void directory_state::on_lost_home(const lost_home& who) {
  const auto i = users_.find(who.user);
  if (i == users_.end() || i->second.actor != self_->current_sender())
    return;
  if (finders_.try_emplace(who.user).second && !leaving_.contains(who.user))
    ask_where(who.user);
}

// -- who is to live elsewhere -------------------------------------------------

void directory_state::on_has_sessions(const has_sessions& what) {
  const auto i = users_.find(what.user);
  if (i != users_.end() && i->second.actor == self_->current_sender())
    i->second.has_sessions = what.any;
}

/// Those go first who have no session, and of them those whom nobody has asked
/// for in the longest time.
void directory_state::on_let_go(const let_go& what) {
  if (lease_ == 0)
    return;
  using cost = std::tuple<bool, protocol::instant, protocol::user_id>;
  std::vector<cost> those;
  for (const auto& [id, known] : users_)
    if (!known.is_away)
      those.emplace_back(known.has_sessions, known.asked_for, id);
  const auto count = std::min(what.users, those.size());
  std::ranges::partial_sort(those,
                            those.begin() + static_cast<std::ptrdiff_t>(count));
  those.resize(count);
  for (const auto& [has_sessions, asked_for, id] : those) {
    let_go_.insert(id);
    send_off(id, elsewhere(go_away::manner::in_order));
  }
}

// -- the lease ----------------------------------------------------------------

/// Answered once nobody of this node is on IRC any more, if the lease is lost.
caf::result<bool> directory_state::on_lease(const lease_is& now) {
  lease_ = now.epoch;
  if (lease_ != 0)
    return true;
  std::vector<protocol::user_id> mine;
  for (const auto& [id, known] : users_)
    if (!known.is_away)
      mine.push_back(id);
  for (const auto& [actor, id] : going_)
    self_->send(caf::actor_cast<caf::actor>(actor),
                elsewhere(go_away::manner::at_once));
  for (const auto id : mine)
    send_off(id, elsewhere(go_away::manner::at_once));
  if (going_.empty())
    return true;
  return fenced_ = self_->make_response_promise<bool>();
}

void directory_state::send_off(protocol::user_id id, const go_away& why) {
  const auto i = users_.find(id);
  if (i == users_.end())
    return;
  const auto actor = i->second.actor;
  self_->send(actor, why);
  leaves(id, actor);
  users_.erase(i);
  if (const auto& office = home()->post_office)
    self_->send(office, deliver_to{id, {}});
}

/// Whoever asks for them from now on waits until they have left.
void directory_state::leaves(protocol::user_id id, const caf::actor& actor) {
  going_.emplace(actor.address(), id);
  leaving_.insert(id);
}

/// The actor of a user of this node has ended. When they are free somebody else
/// may have them.
void directory_state::on_gone(protocol::user_id id, bool is_free) {
  const auto here = home();
  const auto is_housed = !users_.contains(id) && here && here->homes;
  if (is_housed && here->post_office)
    self_->send(here->post_office, deliver_to{id, {}});
  if (is_housed && is_free)
    set_free(id);
  else
    has_left(id);
  if (fenced_.pending() && going_.empty())
    fenced_.deliver(true);
  end_drain_if_done();
  end_if_done();
}

void directory_state::set_free(protocol::user_id id) {
  leaving_.insert(id);
  const auto next = [this, id] {
    has_left(id);
  };
  self_
      ->request(home()->homes, release_patience,
                moved_out{id, let_go_.contains(id)})
      .then([next](bool) { next(); }, [next](const caf::error&) { next(); });
}

/// The store knows it; now they may come back.
void directory_state::has_left(protocol::user_id id) {
  leaving_.erase(id);
  let_go_.erase(id);
  if (finders_.contains(id))
    ask_where(id);
}

bool directory_state::has_local_users() const {
  return !going_.empty() || std::ranges::any_of(users_, [](const auto& pair) {
    return !pair.second.is_away;
  });
}

// -- drain --------------------------------------------------------------------

/// Nobody comes in, but whose actor is known can still be asked.
caf::behavior directory_state::draining() {
  return {
      [](const attach&) {
        return attached{{}, {}, 0, "Connect again: resume elsewhere.", false};
      },
      [this](const find_user& who) { return on_find(who); },
      [this](const revoke& what) { on_revoke(what); },
      [this](const account_changed& who) { on_account_changed(who); },
      [this](const lease_is& now) { return on_lease(now); },
      [](const moved_in&) {
        // They are free again when the node leaves.
      },
      [](const has_sessions&) {
        // All go.
      },
      [](const let_go&) {
        // The same.
      },
      [this](const lost_home& who) { on_lost_home(who); },
      [this](const may_end& who) { return on_may_end(who); },
      [](const revive&) {
        // Somewhere else.
      },
      [this](const expel_user& who) { return on_expel(who); },
      [this](const readmit_user& who) { on_readmit(who); },
      [this](const all_profiles& now) { tell_everybody(now); },
      [this](const site_is& now) { tell_everybody(now); },
      [this](const store_is& now) { on_store(now); },
      [this](const tick&) { on_drain_tick(); },
      [this](const stop_node&) { return on_stop(); },
  };
}

/// Sessions go first; then the users are let go of, one after the other.
caf::result<bool> directory_state::on_drain() {
  drained_ = self_->make_response_promise<bool>();
  const auto result = drained_;
  self_->become(draining());
  begin_round();
  on_drain_tick();
  return result;
}

void directory_state::begin_round() {
  round_ = {{}, self_->clock().now(), 0};
  for (const auto& [id, known] : users_)
    if (!lets_go_ || !known.is_away)
      round_.users.push_back(id);
}

/// Does what is due by now: all have their place in the window.
void directory_state::on_drain_tick() {
  if (!drained_.pending())
    return;
  const auto window = home()->config.drain_window;
  const settings::seconds passed = self_->clock().now() - round_.begun;
  const auto all = round_.users.size();
  const auto due =
      passed >= window
          ? all
          : std::min(all, 1
                              + static_cast<std::size_t>(
                                  static_cast<double>(all)
                                  * (passed.count() / window.count())));
  for (; round_.done < due; ++round_.done) {
    const auto i = users_.find(round_.users[round_.done]);
    if (i == users_.end())
      continue;
    if (lets_go_)
      send_off(i->first, elsewhere(go_away::manner::in_order));
    else
      self_->send(i->second.actor,
                  elsewhere(i->second.is_away ? go_away::manner::in_order
                                              : go_away::manner::sessions));
  }
  if (round_.done == all && !std::exchange(lets_go_, true)) {
    begin_round();
    return on_drain_tick();
  }
  if (round_.done < round_.users.size())
    self_->delayed_send(self_, between_steps, tick{});
  else
    end_drain_if_done();
}

void directory_state::end_drain_if_done() {
  if (drained_.pending() && lets_go_ && !has_local_users())
    drained_.deliver(true);
}

} // namespace convoy::actors
