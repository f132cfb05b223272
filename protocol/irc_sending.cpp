// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace convoy::protocol {

namespace {

/// Lines that one message may make.
constexpr std::size_t max_parts = 20;
/// Room that is left for our user and host while they are not known.
constexpr std::size_t unknown_user = 10;
constexpr std::size_t unknown_host = 63;
/// No part is made shorter than this, however long the target is.
constexpr std::size_t min_room = 16;

constexpr std::string_view action_start = "\x01"
                                          "ACTION ";

/// What is shown of a message to a service: words that may be a password are
/// not (spec §9.3, P8).
std::string without_secrets(std::string_view text) {
  constexpr std::string_view secret_commands[]{
      "drop",      "ghost",    "id",      "ident",    "identify",
      "login",     "recover",  "regain",  "register", "release",
      "resetpass", "sendpass", "setpass", "verify",
  };
  const auto parts = words(text);
  if (parts.empty())
    return std::string(text);
  const bool secret =
      std::any_of(std::begin(secret_commands), std::end(secret_commands),
                  [&](auto each) { return equal_ascii(each, parts[0]); });
  if (secret && parts.size() > 1)
    return std::string(parts[0]) + " ***";
  const bool set =
      parts.size() > 2 && equal_ascii(parts[0], "set")
      && (equal_ascii(parts[1], "password") || equal_ascii(parts[1], "pass"));
  if (set)
    return std::string(parts[0]) + ' ' + std::string(parts[1]) + " ***";
  return std::string(text);
}

bool too_long(const std::string& line) {
  return line.size() > max_irc_line - 2;
}

} // namespace

std::size_t irc_session::impl::room_for(std::string_view target,
                                        bool action) const {
  // As others get it: ":nick!user@host PRIVMSG target :".
  std::size_t used = nick.size() + target.size()
                     + (own_user.empty() ? unknown_user : own_user.size())
                     + (own_host.empty() ? unknown_host : own_host.size())
                     + std::string_view(":!@ PRIVMSG  :\r\n").size();
  if (action)
    used += action_start.size() + 1;
  const auto line = std::min(settings.max_message_length, max_irc_line);
  return line > used + min_room ? line - used : min_room;
}

void irc_session::impl::send_text(const irc_asker& who, const outgoing& what,
                                  context& ctx) {
  if (!target_is_good(who, what.target, what.target_path, ctx))
    return;
  const auto parts = split_text(what.text, room_for(what.target, what.action));
  if (parts.empty())
    return refuse(who, "Cannot send empty message.", ctx, "/message");
  if (parts.size() > max_parts)
    return refuse(who, "Message is too long.", ctx, "/message");
  std::vector<std::string> lines;
  for (const auto& part : parts) {
    // A line of nothing is refused by servers, and a gap is meant to be seen.
    std::string body = part.empty() ? " " : part;
    if (what.action)
      body.insert(0, action_start).append(1, '\x01');
    lines.push_back(text_line({"PRIVMSG", what.target}, body));
  }
  if (std::any_of(lines.begin(), lines.end(), too_long))
    return refuse(who, "Message is too long.", ctx, "/message");
  for (auto& each : lines)
    write(std::move(each), ctx);
  const auto [where, from] =
      route({nick, own_user, own_host, true}, what.target, ctx);
  const auto kind = what.action ? event_kind::action : event_kind::direct;
  for (const auto& part : parts) {
    auto said = make(kind, where, ctx);
    said.from = from;
    said.text = is_service(what.target) ? without_secrets(part) : part;
    ctx.out.written_events.push_back(std::move(said));
  }
  answer_when_written(who, ctx);
}

void irc_session::impl::do_plain(const request& what, context& ctx) {
  // `nickserv: help` goes to the service.
  const auto colon = std::min(what.args.find(':'), what.args.size());
  const auto name = what.args.substr(0, colon);
  const auto rest = what.args.substr(colon + (colon < what.args.size()));
  const auto text = std::min(rest.find_first_not_of(" \n"), rest.size());
  if (text > 0 && is_service(name))
    send_text(what.who, {name, rest.substr(text)}, ctx);
  else
    do_say(what, ctx);
}

void irc_session::impl::do_say(const request& what, context& ctx) {
  send_text(what.who, {what.target, what.args, false, "/conversation_id"}, ctx);
}

void irc_session::impl::do_me(const request& what, context& ctx) {
  send_text(what.who, {what.target, what.args, true, "/conversation_id"}, ctx);
}

void irc_session::impl::do_msg(const request& what, context& ctx) {
  const auto end = std::min(what.args.find_first_of(" \n"), what.args.size());
  const auto text = what.args.substr(end + (end < what.args.size()));
  send_text(what.who, {what.args.substr(0, end), text}, ctx);
}

} // namespace convoy::protocol
