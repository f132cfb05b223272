// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session.hpp"

#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace convoy::protocol {

std::string_view to_string(connection_state state) noexcept {
  switch (state) {
  case connection_state::disconnected:
    return "disconnected";
  case connection_state::connecting:
    return "connecting";
  case connection_state::connected:
    return "connected";
  case connection_state::disconnecting:
    return "disconnecting";
  }
  return "";
}

// -- implementation -----------------------------------------------------------

irc_session::impl::impl(irc_settings initial_settings,
                        std::vector<conversation> initial)
    : settings(std::move(initial_settings)), nick(settings.nick) {
  for (auto& each : initial) {
    auto id = each.id;
    if (!id.empty())
      conversations.emplace(std::move(id), std::move(each));
  }
}

void irc_session::impl::reset() {
  nick = settings.nick;
  socket.reset();
  supports = {};
  offered.clear();
  enabled.clear();
  capability_bytes = 0;
  real_host.clear();
  version.clear();
  own_user.clear();
  own_host.clear();
  taken_nicks.clear();
  nick_tries = 0;
}

void irc_session::impl::change_state(connection_state next,
                                     const std::string& message, context& ctx) {
  if (next == state)
    return;
  const bool was_connected = state == connection_state::connected;
  state = next;
  if (was_connected) {
    if (next == connection_state::disconnecting)
      write(text_line({"QUIT"}, one_line(settings.product_url)), ctx);
    registered = false;
    capabilities_open = false;
    startup = startup_phase::idle;
    startup_waits = false;
    startup_wake.reset();
    rejoin_ids.clear();
    nick_due.reset();
    nick = settings.nick;
    topic_unknown.clear();
    ctcp_answers.clear();
    for (const auto& each : waiters.clear())
      if (!each.answered)
        refuse(each.who, "Connection closed.", ctx);
  }
  if (next == connection_state::connecting) {
    for (auto& [id, each] : conversations)
      if (each.frozen.empty())
        freeze(each, freeze::not_connected, ctx);
    reset();
  }
  auto told = make(event_kind::connection, nullptr, ctx);
  told.target = to_string(next);
  told.text = message;
  ctx.out.events.push_back(std::move(told));
  tell_notice(message, ctx);
  if (next == connection_state::connecting)
    tell_info(ctx);
}

void irc_session::impl::start(const irc_socket_info& to, context& ctx) {
  socket = to;
  last_line = ctx.now.steady;
  ping_sent = false;
  given_up = false;
  tell_info(ctx);
  write_registration(ctx);
}

void irc_session::impl::receive(const irc_message& line, context& ctx) {
  last_line = ctx.now.steady;
  ping_sent = false;
  const auto tagged = line.tag("time");
  if (tagged && enabled.contains("server-time")) {
    timestamp at{};
    if (parse_time(*tagged, at))
      ctx.time = at;
  }
  const auto taken = offer(line, ctx);
  ctx.claimed = taken == verdict::claimed;
  if (const auto handle = find_line(line.command); handle != nullptr)
    (this->*handle)(line, ctx);
  else if (!ctx.claimed)
    tell_fallback(line, ctx);
  ctx.time = ctx.now.wall;
  run_startup(ctx);
}

irc_session::impl::line_handler
irc_session::impl::find_line(std::string_view command) {
  static constexpr line_row rows[]{
      {"001", &impl::on_welcome},
      {"004", &impl::on_server_info},
      {"005", &impl::on_isupport},
      {"221", &impl::on_own_modes},
      {"324", &impl::on_channel_modes},
      {"329", &impl::ignore},
      {"331", &impl::on_no_topic},
      {"332", &impl::on_topic_numeric},
      {"333", &impl::ignore},
      {"353", &impl::ignore},
      {"366", &impl::on_end_of_names},
      {"372", &impl::on_motd},
      {"375", &impl::ignore},
      {"376", &impl::ignore},
      {"396", &impl::on_visible_host},
      {"404", &impl::on_cannot_send},
      {"410", &impl::on_cap_refused},
      {"421", &impl::on_unknown_command},
      {"432", &impl::on_nick_invalid},
      {"433", &impl::on_nick_taken},
      {"436", &impl::on_nick_unavailable},
      {"437", &impl::on_nick_unavailable},
      {"451", &impl::on_cap_refused},
      {"CAP", &impl::on_cap},
      {"ERROR", &impl::on_error},
      {"INVITE", &impl::on_invite},
      {"JOIN", &impl::on_join},
      {"KICK", &impl::on_kick},
      {"KILL", &impl::on_kill},
      {"MODE", &impl::on_mode},
      {"NICK", &impl::on_nick},
      {"NOTICE", &impl::on_message},
      {"PART", &impl::on_part},
      {"PING", &impl::on_ping},
      {"PONG", &impl::ignore},
      {"PRIVMSG", &impl::on_message},
      {"QUIT", &impl::on_quit},
      {"TAGMSG", &impl::ignore},
      {"TOPIC", &impl::on_topic},
  };
  constexpr auto before = [](const line_row& a, const line_row& b) {
    return a.command < b.command;
  };
  static_assert(std::is_sorted(std::begin(rows), std::end(rows), before));
  const auto* row = std::lower_bound(std::begin(rows), std::end(rows),
                                     line_row{command, nullptr}, before);
  return row != std::end(rows) && row->command == command ? row->handle
                                                          : nullptr;
}

void irc_session::impl::tick(context& ctx) {
  for (auto late = waiters.expired(ctx.now.steady); late != waiters.end();
       late = waiters.expired(ctx.now.steady))
    settle(late, "Promise timeout", "", ctx);
  if (startup_wake && *startup_wake <= ctx.now.steady)
    startup_wake.reset();
  run_startup(ctx);
  want_nick(ctx);
  watch(ctx);
}

void irc_session::impl::want_nick(context& ctx) {
  if (!nick_due || *nick_due > ctx.now.steady)
    return;
  nick_due.reset();
  if (nick == settings.nick)
    return;
  write(line({"NICK", one_line(settings.nick)}), ctx);
  nick_due = ctx.now.steady + settings.nick_interval;
}

std::optional<instant> irc_session::impl::watchdog() const {
  if (state != connection_state::connected || !socket || given_up)
    return std::nullopt;
  return last_line + settings.read_timeout * (ping_sent ? 2 : 1);
}

void irc_session::impl::watch(context& ctx) {
  const auto due = watchdog();
  if (!due || *due > ctx.now.steady)
    return;
  if (ping_sent) {
    given_up = true;
    ctx.out.give_up = "Connection timeout!";
    return;
  }
  // A line that comes late is judged from when the question was put.
  last_line = ctx.now.steady - settings.read_timeout;
  ping_sent = true;
  write(text_line({"PING"}, real_host.empty() ? settings.host : real_host),
        ctx);
}

std::optional<instant> irc_session::impl::deadline() const {
  std::optional<instant> first;
  for (const auto& each :
       {waiters.deadline(), startup_wake, nick_due, watchdog()})
    if (each && (!first || *each < *first))
      first = each;
  return first;
}

// -- interface ----------------------------------------------------------------

irc_session::irc_session(irc_settings settings,
                         std::vector<conversation> conversations)
    : impl_(
        std::make_unique<impl>(std::move(settings), std::move(conversations))) {
  // nop
}

irc_session::~irc_session() = default;
irc_session::irc_session(irc_session&&) noexcept = default;
irc_session& irc_session::operator=(irc_session&&) noexcept = default;

void irc_session::configure(irc_settings settings) {
  impl_->settings = std::move(settings);
  impl_->nick = impl_->settings.nick;
}

void irc_session::set_counters(std::string_view conversation_id,
                               std::uint32_t unread,
                               std::uint32_t notifications) {
  const auto it = impl_->conversations.find(std::string(conversation_id));
  if (it == impl_->conversations.end())
    return;
  it->second.unread = unread;
  it->second.notifications = notifications;
}

void irc_session::change_state(connection_state state,
                               const std::string& message, moment now,
                               irc_steps& out) {
  impl::context ctx{now, now.wall, out};
  impl_->change_state(state, message, ctx);
}

void irc_session::start(const irc_socket_info& socket, moment now,
                        irc_steps& out) {
  impl::context ctx{now, now.wall, out};
  impl_->start(socket, ctx);
}

void irc_session::receive(const irc_message& line, moment now, irc_steps& out) {
  impl::context ctx{now, now.wall, out};
  impl_->receive(line, ctx);
}

void irc_session::tick(moment now, irc_steps& out) {
  impl::context ctx{now, now.wall, out};
  impl_->tick(ctx);
}

std::optional<instant> irc_session::deadline() const {
  return impl_->deadline();
}

void irc_session::execute(const irc_command& command, moment now,
                          irc_steps& out) {
  impl::context ctx{now, now.wall, out};
  irc_asker who;
  who.to = command.to;
  impl_->execute({who, command.conversation_id, {}}, command.message, ctx);
}

connection_state irc_session::state() const noexcept {
  return impl_->state;
}

const std::string& irc_session::nick() const noexcept {
  return impl_->nick;
}

std::string irc_session::info() const {
  return impl_->info();
}

const std::map<std::string, conversation>&
irc_session::conversations() const noexcept {
  return impl_->conversations;
}

} // namespace convoy::protocol
