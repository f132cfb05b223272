// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

// How people are, whom the server tells of because they share a channel with us
// or because we monitor them; and whether we are away ourselves.
namespace convoy::protocol {

namespace {

/// Longest list of nicks in one MONITOR line.
constexpr std::size_t max_list =
    max_irc_line - std::string_view("MONITOR + \r\n").size();

} // namespace

// -- being away ourselves -----------------------------------------------------

void irc_session::impl::write_away(context& ctx) {
  if (const auto why = one_line(memory.away); !why.empty())
    write(text_line({"AWAY"}, why), ctx);
}

void irc_session::impl::on_own_away(const irc_message& line, context& ctx) {
  const auto now = line.command == "306" ? away_wish : std::string{};
  const bool told = line.command == "305" || !now.empty();
  if (told && memory.away != now) {
    memory.away = now;
    remember(ctx);
  }
  if (!ctx.claimed)
    tell_fallback(line, ctx);
}

// -- what changes about people ------------------------------------------------

void irc_session::impl::on_away(const irc_message& line, context& ctx) {
  auto what = make(event_kind::away, nullptr, ctx);
  what.from = split_source(line.source).nick;
  what.text = line.joined(0);
  what.has_text = !what.text.empty();
  ctx.out.events.push_back(std::move(what));
}

void irc_session::impl::on_account(const irc_message& line, context& ctx) {
  auto what = make(event_kind::account, nullptr, ctx);
  what.from = split_source(line.source).nick;
  if (line.param(0) != "*")
    what.target = line.param(0);
  ctx.out.events.push_back(std::move(what));
}

void irc_session::impl::on_host_change(const irc_message& line, context& ctx) {
  const auto user = line.param(0);
  const auto host = line.param(1);
  if (user.empty() || host.empty())
    return;
  auto what = make(event_kind::host, nullptr, ctx);
  what.from = split_source(line.source).nick;
  hosts.learn(what.from, host, supports.mapping);
  what.target = std::string(user).append(1, '@').append(host);
  if (is_me(what.from)) {
    own_user = user;
    own_host = host;
  }
  ctx.out.events.push_back(std::move(what));
}

void irc_session::impl::on_realname(const irc_message& line, context& ctx) {
  tell(event_kind::realname, nullptr,
       std::string(split_source(line.source).nick), line.joined(0), ctx);
}

// -- who is there (MONITOR) ---------------------------------------------------

// Known from 005 on, which comes after 001.
void irc_session::impl::begin_monitor(context& ctx) {
  if (!supports.monitor || std::exchange(monitor_begun, true))
    return;
  // One place is for the nick that we want to have back.
  auto room = *supports.monitor - std::min<std::size_t>(*supports.monitor, 1);
  std::vector<std::string_view> all(memory.monitored.begin(),
                                    memory.monitored.end());
  for (const auto& [id, each] : conversations)
    if (!supports.is_channel(each.name) && !is_service(each.name))
      all.push_back(each.name);
  std::string list;
  for (const auto name : all) {
    if (!may_be_nick(name))
      continue;
    if (room-- == 0)
      break;
    if (list.size() + 1 + name.size() > max_list) {
      write(line({"MONITOR", "+", list}), ctx);
      list.clear();
    }
    list.append(list.empty() ? "" : ",").append(name);
  }
  if (!list.empty())
    write(line({"MONITOR", "+", list}), ctx);
}

void irc_session::impl::on_presence(const irc_message& line, context& ctx) {
  const bool online = line.command == "730";
  for (auto list = line.last(); !list.empty();) {
    const auto name = split_source(next_part(list, ',')).nick;
    if (name.empty())
      continue;
    auto what = make(event_kind::presence, nullptr, ctx);
    what.target = name;
    what.has_text = online;
    ctx.out.events.push_back(std::move(what));
    if (!online)
      nick_is_free(name, ctx);
    auto* where = online ? find(name) : nullptr;
    // What WHOIS said of them is not so any more.
    if (where != nullptr && !where->frozen.empty())
      freeze(*where, "", ctx);
  }
}

} // namespace convoy::protocol
