// SPDX-License-Identifier: Apache-2.0
#include "actors/directory.hpp"

#include "actors/ask_store.hpp"
#include "actors/last_use.hpp"
#include "actors/strays.hpp"
#include "actors/user.hpp"
#include "net/log.hpp"

#include <caf/send.hpp>

#include <algorithm>
#include <functional>

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

} // namespace

caf::behavior directory_state::start(std::weak_ptr<const node> home) {
  node_ = std::move(home);
  survive_strays(self_);
  self_->set_down_handler([this](const caf::down_msg& down) { on_down(down); });
  return open();
}

caf::behavior directory_state::open() {
  return {
      [this](const attach& wish) { return on_attach(wish); },
      [this](const find_user& who) { return user_of(who.id); },
      [this](const may_end& who) { return on_may_end(who); },
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
  };
}

node_ptr directory_state::home() const {
  return node_.lock();
}

template <class Message>
void directory_state::tell_everybody(const Message& what) {
  for (const auto& [id, known] : users_)
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
  }
  known.asked_for = self_->clock().now();
  return known.actor;
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
  users_.erase(i);
  return true;
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
          with.may_send = has_scope(*found, "send");
          hand_over(promise, with, found->user);
        },
        fail);
    return promise;
  }
  self_->request(reader, store_deadline, find_session{wish.token_hash, now})
      .then(
          [this, promise, wish](const found_session& found) {
            if (found.session)
              note_use(*home(), *found.session);
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
  const auto user = whose && !all_gone_.pending() ? user_of(*whose) : nullptr;
  if (user)
    promise.delegate(user, wish);
  else if (all_gone_.pending())
    promise.deliver(node_stops());
  else
    promise.deliver(attached{{}, {}, 0, "Need to log in first.", true});
  end_lookup();
}

void directory_state::end_lookup() {
  --lookups_;
  end_if_done();
}

/// Everybody has left, and nobody waits for an answer of ours.
void directory_state::end_if_done() {
  if (!all_gone_.pending() || !users_.empty() || lookups_ > 0)
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
  end_if_done();
  return result;
}

void directory_state::on_down(const caf::down_msg& down) {
  const auto i = std::ranges::find_if(users_, [&](const auto& pair) {
    return pair.second.actor.address() == down.source;
  });
  if (i == users_.end())
    return;
  const auto id = i->first;
  users_.erase(i);
  if (const auto expelled = expelled_.find(id); expelled != expelled_.end()) {
    for (auto& each : expelled->second.waiting)
      each.deliver(true);
    expelled->second.waiting.clear();
    if (expelled->second.returns)
      on_readmit({id});
    end_if_done();
  } else if (all_gone_.pending()) {
    end_if_done();
  } else if (down.reason && down.reason != caf::sec::invalid_argument) {
    net::log::error("user-actor-died",
                    {{"user", to_string(id)},
                     {"reason", self_->system().render(down.reason)}});
    caf::delayed_anon_send(caf::actor_cast<caf::actor>(self_), revival_pause,
                           find_user{id});
  }
}

caf::behavior directory(caf::stateful_actor<directory_state>* self,
                        std::weak_ptr<const node> home) {
  return self->state.start(std::move(home));
}

} // namespace convoy::actors
