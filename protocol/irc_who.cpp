// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <utility>

// WHO and WHOWAS: lists of people.
namespace convoy::protocol {

namespace {

/// Tells our WHOX answers from those that somebody asked for with `/quote`.
constexpr std::string_view whox_token = "743";

/// One person as WHO tells it.
struct who_entry {
  std::string_view channel; ///< `*` for none
  std::string_view user;
  std::string_view host;
  std::string_view server;
  std::string_view nick;
  std::string_view flags;
  std::string_view account; ///< `0` when not logged in
  std::string realname;
};

} // namespace

void irc_session::impl::do_who(const request& what, context& ctx) {
  const auto parts = words(what.args);
  const auto mask = parts.empty() ? what.target : parts[0];
  if (!target_is_good(what.who, mask,
                      parts.empty() ? "/conversation_id" : "/message", ctx))
    return;
  open(irc_command_kind::who, what.who, mask,
       supports.whox
           ? line({"WHO", mask, "%tcuhsnfar," + std::string(whox_token)})
           : line({"WHO", mask}),
       ctx);
}

irc_session::impl::verdict
irc_session::impl::collect_who(irc_waiters::iterator command,
                               const irc_message& line, context&) {
  who_entry who;
  if (line.command == "354") {
    if (line.param(1) != whox_token)
      return verdict::not_mine;
    who = {line.param(2), line.param(3), line.param(4), line.param(5),
           line.param(6), line.param(7), line.param(8), line.joined(9)};
  } else {
    // The hop count comes before the real name.
    const auto rest = line.joined(7);
    const auto space = std::min(rest.find(' '), rest.size());
    who = {line.param(1), line.param(2),
           line.param(3), line.param(4),
           line.param(5), line.param(6),
           "0",           rest.substr(std::min(space + 1, rest.size()))};
  }
  hosts.learn(who.nick, who.host, supports.mapping);
  const auto has = [&](char flag) {
    return flag != 0 && who.flags.find(flag) != std::string_view::npos;
  };
  std::string mode;
  for (const char flag : who.flags)
    mode += supports.split_prefixes({&flag, 1}).first;
  json_writer out;
  out.begin_object()
      .field("nick", who.nick)
      .field("user", who.user)
      .field("host", who.host)
      .field("server", who.server)
      .field("account", who.account == "0" ? "" : who.account)
      .field("away", who.flags.starts_with('G'))
      .field("op", has('*'))
      .field("bot", has(supports.bot_mode))
      .field("realname", who.realname)
      .field("channel", who.channel == "*" ? "" : who.channel)
      .field("mode", mode)
      .end_object();
  waiters.collect(*command, out.take());
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::finish_who(irc_waiters::iterator command, const irc_message&,
                              context& ctx) {
  json_writer out;
  out.begin_object();
  write_items("users", *command, out);
  out.end_object();
  settle(command, "", out.take(), ctx);
  return verdict::claimed;
}

void irc_session::impl::do_whowas(const request& what, context& ctx) {
  const auto whom = trim(what.args);
  if (target_is_good(what.who, whom, "/message", ctx))
    open(irc_command_kind::whowas, what.who, whom, line({"WHOWAS", whom}), ctx);
}

/// An entry is complete when the next one begins, or the list ends.
void irc_session::impl::keep_whowas(irc_open_command& command) {
  auto who = std::exchange(command.whois, {});
  if (who.nick.empty())
    return;
  json_writer out;
  write_identity(who, out.begin_object()).end_object();
  waiters.collect(command, out.take());
}

irc_session::impl::verdict
irc_session::impl::collect_whowas(irc_waiters::iterator command,
                                  const irc_message& line, context&) {
  if (command->answered)
    return verdict::not_mine;
  if (line.command == "314")
    keep_whowas(*command);
  take_identity(line, command->whois);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::finish_whowas(irc_waiters::iterator command,
                                 const irc_message& line, context& ctx) {
  keep_whowas(*command);
  return finish_who(command, line, ctx);
}

} // namespace convoy::protocol
