// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <utility>

// `/monitor`: whose coming and going is told (IRCv3 monitor).
namespace convoy::protocol {

namespace {

/// The nicks of `ann,bob eve`.
std::vector<std::string_view> split_nicks(std::string_view text) {
  std::vector<std::string_view> result;
  for (auto part : words(text))
    while (!part.empty())
      if (const auto nick = next_part(part, ','); !nick.empty())
        result.push_back(nick);
  return result;
}

std::string join_nicks(const std::vector<std::string_view>& nicks) {
  std::string result;
  for (const auto each : nicks)
    result.append(result.empty() ? "" : ",").append(each);
  return result;
}

std::string encode_monitored(const std::vector<std::string>& nicks) {
  json_writer out;
  out.begin_object().field("monitored", nicks).end_object();
  return out.take();
}

} // namespace

void irc_session::impl::do_monitor(const request& what, context& ctx) {
  const auto end = std::min(what.args.find(' '), what.args.size());
  auto verb = what.args.substr(0, end);
  auto rest = what.args.substr(end);
  // `+ann` without a space will do.
  if (verb.starts_with('+') || verb.starts_with('-')) {
    rest = what.args.substr(1);
    verb = verb.substr(0, 1);
  }
  const auto nicks = split_nicks(rest);
  if (verb == "+")
    return monitor(what.who, nicks, ctx);
  if (verb == "-")
    return unmonitor(what.who, nicks, ctx);
  if (equal_ascii(verb, "clear"))
    return unmonitor(what.who,
                     {memory.monitored.begin(), memory.monitored.end()}, ctx);
  if (!verb.empty() && !equal_ascii(verb, "list"))
    return refuse(what.who, "Must be + or - with nicks, list or clear.", ctx,
                  "/message");
  answer(what.who, "", "", encode_monitored(memory.monitored), ctx);
}

void irc_session::impl::monitor(const irc_asker& who,
                                const std::vector<std::string_view>& nicks,
                                context& ctx) {
  if (state != connection_state::connected)
    return refuse(who, "Not connected.", ctx);
  if (!supports.monitor)
    return refuse(who, not_supported, ctx);
  if (nicks.empty() || !std::all_of(nicks.begin(), nicks.end(), may_be_nick))
    return refuse(who, "Missing or invalid nick.", ctx, "/message");
  const auto most = std::min(*supports.monitor, irc_memory::limit);
  if (memory.monitored.size() + nicks.size() > most)
    return refuse(who, "Too many nicks.", ctx, "/message");
  auto list = join_nicks(nicks);
  auto written = line({"MONITOR", "+", list});
  open(irc_command_kind::monitor, who, nicks.front(), std::move(written), ctx,
       std::move(list));
}

void irc_session::impl::unmonitor(const irc_asker& who,
                                  const std::vector<std::string_view>& nicks,
                                  context& ctx) {
  std::vector<std::string_view> gone;
  for (const auto each : nicks)
    if (is_monitored(each))
      gone.push_back(each);
  const bool online = state == connection_state::connected && supports.monitor;
  if (online && !gone.empty())
    if (const auto* problem = write_unmonitor(gone, ctx))
      return refuse(who, problem, ctx);
  auto kept = memory.monitored;
  std::erase_if(kept, [&](const auto& each) {
    return std::any_of(gone.begin(), gone.end(),
                       [&](auto name) { return same(name, each); });
  });
  if (kept.size() != memory.monitored.size()) {
    memory.monitored = std::move(kept);
    remember(ctx);
  }
  answer(who, "", "", encode_monitored(memory.monitored), ctx);
}

const char*
irc_session::impl::write_unmonitor(const std::vector<std::string_view>& nicks,
                                   context& ctx) {
  std::vector<std::string> lines;
  for (const auto each : nicks) {
    if (lines.empty() || lines.back().size() + each.size() + 1 > longest_line())
      lines.push_back(line({"MONITOR", "-", each}));
    else
      lines.back().append(1, ',').append(each);
  }
  return put(std::move(lines), ctx);
}

bool irc_session::impl::is_monitored(std::string_view name) const {
  return std::any_of(memory.monitored.begin(), memory.monitored.end(),
                     [&](const auto& each) { return same(each, name); });
}

// 730 and 731 name those that are, or are not, there now.
irc_session::impl::verdict
irc_session::impl::finish_monitor(irc_waiters::iterator command,
                                  const irc_message& line, context& ctx) {
  const auto list = line.last();
  const auto told = split_nicks(list);
  const bool mine = std::any_of(told.begin(), told.end(), [&](auto each) {
    return same(split_source(each).nick, command->target);
  });
  if (!mine)
    return verdict::not_mine;
  for (const auto each : split_nicks(command->subject))
    if (!is_monitored(each))
      memory.monitored.emplace_back(each);
  remember(ctx);
  settle(command, "", encode_monitored(memory.monitored), ctx);
  return verdict::claimed;
}

} // namespace convoy::protocol
