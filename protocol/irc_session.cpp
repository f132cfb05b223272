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

struct irc_session::impl::line_row {
  std::string_view command;
  line_handler handle;
};

irc_session_state::irc_session_state(irc_settings initial_settings)
    : settings(std::move(initial_settings)),
      nick(settings.nick),
      memory(decode_memory(settings.memory)) {
  // nop
}

irc_session::impl::impl(irc_settings initial_settings,
                        std::vector<conversation> initial)
    : irc_session_state(std::move(initial_settings)) {
  set_pace();
  for (auto& each : initial) {
    auto id = each.id;
    if (!id.empty())
      conversations.emplace(std::move(id), std::move(each));
  }
}

void irc_session::impl::configure(irc_settings next) {
  settings = std::move(next);
  nick = settings.nick;
  memory = decode_memory(settings.memory);
  set_pace();
}

void irc_session::impl::remember(context& ctx) const {
  ctx.out.memory = encode_memory(memory);
}

void irc_session::impl::reset() {
  nick = settings.nick;
  socket.reset();
  supports = {};
  capabilities.clear();
  monitor_begun = false;
  authenticated = false;
  real_host.clear();
  version.clear();
  own_user.clear();
  own_host.clear();
  hosts.clear();
  server_op = false;
  list_asked = false;
  typing_due.reset();
  typing_state.clear();
  taken_nicks.clear();
  nick_tries = 0;
  no_ison = false;
}

void irc_session::impl::change_state(connection_state next,
                                     const std::string& message, context& ctx) {
  if (next == state)
    return;
  const bool was_connected = state == connection_state::connected;
  state = next;
  if (was_connected) {
    drop_queue(ctx);
    drop_pastes(ctx);
    if (next == connection_state::disconnecting)
      write(text_line({"QUIT"}, one_line(settings.product_url)), ctx);
    if (std::exchange(registered, false))
      store_alive(ctx);
    capabilities_open = false;
    capabilities_due.reset();
    sasl = {};
    sasl_due.reset();
    startup = startup_phase::idle;
    startup_waits = 0;
    startup_wake.reset();
    rejoin_ids.clear();
    regain = {};
    end_list(ctx);
  }
  if (next == connection_state::disconnected) {
    // They were written, and the server has not said what came of them.
    for (const auto& each : waiters.clear())
      if (!each.answered)
        answer(each.who, connection_closed, "", "", ctx, unknown_outcome);
    topic_unknown.clear();
    topic_due.clear();
    last_to_self.clear();
    secrets.clear();
    batches.clear();
    nick = settings.nick;
  }
  if (next == connection_state::connecting) {
    note_gaps();
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
  reading_paused = false;
  given_up = false;
  outbound.rest();
  tell_info(ctx);
  write_registration(ctx);
}

void irc_session::impl::receive(const irc_message& line, context& ctx) {
  last_line = ctx.now.steady;
  ping_sent = false;
  handle(line, ctx);
  note_alive(ctx);
  run_startup(ctx);
}

void irc_session::impl::handle(const irc_message& line, const context& step) {
  context ctx{step.now, step.now.wall, step.out};
  const auto tagged = line.tag("time");
  timestamp at{};
  if (tagged && has("server-time") && parse_time(*tagged, at))
    ctx.time = at;
  ctx.batch = batches.find(line);
  const auto label = line.tag("label");
  if (has("labeled-response") && label)
    ctx.label = *label;
  else if (has("labeled-response") && ctx.batch != nullptr)
    ctx.label = ctx.batch->label;
  ctx.playback = ctx.batch != nullptr && ctx.batch->playback;
  if (is_ignored(line) || keep_for_batch(line, ctx))
    return;
  const bool leaves = state == connection_state::disconnecting;
  if (ctx.playback && leaves)
    return;
  if (ctx.playback)
    return take_late(line, ctx);
  if (const auto source = split_source(line.source); source.is_person)
    hosts.learn(source.nick, source.host, supports.mapping);
  heed_complaint(line, ctx);
  if (!leaves)
    expect_topic(line, ctx);
  const auto taken = offer(line, ctx);
  if (leaves && taken == verdict::not_mine && line.command != "BATCH")
    return;
  ctx.claimed = taken == verdict::claimed;
  if (const auto known = find_line(line.command); known != nullptr)
    (this->*known)(line, ctx);
  else if (!ctx.claimed)
    tell_fallback(line, ctx);
  if (label && line.command != "BATCH")
    end_label(*label, ctx);
}

irc_session::impl::line_handler
irc_session::impl::find_line(std::string_view command) {
  static constexpr line_row rows[]{
      {"001", &impl::on_welcome},
      {"004", &impl::on_server_info},
      {"005", &impl::on_isupport},
      {"221", &impl::on_own_modes},
      {"263", &impl::on_turned_away},
      {"305", &impl::on_own_away},
      {"306", &impl::on_own_away},
      {"322", &impl::on_list_entry},
      {"323", &impl::on_list_end},
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
      {"381", &impl::on_server_op},
      {"396", &impl::on_visible_host},
      {"404", &impl::on_cannot_send},
      {"410", &impl::on_cap_refused},
      {"421", &impl::on_unknown_command},
      {"432", &impl::on_nick_invalid},
      {"433", &impl::on_nick_taken},
      {"436", &impl::on_nick_unavailable},
      {"437", &impl::on_nick_unavailable},
      {"451", &impl::on_cap_refused},
      {"463", &impl::on_turned_away},
      {"464", &impl::on_turned_away},
      {"465", &impl::on_turned_away},
      {"466", &impl::on_turned_away},
      {"730", &impl::on_presence},
      {"731", &impl::on_presence},
      {"734", &impl::on_monitor_full},
      {"900", &impl::on_sasl_numeric},
      {"901", &impl::on_sasl_numeric},
      {"902", &impl::on_sasl_numeric},
      {"903", &impl::on_sasl_numeric},
      {"904", &impl::on_sasl_numeric},
      {"905", &impl::on_sasl_numeric},
      {"906", &impl::on_sasl_numeric},
      {"907", &impl::on_sasl_numeric},
      {"908", &impl::on_sasl_numeric},
      {"ACCOUNT", &impl::on_account},
      {"ACK", &impl::ignore},
      {"AUTHENTICATE", &impl::on_authenticate},
      {"AWAY", &impl::on_away},
      {"BATCH", &impl::on_batch},
      {"CAP", &impl::on_cap},
      {"CHATHISTORY", &impl::on_history_target},
      {"CHGHOST", &impl::on_host_change},
      {"ERROR", &impl::on_error},
      {"FAIL", &impl::on_fail},
      {"INVITE", &impl::on_invite},
      {"JOIN", &impl::on_join},
      {"KICK", &impl::on_kick},
      {"KILL", &impl::on_kill},
      {"MARKREAD", &impl::on_markread},
      {"MODE", &impl::on_mode},
      {"NICK", &impl::on_nick},
      {"NOTE", &impl::on_remark},
      {"NOTICE", &impl::on_message},
      {"PART", &impl::on_part},
      {"PING", &impl::on_ping},
      {"PONG", &impl::ignore},
      {"PRIVMSG", &impl::on_message},
      {"QUIT", &impl::on_quit},
      {"REDACT", &impl::on_redact},
      {"RENAME", &impl::on_rename},
      {"SETNAME", &impl::on_realname},
      {"TAGMSG", &impl::on_tagmsg},
      {"TOPIC", &impl::on_topic},
      {"WARN", &impl::on_remark},
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
  release(ctx);
  expire_pastes(ctx);
  ask_silent(ctx);
  for (auto late = waiters.expired(ctx.now.steady); late != waiters.end();
       late = waiters.expired(ctx.now.steady))
    settle(late, "Promise timeout", "", ctx, unknown_outcome);
  if (startup_wake && *startup_wake <= ctx.now.steady)
    startup_wake.reset();
  run_startup(ctx);
  hurry_capabilities(ctx);
  hurry_sasl(ctx);
  watch(ctx);
}

std::optional<instant> irc_session::impl::watchdog() const {
  if (state != connection_state::connected || !socket || given_up
      || reading_paused)
    return std::nullopt;
  return last_line + settings.read_timeout * (ping_sent ? 2 : 1);
}

void irc_session::impl::pause_reading(bool paused, instant now) {
  reading_paused = paused;
  last_line = now;
  ping_sent = false;
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
       {waiters.deadline(), outbound.deadline(), pastes.deadline(),
        startup_wake, regain.due, capabilities_due, sasl_due, watchdog()})
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
  impl_->configure(std::move(settings));
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

void irc_session::pause_reading(bool paused, moment now) {
  impl_->pause_reading(paused, now.steady);
}

std::optional<instant> irc_session::deadline() const {
  return impl_->deadline();
}

void irc_session::execute(const irc_command& command, moment now,
                          irc_steps& out) {
  impl::context ctx{now, now.wall, out};
  irc_asker who;
  who.to = command.to;
  const auto waiting = impl_->outbound.size();
  impl_->execute({who, command.conversation_id, {}}, command.message, ctx);
  impl_->tell_place(waiting, command.conversation_id, ctx);
}

void irc_session::paste_stored(std::uint64_t id, const std::string& url,
                               const std::string& problem, moment now,
                               irc_steps& out) {
  impl::context ctx{now, now.wall, out};
  impl_->paste_stored(id, url, problem, ctx);
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
