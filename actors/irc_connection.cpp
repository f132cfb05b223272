// SPDX-License-Identifier: Apache-2.0
#include "actors/irc_connection.hpp"

#include "actors/bridge.hpp"
#include "actors/connection_wish.hpp"
#include "actors/profile_wish.hpp"
#include "net/log.hpp"
#include "protocol/connection_url.hpp"
#include "protocol/text.hpp"

#include <caf/message_handler.hpp>

#include <cmath>

namespace convoy::actors {

namespace {

using protocol::connection_state;

std::string whole_seconds(double seconds) {
  return std::to_string(std::lround(std::ceil(seconds)));
}

/// `reason` as a sentence, and what comes of it: "reason. Reconnecting in
/// 4s..." (spec §6.2), or that nothing does.
std::string with_retry(std::string reason, protocol::irc_end end,
                       std::optional<backoff::seconds> wait) {
  if (reason.empty())
    reason = "Connection closed.";
  if (reason.find_last_of(".!?") != reason.size() - 1)
    reason += '.';
  if (wait)
    return reason + " Reconnecting in " + whole_seconds(wait->count()) + "s...";
  return reason
         + (end == protocol::irc_end::password ? " The login was not accepted."
                                               : " The server bans us.")
         + " Not reconnecting until /connect.";
}

} // namespace

irc_connection_state::~irc_connection_state() {
  if (link_)
    link_->close();
}

std::string irc_connection_state::network() const {
  const auto url = connection_url_of(record_);
  return url.host + ":" + std::to_string(url.dial_port());
}

caf::behavior irc_connection_state::start(node_ptr home, connection_start how) {
  node_ = std::move(home);
  user_ = std::move(how.user);
  user_id_ = how.user_id;
  email_ = std::move(how.email);
  profile_ = std::move(how.profile);
  remote_address_ = std::move(how.remote_address);
  network_label_ = std::move(how.network);
  record_ = std::move(how.record);
  backoff_ = {node_->config.connect_delay, node_->config.connect_delay_max};
  dice_.seed(static_cast<unsigned>(self_->id()));
  session_.emplace(session_settings(), std::move(record_.conversations));
  self_->set_default_handler(caf::drop);
  // Whoever takes the user's place begins with connections of its own (P5).
  self_->monitor(user_);
  self_->set_down_handler([this](const caf::down_msg&) {
    // In a fleet that may be somebody on another node.
    on_leave({node_->homes != nullptr});
  });
  if (!record_.wanted)
    return offline();
  request_dial();
  // `request_dial` chose what comes next.
  return {};
}

protocol::irc_settings irc_connection_state::session_settings() const {
  const auto url = connection_url_of(record_);
  const auto whole = [](settings::seconds value) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(value);
  };
  protocol::irc_settings result;
  result.connection_id = record_.id;
  result.name = record_.name;
  result.host = url.host;
  result.nick = wanted_nick(url, email_);
  result.user = url.user;
  result.realname = url.param("realname");
  result.user_mode = url.param("mode", "0");
  result.password = record_.password;
  result.on_connect_commands = record_.on_connect_commands;
  result.profile = profile_;
  result.memory = record_.memory;
  identify(result, url);
  result.flood_burst =
      profile_.flood_burst.value_or(node_->config.irc_flood_burst);
  result.flood_interval =
      profile_.flood_interval.value_or(whole(node_->config.irc_flood_interval));
  result.max_queued_lines = node_->config.irc_max_queued_lines;
  result.product_url = node_->config.product_url;
  result.version = node_->version;
  result.command_timeout = whole(node_->config.command_timeout);
  result.names_timeout = whole(node_->config.names_timeout);
  result.read_timeout = whole(node_->config.irc_read_timeout);
  result.nick_interval = whole(node_->config.nick_interval);
  return result;
}

std::string irc_connection_state::wanted_nick_now() const {
  return wanted_nick(connection_url_of(record_), email_);
}

protocol::moment irc_connection_state::now() const {
  return moment_of(self_, *node_);
}

// -- life cycle ---------------------------------------------------------------

caf::message_handler irc_connection_state::anytime() {
  return {
      [this](const execute& what) { on_execute(what); },
      [this](const committed& done) { on_committed(done.count); },
      [this](const reconfigure& what) { on_reconfigure(what); },
      [this](const paste_saved& what) { on_paste_saved(what); },
      [this](const person_read& what) { on_person_read(what); },
      [this](const new_profile& what) { profile_ = what.profile; },
      [this](const person_at& where) { remote_address_ = where.address; },
      [this](const tick&) { on_tick(); },
      [](const retry&) {
        // Of a wait that somebody has cut short.
      },
      [this](const leave& how) { on_leave(how); },
  };
}

void irc_connection_state::count_as(net::irc_phase phase) {
  const auto& meters = *node_->meters;
  phase_ = phase;
  counted_ = net::presence{meters.irc_connections(phase, network_label_)};
  counted_in_queue_ = phase == net::irc_phase::queued
                          ? net::presence{meters.dial_queue}
                          : net::presence{};
}

caf::behavior irc_connection_state::offline() {
  count_as(net::irc_phase::offline);
  return anytime();
}

caf::behavior irc_connection_state::queued() {
  count_as(net::irc_phase::queued);
  return anytime().or_else(
      [this](const dial_place& place) {
        if (place.attempt == attempt_)
          on_place(place);
      },
      [this](const dial_granted& granted) {
        if (granted.attempt == attempt_)
          dial(granted);
      });
}

caf::behavior irc_connection_state::dialing() {
  count_as(net::irc_phase::dialing);
  return anytime().or_else(
      [this](const irc_connected& up) {
        if (up.attempt == attempt_)
          on_connected(up);
      },
      [this](const irc_closed& down) {
        if (down.attempt == attempt_)
          on_lost(down.reason, down.end);
      });
}

caf::behavior irc_connection_state::online() {
  count_as(net::irc_phase::registering);
  return anytime().or_else(
      [this](const irc_lines& batch) {
        if (batch.attempt == attempt_)
          on_lines(batch);
      },
      [this](const irc_written& done) {
        if (done.attempt == attempt_)
          on_written(done.mark);
      },
      [this](const irc_closed& down) {
        if (down.attempt == attempt_)
          on_lost(down.reason, down.end);
      });
}

caf::behavior irc_connection_state::closing() {
  return anytime().or_else(
      [this](const irc_lines& batch) {
        // What was said before QUIT may be answered; who leaves at once has
        // said none.
        if (batch.attempt == attempt_
            && session_->state() == connection_state::disconnecting)
          receive(batch);
      },
      [this](const irc_written& done) {
        if (done.attempt == attempt_)
          on_written(done.mark);
      },
      [this](const irc_closed& down) {
        if (down.attempt == attempt_)
          on_closed();
      });
}

caf::behavior irc_connection_state::backing_off() {
  count_as(net::irc_phase::backing_off);
  caf::message_handler when_due{[this](const retry& again) {
    if (again.attempt == attempt_)
      request_dial();
  }};
  return when_due.or_else(anytime());
}

void irc_connection_state::request_dial() {
  ++attempt_;
  const auto upgrades =
      std::exchange(farewell_, std::nullopt) == protocol::irc_end::secure;
  const auto url = connection_url_of(record_);
  ensure_certificate(url);
  session_->configure(session_settings());
  // A server that wants TLS has let us in already, this once.
  queued_ = !skips_queue(profile_, url.host) && !upgrades;
  dialer_host_ = url.host;
  self_->send(
      node_->dialer,
      dial_request{url.host, attempt_, caf::actor_cast<caf::actor>(self_),
                   !queued_,
                   std::string{url.param("local_address",
                                         node_->config.irc_local_address)}});
  self_->become(queued());
}

void irc_connection_state::on_place(const dial_place& place) {
  auto text = "Connecting to " + connection_url_of(record_).host;
  if (place.wait_seconds > 0)
    text += " in about " + whole_seconds(place.wait_seconds) + "s";
  change_state(connection_state::connecting, text + ".");
}

void irc_connection_state::dial(const dial_granted& granted) {
  auto where = endpoint(granted);
  is_secure_ = where.tls;
  is_verified_ = where.tls_verify && where.pinned.empty();
  link_ = node_->connector->connect(
      std::move(where),
      make_irc_observer(caf::actor_cast<caf::actor>(self_), attempt_));
  if (queued_ && connect_ticket_)
    answer(*std::exchange(connect_ticket_, std::nullopt));
  self_->become(dialing());
}

void irc_connection_state::on_connected(const irc_connected& up) {
  leave_dialer(true);
  if (connect_ticket_)
    answer(*std::exchange(connect_ticket_, std::nullopt));
  self_->become(online());
  connected_since_ = now().steady;
  change_state(connection_state::connected,
               "Connected to " + connection_url_of(record_).host + ".");
  protocol::irc_steps steps;
  session_->start(up.socket, now(), steps);
  run(steps);
}

/// The connect failed, or the server went away. What its last words were
/// weighs more than how the socket ended.
void irc_connection_state::on_lost(const std::string& reason,
                                   protocol::irc_end end) {
  leave_dialer(false);
  drop_link("Connection closed.");
  if (connect_ticket_)
    answer(*std::exchange(connect_ticket_, std::nullopt),
           reason.empty() ? "Connection closed." : reason);
  if (!record_.wanted) {
    self_->become(offline());
    return change_state(connection_state::disconnected,
                        reason.empty() ? "Connection closed." : reason);
  }
  const auto why = farewell_.value_or(end);
  if (phase_ != net::irc_phase::online)
    node_->meters->irc_connect_failures(why).add();
  net::log::debug("irc-lost", {{"user", to_string(user_id_)},
                               {"connection", record_.id},
                               {"cause", net::name_of(why)}});
  const auto wait = backoff_.next(why, now().steady);
  if (wait) {
    const auto dice = static_cast<double>(dice_() - std::minstd_rand::min())
                      / static_cast<double>(std::minstd_rand::max());
    self_->delayed_send(self_,
                        std::chrono::duration_cast<std::chrono::microseconds>(
                            backoff::with_jitter(*wait, dice)),
                        retry{attempt_});
    self_->become(backing_off());
  } else {
    // Still wanted: `/connect`, a changed connection and a restart try again.
    self_->become(offline());
  }
  change_state(connection_state::disconnected, with_retry(reason, why, wait));
}

/// The connection that we closed is closed.
void irc_connection_state::on_closed() {
  drop_link("Connection closed.");
  change_state(connection_state::disconnected, "Connection closed.");
  if (disconnect_ticket_)
    answer(*std::exchange(disconnect_ticket_, std::nullopt));
  const auto then = std::exchange(then_, afterwards::rest);
  // A `/reconnect` that something else has overtaken.
  if (connect_ticket_ && then != afterwards::connect)
    answer(*std::exchange(connect_ticket_, std::nullopt), "Connection closed.");
  switch (then) {
  case afterwards::rest:
    self_->become(offline());
    break;
  case afterwards::connect:
    request_dial();
    break;
  case afterwards::end:
    self_->quit();
    break;
  }
}

/// Ends what there is of a connection, from any state.
void irc_connection_state::disconnect(afterwards then) {
  then_ = then;
  switch (session_->state()) {
  case connection_state::connected: {
    change_state(connection_state::disconnecting, "Quitting...");
    link_->close();
    self_->become(closing());
    break;
  }
  case connection_state::disconnecting:
    break;
  default:
    // Nothing is up yet: what is under way is called off.
    leave_dialer(false);
    if (connect_ticket_)
      answer(*std::exchange(connect_ticket_, std::nullopt),
             "Connection closed.");
    on_closed();
    break;
  }
}

void irc_connection_state::leave_dialer(bool success) {
  // The record may name another host by now.
  const auto host = std::exchange(dialer_host_, std::nullopt);
  if (host)
    self_->send(node_->dialer, dial_done{*host, attempt_, success,
                                         caf::actor_cast<caf::actor>(self_)});
}

/// Forgets the socket. What waited for its writes fails with `reason`: nobody
/// knows how much of it has left.
void irc_connection_state::drop_link(const std::string& reason) {
  renew_policy();
  if (link_)
    link_->close();
  link_ = nullptr;
  ++attempt_;
  reading_paused_ = false;
  connection_output output;
  for (auto& each : std::exchange(unwritten_, {}))
    for (auto& lost : each.answers)
      output.answers.push_back(
          {lost.to, reason, {}, {}, std::string(protocol::unknown_outcome)});
  report(std::move(output));
}

void irc_connection_state::on_leave(const leave& how) {
  if (!how.at_once)
    return disconnect(afterwards::end);
  leave_dialer(false);
  if (!link_)
    return self_->quit();
  // It ends once the socket has: then nobody of ours is on IRC.
  then_ = afterwards::end;
  link_->abort();
  self_->become(closing());
}

caf::behavior irc_connection(caf::stateful_actor<irc_connection_state>* self,
                             node_ptr home, connection_start how) {
  return self->state.start(std::move(home), std::move(how));
}

} // namespace convoy::actors
