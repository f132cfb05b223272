// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <utility>

namespace convoy::protocol {

namespace {

/// `_` is added to a taken nick so often, then registration is left alone.
constexpr std::size_t max_nick_tries = 16;

/// Whether a QUIT gives two servers as its reason: `a.example b.example`.
/// Whoever takes a nick then collides with its holder when they meet again.
bool is_netsplit(std::string_view reason) {
  const auto servers = words(reason);
  return servers.size() == 2
         && std::all_of(servers.begin(), servers.end(), [](auto each) {
              return each.find('.') != std::string_view::npos
                     && each.find_first_of(":/") == std::string_view::npos;
            });
}

} // namespace

// -- nicks that cannot be had -------------------------------------------------

void irc_session::impl::on_nick_taken(const irc_message& line, context& ctx) {
  if (ctx.claimed || failed_to_regain(line))
    return;
  const auto taken = line.param(1);
  if (taken_nicks.emplace(fold(taken, supports.mapping)).second)
    tell_error("Nickname " + std::string(taken) + " is already in use.", ctx);
  if (registered || ++nick_tries > max_nick_tries)
    return;
  nick += '_';
  write(this->line({"NICK", nick}), ctx);
  tell_info(ctx);
}

void irc_session::impl::on_nick_unavailable(const irc_message& line,
                                            context& ctx) {
  if (!registered && is_me(line.param(1)))
    on_nick_taken(line, ctx);
  else if (!ctx.claimed && !failed_to_regain(line))
    tell_fallback(line, ctx);
}

void irc_session::impl::on_nick_invalid(const irc_message& line, context& ctx) {
  if (ctx.claimed)
    return;
  // What the server does not take for a nick is not asked for again.
  if (failed_to_regain(line))
    end_regain(ctx);
  tell_error("Invalid nickname " + std::string(line.param(1)) + ".", ctx);
}

// -- the way back to the wanted one (spec §6.6) -------------------------------

void irc_session::impl::begin_regain(context& ctx) {
  regain = {};
  if (nick == settings.nick)
    return;
  regain.wanted = one_line(settings.nick);
  regain.due = ctx.now.steady + settings.nick_interval;
}

void irc_session::impl::end_regain(context& ctx) {
  const auto done = std::exchange(regain, {});
  if (done.watched
      && std::none_of(
          memory.monitored.begin(), memory.monitored.end(),
          [&](const auto& each) { return same(each, done.wanted); }))
    write(line({"MONITOR", "-", done.wanted}), ctx);
}

void irc_session::impl::regain_nick(context& ctx) {
  if (!registered || regain.wanted.empty())
    return;
  // Known from 005 on, which comes after 001.
  if (supports.monitor && !std::exchange(regain.asked_to_watch, true))
    regain.watched = write(line({"MONITOR", "+", regain.wanted}), ctx);
  if (!regain.due || *regain.due > ctx.now.steady)
    return;
  // A try that was never answered, or had to wait, is made again.
  const bool again = std::exchange(regain.tried, false)
                     || std::exchange(regain.is_free, false) || no_ison;
  regain.due.reset();
  if (again)
    return take_nick(ctx);
  if (regain.watched)
    return;
  regain.due = ctx.now.steady + settings.nick_interval;
  ask_presence({irc_asker::origin::session}, regain.wanted, ctx);
}

void irc_session::impl::note_quit(const irc_message& line, context& ctx) {
  if (!is_netsplit(line.joined(0)))
    nick_is_free(split_source(line.source).nick, ctx);
}

void irc_session::impl::nick_is_free(std::string_view name, context& ctx) {
  if (registered && !regain.wanted.empty() && same(name, regain.wanted))
    take_nick(ctx);
}

// One try at a time, and after one that failed none before the interval is
// over, whatever is said of the nick meanwhile.
void irc_session::impl::take_nick(context& ctx) {
  if (regain.tried)
    return;
  regain.is_free = regain.not_before > ctx.now.steady;
  if (regain.is_free) {
    regain.due = regain.not_before;
    return;
  }
  regain.tried = true;
  regain.not_before = ctx.now.steady + settings.nick_interval;
  regain.due = regain.not_before;
  write(line({"NICK", regain.wanted}), ctx);
}

// `734 nick limit nicks :…`: it must be asked for instead.
void irc_session::impl::on_monitor_full(const irc_message& line, context& ctx) {
  std::string nicks(line.param(2));
  std::replace(nicks.begin(), nicks.end(), ',', ' ');
  const auto refused = words(nicks);
  const bool ours =
      regain.watched
      && std::any_of(refused.begin(), refused.end(),
                     [&](auto each) { return same(each, regain.wanted); });
  if (ours) {
    regain.watched = false;
    regain.due = ctx.now.steady + settings.nick_interval;
  } else if (!ctx.claimed) {
    tell_fallback(line, ctx);
  }
}

bool irc_session::impl::failed_to_regain(const irc_message& line) {
  if (!regain.tried || !same(line.param(1), regain.wanted))
    return false;
  regain.tried = false;
  return true;
}

} // namespace convoy::protocol
