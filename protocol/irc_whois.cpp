// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <charconv>
#include <utility>

namespace convoy::protocol {

namespace {

/// Bytes that a channel takes beside its name.
constexpr std::size_t channel_cost = 128;
/// Bytes of channels that are collected: what WHOIS tells stays with the
/// conversation, and there may be many of those.
constexpr std::size_t max_channel_bytes = 65'536;

std::string encode(const irc_whois& who, timestamp time) {
  json_writer out;
  write_identity(who, out.begin_object())
      .field("away", who.away)
      .field("fingerprint", who.fingerprint)
      .field("account", who.account)
      .field("oper", who.oper)
      .field("bot", who.bot)
      .field("secure", who.secure)
      .field("idle_for", who.idle_for);
  out.key("channels").begin_object();
  for (const auto& [name, mode] : who.channels)
    out.key(name).begin_object().field("mode", mode).end_object();
  out.end_object().key("ts").time(time, ts_format::epoch).end_object();
  return out.take();
}

} // namespace

void take_identity(const irc_message& line, irc_whois& who) {
  if (line.command == "312") {
    who.server = line.param(2);
    who.server_info = line.joined(3);
  } else {
    who.nick = line.param(1);
    who.user = line.param(2);
    who.host = line.param(3);
    who.name = line.joined(5);
  }
}

json_writer& write_identity(const irc_whois& who, json_writer& out) {
  return out.field("nick", who.nick)
      .field("user", who.user)
      .field("host", who.host)
      .field("name", who.name)
      .field("server", who.server)
      .field("server_info", who.server_info);
}

irc_session::impl::verdict
irc_session::impl::collect_whois(irc_waiters::iterator command,
                                 const irc_message& line, context&) {
  if (command->answered)
    return verdict::not_mine;
  forget_answered(command);
  auto& who = command->whois;
  if (line.command == "311" || line.command == "312") {
    take_identity(line, who);
    hosts.learn(who.nick, who.host, supports.mapping);
  } else if (line.command == "317") {
    const auto idle = line.param(2);
    std::from_chars(idle.data(), idle.data() + idle.size(), who.idle_for);
  } else if (line.command == "319") {
    const auto list = line.joined(2);
    for (const auto each : words(list)) {
      const auto [mode, name] = supports.split_prefixes(each);
      if (waiters.reserve(*command, channel_cost + name.size() + mode.size(),
                          max_channel_bytes))
        who.channels.insert_or_assign(std::string(name), mode);
    }
  } else if (line.command == "301") {
    who.away = line.joined(2);
  } else if (line.command == "330") {
    who.account = line.param(2);
  } else if (line.command == "313") {
    who.oper = true;
  } else if (line.command == "335") {
    who.bot = true;
  } else if (line.command == "671") {
    who.secure = true;
  } else {
    constexpr std::string_view mark = "fingerprint ";
    const auto text = line.joined(2);
    if (const auto at = text.find(mark); at != std::string::npos) {
      const auto rest = words(std::string_view(text).substr(at + mark.size()));
      who.fingerprint = rest.empty() ? std::string_view{} : rest.front();
    }
  }
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::finish_whois(irc_waiters::iterator command,
                                const irc_message&, context& ctx) {
  auto result = encode(command->whois, ctx.now.wall);
  if (auto* where = command->answered ? nullptr : find(command->target)) {
    where->info = result;
    freeze(*where, "", ctx);
  }
  settle(command, "", result, ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::end_whois(irc_waiters::iterator command,
                             const irc_message& line, context& ctx) {
  if (!command->whois.nick.empty())
    return finish_whois(command, line, ctx);
  return drop_label(command, line, ctx);
}

// The command keeps its place, so that the end of the answer does not unfreeze
// what was just frozen.
irc_session::impl::verdict
irc_session::impl::fail_whois(irc_waiters::iterator command,
                              const irc_message& line, context& ctx) {
  if (command->answered)
    return verdict::not_mine;
  auto* where = find(command->target);
  if (where != nullptr && !supports.is_channel(where->name))
    freeze(*where, std::string(line.last()), ctx);
  forget_answered(command);
  return fail_before_end(command, line, ctx);
}

} // namespace convoy::protocol
