// SPDX-License-Identifier: Apache-2.0
#include "actors/directory.hpp"

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
      [this](const all_profiles& now) {
        for (const auto& [id, known] : users_)
          self_->send(known.actor, now);
      },
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

caf::actor directory_state::user_of(protocol::user_id id) {
  auto& known = users_[id];
  if (!known.actor)
    known.actor = self_->spawn<caf::monitored>(user, home(), id);
  known.asked_for = self_->clock().now();
  return known.actor;
}

/// A user that somebody has asked for lately stays, for they may be about to
/// write to it. One that goes is forgotten at once: whoever asks for it from
/// now on gets a new one.
bool directory_state::on_may_end(const may_end& who) {
  const auto i = users_.find(who.id);
  if (i == users_.end() || i->second.actor != self_->current_sender()
      || self_->clock().now() - i->second.asked_for < ask_patience)
    return false;
  users_.erase(i);
  return true;
}

caf::result<attached> directory_state::on_attach(const attach& wish) {
  auto promise = self_->make_response_promise<attached>();
  ++lookups_;
  const auto here = home();
  const auto& reader = here->reader(std::hash<std::string>{}(wish.token_hash));
  self_
      ->request(reader, store_deadline,
                find_session{wish.token_hash, here->wall_clock()})
      .then(
          [this, promise, wish](const found_session& found) mutable {
            if (!found.session)
              promise.deliver(
                  attached{{}, {}, 0, "Need to log in first.", true});
            else if (all_gone_.pending())
              promise.deliver(node_stops());
            else
              promise.delegate(user_of(found.session->user), wish);
            end_lookup();
          },
          [this, promise](caf::error& why) mutable {
            promise.deliver(std::move(why));
            end_lookup();
          });
  return promise;
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
  if (all_gone_.pending()) {
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
