// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_ctcp.hpp"
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"

#include <utility>

namespace convoy::protocol {

std::string describe_tags(const irc_message& line, bool late) {
  constexpr std::pair<std::string_view, std::string_view> known[]{
      {"msgid", "msgid"},
      {"account", "account"},
      {"+draft/reply", "reply_to"},
      {"+reply", "reply_to"}};
  json_writer out;
  out.begin_object();
  std::string_view last;
  for (const auto& [tag, key] : known) {
    const auto value = line.tag(tag);
    if (!value || value->empty() || key == last)
      continue;
    out.field(key, *value);
    last = key;
  }
  // The sender says so by a user mode (IRCv3 bot-mode).
  const bool bot = line.tag("bot").has_value();
  if (bot)
    out.field("bot", true);
  if (late)
    out.field("late", true);
  out.end_object();
  return last.empty() && !bot && !late ? "" : out.take();
}

irc_session::impl::place irc_session::impl::route(const irc_source& source,
                                                  std::string_view target,
                                                  context& ctx) {
  const auto other =
      is_me(target) ? source.nick : supports.without_status(target);
  if (is_service(source.nick) || is_service(target))
    return {find(other), std::string(source.nick)};
  if (!source.is_person)
    return {nullptr, settings.connection_id};
  // `$$*` and `$*.example`: to everybody on a server.
  if (target.starts_with('$'))
    return {nullptr, std::string(source.nick)};
  return {find_or_make(other, max_incoming_conversations, ctx),
          std::string(source.nick)};
}

void irc_session::impl::on_message(const irc_message& line, context& ctx) {
  // The answer to a `/ctcp`.
  if (ctx.claimed)
    return;
  const auto source = split_source(line.source);
  if (!ctx.playback && is_second_copy(line))
    return;
  const bool is_notice = line.command == "NOTICE";
  auto kind = is_notice ? event_kind::notice : event_kind::direct;
  auto text = line.joined(1);
  if (const auto asked = parse_ctcp(text)) {
    // The echo of an answer of ours.
    if (is_notice && is_me(source.nick))
      return;
    if (is_notice) {
      text = asked->args.empty() ? asked->command : std::string(asked->args);
    } else if (asked->command == "ACTION") {
      kind = event_kind::action;
      text = std::string(asked->args);
    } else {
      if (!is_me(source.nick) && !ctx.playback)
        answer_ctcp(source.nick, text, ctx);
      return;
    }
  }
  if (keeps_secrets(line.param(0)))
    text = show_told(line.param(0), text, ctx);
  else if (!source.is_person || keeps_secrets(source.nick))
    text = secrets.hide(std::move(text), ctx.now.steady);
  auto [where, from] = route(source, line.param(0), ctx);
  auto what = make(kind, where, ctx);
  what.from = std::move(from);
  what.text = std::move(text);
  what.extra = describe_tags(line, ctx.playback);
  note_seen(where, line, ctx);
  ctx.out.events.push_back(std::move(what));
}

} // namespace convoy::protocol
