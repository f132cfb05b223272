// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <utility>

namespace convoy::protocol {

namespace {

/// Longest `/sleep`; longer ones are cut to it.
constexpr double max_sleep_seconds = 3600;

/// The seconds of `/sleep 1.5`, nothing when it is another command.
std::optional<double> sleep_seconds(std::string_view command) {
  const auto parts = words(command);
  if (parts.size() != 2 || !equal_ascii(parts[0], "/sleep"))
    return std::nullopt;
  double seconds = 0;
  const auto* end = parts[1].data() + parts[1].size();
  const auto [stop, problem] = std::from_chars(parts[1].data(), end, seconds);
  if (problem != std::errc{} || stop != end || !std::isfinite(seconds)
      || seconds < 0)
    return std::nullopt;
  return std::min(seconds, max_sleep_seconds);
}

} // namespace

// One after the other: each waits until the one before it is settled.
void irc_session::impl::run_startup(context& ctx) {
  while (registered && !startup_waits && !startup_wake) {
    if (startup == startup_phase::on_connect) {
      if (run_on_connect_command(ctx))
        continue;
      startup = startup_phase::rejoin;
      for (const auto& [id, each] : conversations)
        rejoin_ids.push_back(id);
    }
    if (startup != startup_phase::rejoin)
      return;
    if (!rejoin_next(ctx))
      startup = startup_phase::idle;
  }
}

bool irc_session::impl::run_on_connect_command(context& ctx) {
  if (on_connect_index >= settings.on_connect_commands.size())
    return false;
  const auto command =
      clean_input(settings.on_connect_commands[on_connect_index++]);
  if (trim(command).empty())
    return true;
  if (const auto seconds = sleep_seconds(command)) {
    startup_wake = ctx.now.steady
                   + std::chrono::milliseconds(std::llround(*seconds * 1000));
    return true;
  }
  startup_waits = true;
  execute({{irc_asker::origin::on_connect}, "", {}}, command, ctx);
  return true;
}

bool irc_session::impl::rejoin_next(context& ctx) {
  if (rejoin_ids.empty())
    return false;
  const auto id = std::move(rejoin_ids.front());
  rejoin_ids.pop_front();
  const auto it = conversations.find(id);
  if (it == conversations.end())
    return true;
  const irc_asker who{irc_asker::origin::rejoin};
  const auto name = it->second.name;
  startup_waits = true;
  if (supports.is_channel(name))
    join(who, name, it->second.key, ctx);
  else
    do_whois({who, "", name}, ctx);
  return true;
}

} // namespace convoy::protocol
