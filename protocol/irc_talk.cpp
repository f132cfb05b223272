// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_ctcp.hpp"
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace convoy::protocol {

namespace {

// Of one message: a server passes on 4094 bytes of them, which every session
// would get and the journal keep.
constexpr std::size_t max_client_tags = 8;
constexpr std::size_t max_client_tag_bytes = 512;

/// Whether it is said in another way.
bool has_own_member(std::string_view tag) {
  constexpr std::string_view known[]{"+draft/react", "+draft/reply", "+react",
                                     "+reply", "+typing"};
  return std::find(std::begin(known), std::end(known), tag) != std::end(known);
}

/// The tags that only clients understand (IRCv3 message-tags), which `+` marks,
/// as the member `tags`; false when there are none.
bool put_client_tags(const irc_message& line, json_writer& out) {
  std::size_t count = 0;
  std::size_t bytes = 0;
  for (const auto& [tag, value] : line.tags) {
    if (tag.size() < 2 || tag.front() != '+' || has_own_member(tag))
      continue;
    bytes += tag.size() + value.size();
    if (count == max_client_tags || bytes > max_client_tag_bytes)
      break;
    if (count++ == 0)
      out.key("tags").begin_object();
    out.field(std::string_view{tag}.substr(1), value);
  }
  if (count > 0)
    out.end_object();
  return count > 0;
}

} // namespace

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
  const bool tagged = put_client_tags(line, out);
  out.end_object();
  return last.empty() && !bot && !late && !tagged ? "" : out.take();
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
