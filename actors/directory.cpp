// SPDX-License-Identifier: Apache-2.0
#include "actors/directory.hpp"

#include "actors/ask_store.hpp"
#include "actors/last_use.hpp"
#include "actors/strays.hpp"
#include "actors/user.hpp"
#include "net/log.hpp"

#include <caf/sec.hpp>
#include <caf/send.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace convoy::actors {

namespace {

/// A user whose actor died is started again after this.
constexpr std::chrono::seconds revival_pause{4};

/// Longer than anybody waits between asking for a user and writing to it.
constexpr std::chrono::seconds ask_patience = 2 * store_deadline;

bool has_scope(const store::api_token& token, std::string_view scope) {
  return std::ranges::find(token.scopes, scope) != token.scopes.end();
}

attached node_stops() {
  return {{}, {}, 0, "The node stops: connect again.", false};
}

attached resume_elsewhere() {
  return {{}, {}, 0, "Connect again: resume elsewhere.", false};
}

} // namespace

caf::error directory_state::nowhere() {
  return caf::make_error(caf::sec::runtime_error,
                         "this node cannot take the user now");
}

caf::behavior directory_state::start(std::weak_ptr<const node> home) {
  node_ = std::move(home);
  survive_strays(self_);
  self_->set_down_handler([this](const caf::down_msg& down) { on_down(down); });
  return open();
}

caf::behavior directory_state::open() {
  return {
      [this](const attach& wish) { return on_attach(wish); },
      [this](const find_user& who) { return on_find(who); },
      [this](const revoke& what) { on_revoke(what); },
      [this](const account_changed& who) { on_account_changed(who); },
      [this](const lease_is& now) { return on_lease(now); },
      [this](const moved_in& who) { on_moved_in(who); },
      [this](const lost_home& who) { on_lost_home(who); },
      [this](const has_sessions& what) { on_has_sessions(what); },
      [this](const let_go& what) { on_let_go(what); },
      [this](const drain_node&) { return on_drain(); },
      [this](const may_end& who) { return on_may_end(who); },
      [this](const revive& who) { on_revive(who); },
      [this](const expel_user& who) { return on_expel(who); },
      [this](const readmit_user& who) { on_readmit(who); },
      [this](const all_profiles& now) { tell_everybody(now); },
      [this](const site_is& now) { tell_everybody(now); },
      [this](const store_is& now) { on_store(now); },
      [this](const start_wanted&) { on_start_wanted(); },
      [this](const stop_node&) { return on_stop(); },
  };
}

caf::behavior directory_state::closing() {
  self_->set_default_handler(caf::drop);
  return {
      [](const attach&) { return node_stops(); },
      [](const may_end&) { return false; },
      [this](const lease_is& now) { return on_lease(now); },
  };
}

node_ptr directory_state::home() const {
  return node_.lock();
}

/// Those who live here; the others' homes tell them.
template <class Message>
void directory_state::tell_everybody(const Message& what) {
  for (const auto& [id, known] : users_)
    if (!known.is_away)
      self_->send(known.actor, what);
}

caf::actor directory_state::user_of(protocol::user_id id) {
  if (expelled_.contains(id))
    return {};
  auto& known = users_[id];
  if (!known.actor) {
    known.actor = self_->spawn<caf::monitored>(user, home(), id);
    if (!store_.available)
      self_->send(known.actor, store_);
    if (const auto& office = home()->post_office)
      self_->send(office, deliver_to{id, known.actor});
  }
  known.asked_for = self_->clock().now();
  return known.actor;
}

void directory_state::with_user(protocol::user_id id, finder next) {
  if (expelled_.contains(id))
    return next(caf::actor{});
  if (const auto i = users_.find(id); i != users_.end()) {
    i->second.asked_for = self_->clock().now();
    return next(i->second.actor);
  }
  if (!home()->homes)
    return next(user_of(id));
  if (let_go_.contains(id))
    return next(nowhere());
  auto& waiting = finders_[id];
  waiting.push_back(std::move(next));
  if (waiting.size() == 1 && !leaving_.contains(id))
    ask_where(id);
}

caf::result<caf::actor> directory_state::on_find(const find_user& who) {
  auto promise = self_->make_response_promise<caf::actor>();
  with_user(who.id, [promise](const found_actor& found) mutable {
    if (found)
      promise.deliver(*found);
    else
      promise.deliver(found.error());
  });
  return promise;
}

/// A user that somebody has asked for lately stays, for they may be about to
/// write to it. One that goes is forgotten at once: whoever asks for it from
/// now on gets a new one.
bool directory_state::on_may_end(const may_end& who) {
  const auto i = users_.find(who.id);
  if (i == users_.end() || expelled_.contains(who.id)
      || i->second.actor != self_->current_sender()
      || self_->clock().now() - i->second.asked_for < ask_patience)
    return false;
  if (!i->second.is_away)
    leaves(who.id, i->second.actor);
  users_.erase(i);
  return true;
}

/// Their sessions with that login end, wherever they are.
void directory_state::on_revoke(const revoke& what) {
  if (const auto i = users_.find(what.user); i != users_.end())
    self_->send(i->second.actor, what);
}

/// Of those who live here; who is not running reads it at the start.
void directory_state::on_account_changed(const account_changed& who) const {
  if (const auto i = users_.find(who.user);
      i != users_.end() && !i->second.is_away)
    // It answers with the user object, which nobody waits for.
    caf::anon_send(i->second.actor, who);
}

/// They leave IRC as when the node stops; sessions are closed as when nobody is
/// logged in.
caf::result<bool> directory_state::on_expel(const expel_user& who) {
  auto& expelled = expelled_[who.id];
  expelled.returns = false;
  const auto i = users_.find(who.id);
  if (i == users_.end())
    return true;
  self_->send(i->second.actor, go_away{1008, who.reason});
  return expelled.waiting.emplace_back(self_->make_response_promise<bool>());
}

void directory_state::on_readmit(const readmit_user& who) {
  if (const auto i = expelled_.find(who.id);
      i != expelled_.end() && users_.contains(who.id)) {
    // Nobody comes in beside who still leaves.
    i->second.returns = true;
    return;
  }
  expelled_.erase(who.id);
  // In a fleet somebody takes them who has room.
  if (const auto& homes = home()->homes)
    return self_->send(homes, start_wanted{});
  ask_store(
      self_, home()->reader(0),
      [id = who.id](store::database& db) {
        const auto wanted = db.wanted_users();
        return std::ranges::count(wanted, id) != 0;
      },
      [this, id = who.id](bool is_wanted) {
        if (is_wanted && !all_gone_.pending())
          user_of(id);
      },
      [this](const caf::error& why) {
        net::log::error("user-not-started",
                        {{"reason", self_->system().render(why)}});
      });
}

caf::result<attached> directory_state::on_attach(const attach& wish) {
  auto promise = self_->make_response_promise<attached>();
  ++lookups_;
  const auto here = home();
  const auto& reader = here->reader(std::hash<std::string>{}(wish.token_hash));
  const auto fail = [this, promise](caf::error& why) mutable {
    promise.deliver(std::move(why));
    end_lookup();
  };
  const auto now = here->wall_clock();
  if (wish.is_api_token) {
    ask_store(
        self_, reader,
        [hash = wish.token_hash, now](store::database& db) {
          return db.find_token(hash, now);
        },
        [this, promise, with = attach{wish}](
            const std::optional<store::api_token>& found) mutable {
          if (!found || !has_scope(*found, "read"))
            return hand_over(promise, with, {});
          note_use(*home(), *found);
          // The epoch: never.
          if (found->expires != protocol::timestamp{})
            self_->send(with.session, login_ends{found->expires});
          with.may_send = has_scope(*found, "send");
          hand_over(promise, with, found->user);
        },
        fail);
    return promise;
  }
  self_->request(reader, store_deadline, find_session{wish.token_hash, now})
      .then(
          [this, promise, wish](const found_session& found) {
            if (found.session) {
              note_use(*home(), *found.session);
              self_->send(wish.session, login_ends{found.session->expires});
            }
            hand_over(promise, wish,
                      found.session ? std::optional{found.session->user}
                                    : std::nullopt);
          },
          fail);
  return promise;
}

void directory_state::hand_over(caf::typed_response_promise<attached> promise,
                                const attach& wish,
                                std::optional<protocol::user_id> whose) {
  if (!whose && !all_gone_.pending()) {
    promise.deliver(attached{{}, {}, 0, "Need to log in first.", true});
    return end_lookup();
  }
  auto next = [this, promise, wish](const found_actor& found) mutable {
    if (all_gone_.pending())
      promise.deliver(node_stops());
    else if (!found || drained_.pending())
      promise.deliver(resume_elsewhere());
    else if (*found)
      promise.delegate(*found, wish);
    else
      promise.deliver(attached{{}, {}, 0, "Need to log in first.", true});
    end_lookup();
  };
  if (all_gone_.pending())
    return next(caf::actor{});
  with_user(*whose, next);
}

void directory_state::end_lookup() {
  --lookups_;
  end_if_done();
}

/// Everybody has left, and nobody waits for an answer of ours.
void directory_state::end_if_done() {
  if (!all_gone_.pending() || !users_.empty() || !going_.empty()
      || lookups_ > 0)
    return;
  all_gone_.deliver(true);
  self_->quit();
}

void directory_state::on_store(const store_is& now) {
  store_ = now;
  tell_everybody(now);
}

void directory_state::on_start_wanted() {
  self_->request(home()->reader(0), store_deadline, find_wanted{})
      .then(
          [this](const found_wanted& found) {
            if (all_gone_.pending())
              return;
            for (const auto id : found.users)
              user_of(id);
            net::log::info("users-started",
                           {{"users", std::to_string(found.users.size())}});
          },
          [this](const caf::error& why) {
            net::log::error("users-not-started",
                            {{"reason", self_->system().render(why)}});
          });
}

caf::result<bool> directory_state::on_stop() {
  for (const auto& [id, known] : users_)
    self_->send(known.actor, go_away{1001, "The node stops: connect again."});
  self_->become(closing());
  all_gone_ = self_->make_response_promise<bool>();
  const auto result = all_gone_;
  for (const auto& [id, waiting] : std::exchange(finders_, {}))
    for (const auto& next : waiting)
      next(caf::make_error(caf::sec::request_receiver_down));
  end_if_done();
  return result;
}

void directory_state::on_down(const caf::down_msg& down) {
  if (const auto i = going_.find(down.source); i != going_.end()) {
    const auto id = i->second;
    going_.erase(i);
    if (!users_.contains(id))
      on_user_down(id, {});
    return on_gone(id, true);
  }
  const auto i = std::ranges::find_if(users_, [&](const auto& pair) {
    return pair.second.actor.address() == down.source;
  });
  if (i == users_.end())
    return;
  const auto id = i->first;
  const auto was_here = !i->second.is_away;
  users_.erase(i);
  on_user_down(id, down.reason);
  // One that failed comes back to where it was, but not who may live nowhere.
  if (was_here)
    on_gone(id, !down.reason || down.reason == caf::sec::invalid_argument);
}

void directory_state::on_user_down(protocol::user_id id,
                                   const caf::error& why) {
  if (const auto expelled = expelled_.find(id); expelled != expelled_.end()) {
    for (auto& each : expelled->second.waiting)
      each.deliver(true);
    expelled->second.waiting.clear();
    if (expelled->second.returns)
      on_readmit({id});
    end_if_done();
  } else if (all_gone_.pending()) {
    end_if_done();
  } else if (why && why != caf::sec::invalid_argument) {
    net::log::error(
        "user-actor-died",
        {{"user", to_string(id)}, {"reason", self_->system().render(why)}});
    self_->delayed_send(self_, revival_pause, revive{id});
  }
}

/// Tried until it is known who has them now. Without a lease others take them.
void directory_state::on_revive(const revive& who) {
  with_user(who.user, [this, who](const found_actor& found) {
    if (!found && lease_ != 0 && !drained_.pending() && !all_gone_.pending())
      self_->delayed_send(self_, revival_pause, who);
  });
}

caf::behavior directory(caf::stateful_actor<directory_state>* self,
                        std::weak_ptr<const node> home) {
  return self->state.start(std::move(home));
}

} // namespace convoy::actors
