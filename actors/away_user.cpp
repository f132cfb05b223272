// SPDX-License-Identifier: Apache-2.0
#include "actors/away_user.hpp"

#include "actors/letter.hpp"
#include "actors/secrets.hpp"
#include "actors/strays.hpp"

#include <algorithm>

namespace convoy::actors {

caf::behavior away_user_state::start(node_ptr home, const home_is& where) {
  node_ = std::move(home);
  counted_ = net::presence{node_->meters->users};
  id_ = where.user;
  epoch_ = where.epoch;
  my_name_ = random_stream_id();
  subject_ = subject_of(id_);
  survive_strays(self_);
  self_->set_down_handler([this](const caf::down_msg& down) { on_down(down); });
  idle_.start(self_, node_, id_, [this] { return is_used(); });
  idle_.look_later();
  return open();
}

caf::behavior away_user_state::open() {
  return {
      [this](const attach& wish) { return on_attach(wish); },
      [this](const ask& what) { on_ask(what); },
      [this](const bus_delivery& what) { on_events(what.message); },
      [this](const bus_result& what) { on_result(what); },
      [this](const read_user& what) { return call(what); },
      [this](const list_connections& what) { return call(what); },
      [this](const list_conversations& what) { return call(what); },
      [this](const create_connection& what) { return call(what); },
      [this](const update_connection& what) { return call(what); },
      [this](const remove_connection& what) { return call(what); },
      [this](const mark_read& what) { return call(what); },
      [this](const mark_notifications_read& what) { return call(what); },
      [this](const has_conversation& what) { return call(what); },
      [this](const account_changed& what) { return call(what); },
      [this](const revoke& what) { on_revoke(what); },
      [this](const home_is& where) { on_home(where); },
      [this](const look_around&) { idle_.on_look_around(); },
      [this](const tick&) { on_tick(); },
      [this](const go_away& why) { on_stop(why); },
  };
}

void away_user_state::on_stop(const go_away& why) {
  refuse_all_lost();
  for (auto& [number, each] : calls_)
    each.promise.deliver(rest_result{{}, refused{503, why.reason}});
  for (auto& each : audiences_) {
    // Their events come when the session does.
    for (const auto& held : each.held)
      self_->send(held.session, held.reply);
    close_all(each, why);
  }
  self_->quit();
}

bool away_user_state::is_used() const {
  return !asks_.empty() || !calls_.empty() || lookups_ > 0
         || std::ranges::any_of(audiences_, [](const auto& each) {
              return each.events != nullptr;
            });
}

// -- time ---------------------------------------------------------------------

void away_user_state::wake_after(std::chrono::milliseconds pause) {
  const auto when = self_->clock().now() + pause;
  if (wakes_ && *wakes_ <= when)
    return;
  wakes_ = when;
  self_->delayed_send(self_, pause, tick{});
}

/// One that was overtaken has nothing to do.
void away_user_state::on_tick() {
  const auto now = self_->clock().now();
  if (!wakes_ || *wakes_ > now)
    return;
  wakes_.reset();
  refuse_late();
  if (search_due_ && *search_due_ <= now)
    search();
  if (keep_due_ && *keep_due_ <= now) {
    keep_due_.reset();
    for (const auto format : {format_type::epoch, format_type::iso})
      if (of(format).events && !is_lost_)
        keep(format);
  }
  for (const auto format : {format_type::epoch, format_type::iso})
    fill(format);
  idle_.look_later();
  if (!is_used()) {
    // Who needs it next is not to wait for a search that nobody wakes for.
    search_due_.reset();
    return;
  }
  if (!keep_due_)
    keep_due_ = now + keep_pause;
  const auto next = std::min(*keep_due_, search_due_.value_or(*keep_due_));
  wake_after(std::chrono::ceil<std::chrono::milliseconds>(next - now));
}

caf::behavior away_user(caf::stateful_actor<away_user_state>* self,
                        node_ptr home, home_is where) {
  return self->state.start(std::move(home), where);
}

} // namespace convoy::actors
