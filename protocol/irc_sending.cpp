// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace convoy::protocol {

namespace {

/// Lines that one message may make.
constexpr std::size_t max_parts = 20;
/// Room that is left for our user and host while they are not known.
constexpr std::size_t unknown_user = 10;
constexpr std::size_t unknown_host = 63;
/// Bytes of the id of a message that is answered, at most.
constexpr std::size_t max_reply_id = 512;
/// No part is made shorter than this, however long the target is.
constexpr std::size_t min_room = 16;

constexpr std::string_view action_start = "\x01"
                                          "ACTION ";

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
  // A profile that does not ask for less than usual leaves it to the server.
  const auto wanted = settings.profile.max_message_length;
  const auto line = wanted < max_irc_line ? wanted : supports.line_length;
  return line > used + min_room ? line - used : min_room;
}

void irc_session::impl::send_text(const irc_asker& who, const outgoing& what,
                                  context& ctx) {
  if (!target_is_good(who, what.target, what.target_path, ctx))
    return;
  const auto parts = split_text(what.text, room_for(what.target, what.action));
  if (parts.empty())
    return refuse(who, "Cannot send empty message.", ctx, "/message");
  if (what.reply_to.size() > max_reply_id)
    return refuse(who, "Message is too long.", ctx, "/message");
  if (takes_multiline(what))
    return send_multiline(who, what, ctx);
  const bool many = parts.size() > 1
                    && parts.size() >= settings.profile.max_bulk_message_size;
  // What a service is told may be a secret.
  if (many && !keeps_secrets(what.target))
    return send_as_paste(who, what, ctx);
  if (parts.size() > max_parts)
    return refuse(who, "Message is too long.", ctx, "/message");
  send_parts(who, what, parts, ctx);
}

void irc_session::impl::send_parts(const irc_asker& who, const outgoing& what,
                                   const std::vector<std::string>& parts,
                                   context& ctx) {
  if (echoes() && !waiters.has_room(parts.size()))
    return refuse(who, "Too many open commands.", ctx);
  if (!has_room(who, parts.size(), ctx))
    return;
  // All of them go or none.
  const auto tag = reply_tag(what.reply_to);
  const auto head = text_line({what.command, what.target}, "");
  const auto around = head.size() + (what.action ? action_start.size() + 1 : 0);
  const bool fit =
      std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
        return around + part.size() <= longest_line();
      });
  if (!fit)
    return refuse(who, "Message is too long.", ctx, "/message");
  // All lines at once: a secret may be on the one behind its command.
  if (keeps_secrets(what.target))
    show_told(what.target, what.text, ctx);
  const auto group = parts.size() > 1 ? ++groups : 0;
  std::optional<std::uint64_t> begins;
  for (const auto& part : parts) {
    irc_open_command command;
    command.kind = what.command == std::string_view("NOTICE")
                       ? irc_command_kind::notice
                       : irc_command_kind::message;
    command.who = who;
    command.target = what.target;
    command.subject = what.reply_to;
    command.group = group;
    // A line of nothing is refused by servers, and a gap is meant to be seen.
    command.sent = part.empty() ? " " : part;
    if (what.action)
      command.sent.insert(0, action_start).append(1, '\x01');
    if (echoes())
      command.label = next_label();
    write(with_label(command.label, tag + head + command.sent), ctx);
    begins = begins.value_or(outbound.last());
    if (echoes())
      await_echo(std::move(command), ctx);
    else
      show_when_written(said(what, part, ctx), ctx);
  }
  if (echoes())
    return;
  if (auto* last = outbound.last_parcel())
    last->begins = *begins;
  answer_when_written(who, ctx);
}

event irc_session::impl::said(const outgoing& what, std::string_view text,
                              context& ctx) {
  const auto [where, from] =
      route({nick, own_user, own_host, true}, what.target, ctx);
  auto kind = event_kind::direct;
  if (what.action)
    kind = event_kind::action;
  else if (what.command == std::string_view("NOTICE"))
    kind = event_kind::notice;
  note_said(where, text);
  auto result = make(kind, where, ctx);
  result.from = from;
  result.text = show_told(what.target, text, ctx);
  if (!what.reply_to.empty())
    result.extra = describe_reply(what.reply_to);
  return result;
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
