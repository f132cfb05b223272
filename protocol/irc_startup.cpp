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

/// Channels that one JOIN names where the server does not say how many it may
/// (TARGMAX), and at most: their answers pace the next one.
constexpr std::size_t usual_join_targets = 4;
constexpr std::size_t max_join_targets = 16;
/// Bytes of a JOIN, without CR LF.
constexpr std::size_t max_join_line = max_irc_line - 2;
/// Bytes of the nicks in one ISON, so that all of them fit into its answer.
constexpr std::size_t max_ison_nicks = 400;

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
  while (registered && startup_waits == 0 && !startup_wake) {
    if (startup == startup_phase::on_connect) {
      if (run_on_connect_command(ctx))
        continue;
      startup = startup_phase::rejoin;
      for (const auto& [id, each] : conversations)
        rejoin_ids.push_back(id);
    }
    if (startup != startup_phase::rejoin)
      break;
    // People may have filled the queue meanwhile.
    if (!outbound.has_room(1, ctx.now.steady)) {
      startup_wake = outbound.deadline();
      break;
    }
    if (!rejoin_channels(ctx) && !find_people(ctx))
      startup = startup_phase::idle;
  }
  repair_next(ctx);
  regain_nick(ctx);
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
  startup_waits = 1;
  execute({{irc_asker::origin::on_connect}, "", {}}, command, ctx);
  return true;
}

// -- channels -----------------------------------------------------------------

// As many as one JOIN may name; those with a key come first, for a key belongs
// to the channel at its place.
bool irc_session::impl::rejoin_channels(context& ctx) {
  const auto most = std::min(supports.max_targets("JOIN", usual_join_targets),
                             max_join_targets);
  std::vector<const conversation*> open_ones;
  std::vector<const conversation*> keyed;
  std::size_t length = std::string_view("JOIN ").size();
  for (auto id = rejoin_ids.begin(); id != rejoin_ids.end();) {
    const auto* where = awaits_rejoin(*id, ctx);
    if (where != nullptr && !supports.is_channel(where->name)) {
      ++id;
      continue;
    }
    if (where != nullptr) {
      // A comma or space after the name, and another after the key.
      length += where->name.size() + where->key.size() + 2;
      const auto count = open_ones.size() + keyed.size();
      if (count > 0 && (count >= most || length > max_join_line))
        break;
      (where->key.empty() ? open_ones : keyed).push_back(where);
    }
    id = rejoin_ids.erase(id);
  }
  keyed.insert(keyed.end(), open_ones.begin(), open_ones.end());
  if (keyed.empty())
    return false;
  write_rejoin(keyed, ctx);
  return true;
}

/// The conversation of that id if it is still to be entered again.
const conversation* irc_session::impl::awaits_rejoin(const std::string& id,
                                                     context& ctx) {
  const auto it = conversations.find(id);
  // On-connect commands, people and bouncers may have been there first.
  if (it == conversations.end() || it->second.frozen.empty()
      || !target_is_good({irc_asker::origin::session}, it->second.name, "",
                         ctx))
    return nullptr;
  const auto older =
      waiters.find(irc_command_kind::join, it->second.name, supports.mapping);
  return older == waiters.end() ? &it->second : nullptr;
}

void irc_session::impl::write_rejoin(
    const std::vector<const conversation*>& all, context& ctx) {
  std::string channels;
  std::string keys;
  for (const auto* each : all) {
    channels += (channels.empty() ? "" : ",") + each->name;
    if (!each->key.empty())
      keys += (keys.empty() ? "" : ",") + each->key;
  }
  if (!write(keys.empty() ? line({"JOIN", channels})
                          : line({"JOIN", channels, keys}),
             ctx))
    return;
  const auto parcel = outbound.last();
  for (const auto* each : all) {
    irc_open_command command;
    command.kind = irc_command_kind::join;
    command.who.from = irc_asker::origin::rejoin;
    command.target = each->name;
    command.patience = settings.command_timeout;
    command.parcel = parcel;
    wait_for(std::move(command), ctx);
  }
  startup_waits = all.size();
}

// -- people -------------------------------------------------------------------

// Whether they are there, many with one ISON; where that is not known, WHOIS
// one after the other.
bool irc_session::impl::find_people(context& ctx) {
  std::string nicks;
  while (!rejoin_ids.empty()) {
    const auto* where = awaits_rejoin(rejoin_ids.front(), ctx);
    const auto name = where != nullptr ? where->name : std::string{};
    if (nicks.size() + name.size() >= max_ison_nicks && !nicks.empty())
      break;
    rejoin_ids.pop_front();
    if (name.empty())
      continue;
    if (no_ison) {
      startup_waits = 1;
      do_whois({{irc_asker::origin::rejoin}, "", name}, ctx);
      return true;
    }
    nicks += (nicks.empty() ? "" : " ") + name;
  }
  if (nicks.empty())
    return false;
  startup_waits = 1;
  ask_presence({irc_asker::origin::rejoin}, nicks, ctx);
  return true;
}

void irc_session::impl::ask_presence(const irc_asker& who,
                                     const std::string& nicks, context& ctx) {
  open(irc_command_kind::presence, who, nicks, "ISON " + nicks, ctx);
}

irc_session::impl::verdict
irc_session::impl::finish_presence(irc_waiters::iterator command,
                                   const irc_message& line, context& ctx) {
  const auto asked = waiters.take(command);
  const auto present = line.joined(1);
  std::set<std::string, std::less<>> online;
  for (const auto each : words(present))
    online.insert(fold(each, supports.mapping));
  for (const auto each : words(asked.target)) {
    const bool is_there = online.contains(fold(each, supports.mapping));
    if (asked.who.from == irc_asker::origin::session) {
      if (!is_there)
        nick_is_free(each, ctx);
      continue;
    }
    const char* reason = is_there ? "" : "No such nick/channel";
    if (auto* where = find(each); where != nullptr && where->frozen != reason)
      freeze(*where, reason, ctx);
  }
  answer(asked.who, "", "", "", ctx);
  return verdict::claimed;
}

// A server without ISON: 421.
irc_session::impl::verdict
irc_session::impl::fail_presence(irc_waiters::iterator command,
                                 const irc_message&, context& ctx) {
  no_ison = true;
  const auto asked = waiters.take(command);
  if (asked.who.from == irc_asker::origin::session)
    take_nick(ctx);
  else
    for (const auto each : words(asked.target))
      rejoin_ids.push_front(id_of(each));
  answer(asked.who, "", "", "", ctx);
  return verdict::claimed;
}

} // namespace convoy::protocol
