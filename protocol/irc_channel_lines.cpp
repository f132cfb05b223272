// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"

#include <utility>

namespace convoy::protocol {

void irc_session::impl::on_join(const irc_message& line, context& ctx) {
  const auto who = split_source(line.source);
  const auto name = line.param(0);
  if (!is_me(who.nick)) {
    const auto* where = find(name);
    if (where == nullptr)
      return;
    auto joined = make(event_kind::join, where, ctx);
    joined.from = who.nick;
    // extended-join: the account, `*` when not logged in.
    if (const auto account = line.param(1); !account.empty() && account != "*")
      joined.extra = json_writer()
                         .begin_object()
                         .field("account", account)
                         .end_object()
                         .take();
    ctx.out.events.push_back(std::move(joined));
    return;
  }
  if (who.is_person) {
    own_user = who.user;
    own_host = who.host;
  }
  if (auto* where = find_or_make(name, max_incoming_conversations, ctx)) {
    topic_unknown.insert(where->id);
    freeze(*where, "", ctx);
  } else if (!ctx.claimed) {
    tell_fallback(line, ctx);
  }
}

void irc_session::impl::on_part(const irc_message& line, context& ctx) {
  const auto who = split_source(line.source);
  auto* where = find(line.param(0));
  if (where == nullptr)
    return;
  if (is_me(who.nick)) {
    freeze(*where, freeze::not_active, ctx);
    return;
  }
  tell(event_kind::part, where, std::string(who.nick), line.joined(1), ctx);
}

void irc_session::impl::on_kick(const irc_message& line, context& ctx) {
  const auto kicked = line.param(1);
  auto* where = find_or_make(line.param(0), max_incoming_conversations, ctx);
  if (where == nullptr)
    return;
  auto part = make(event_kind::part, where, ctx);
  part.from = kicked;
  part.target = split_source(line.source).nick;
  part.text = line.joined(2);
  ctx.out.events.push_back(std::move(part));
  if (is_me(kicked))
    freeze(*where, freeze::not_active, ctx);
}

void irc_session::impl::on_quit(const irc_message& line, context& ctx) {
  const auto who = split_source(line.source).nick;
  // Clients take our own QUIT for the end of all conversations.
  if (is_me(who)) {
    tell_fallback(line, ctx);
    give_up(line.joined(0), ctx);
    return;
  }
  tell(event_kind::quit, nullptr, std::string(who), line.joined(0), ctx);
}

void irc_session::impl::on_nick(const irc_message& line, context& ctx) {
  const auto old_nick = split_source(line.source).nick;
  const auto new_nick = line.param(0);
  if (new_nick.empty())
    return;
  if (!is_me(old_nick)) {
    auto changed = make(event_kind::nick_change, nullptr, ctx);
    changed.from = old_nick;
    changed.target = new_nick;
    ctx.out.events.push_back(std::move(changed));
    return;
  }
  nick = new_nick;
  settings.nick = new_nick;
  nick_due.reset();
  taken_nicks.clear();
  ctx.out.wanted_nick = nick;
  tell_info(ctx);
}

void irc_session::impl::set_topic(conversation& where, std::string_view topic,
                                  context& ctx) {
  topic_unknown.erase(where.id);
  if (where.topic == topic)
    return;
  where.topic = topic;
  tell_frozen(where, ctx);
}

void irc_session::impl::on_topic(const irc_message& line, context& ctx) {
  if (auto* where = find(line.param(0)))
    set_topic(*where, line.joined(1), ctx);
}

void irc_session::impl::on_invite(const irc_message& line, context& ctx) {
  const auto name = line.param(1);
  auto* where = is_me(line.param(0)) && supports.is_channel(name)
                    ? find_or_make(name, max_incoming_conversations, ctx)
                    : nullptr;
  // Where we already are, an invitation must not lock us out.
  if (where != nullptr && !where->frozen.empty())
    freeze(*where, freeze::invited, ctx);
  else if (!ctx.claimed)
    tell_fallback(line, ctx);
}

void irc_session::impl::on_mode(const irc_message& line, context& ctx) {
  if (ctx.claimed)
    return;
  const auto target = line.param(0);
  const auto modes = line.param(1);
  const auto* where = find(target);
  if (where == nullptr || !supports.is_channel(target)) {
    tell_notice(std::string(target) + " changed mode " + line.joined(1), ctx);
    return;
  }
  const auto from = split_source(line.source).nick;
  char sign = '+';
  char flags_sign = 0;
  std::string flags;
  std::vector<std::string> flag_params;
  std::size_t next = 2;
  for (const char mode : modes) {
    if (mode == '+' || mode == '-') {
      sign = mode;
      continue;
    }
    std::string param;
    if (supports.takes_parameter(mode, sign == '+'))
      param = line.param(next++);
    auto changed = make(event_kind::mode, where, ctx);
    changed.from = from;
    if (supports.is_user_mode(mode)) {
      changed.text = {sign, mode};
      changed.target = param;
      ctx.out.events.push_back(std::move(changed));
      continue;
    }
    if (std::exchange(flags_sign, sign) != sign)
      flags += sign;
    flags += mode;
    // A key is nobody's business but the members'.
    if (!param.empty())
      flag_params.push_back(mode == 'k' ? std::string(param.size(), '*')
                                        : param);
  }
  if (flags.empty())
    return;
  auto changed = make(event_kind::mode, where, ctx);
  changed.from = from;
  changed.text = flags;
  json_writer extra;
  extra.begin_object().field("mode_changed", true);
  if (!flag_params.empty())
    extra.field("params", flag_params);
  changed.extra = extra.end_object().take();
  ctx.out.events.push_back(std::move(changed));
}

} // namespace convoy::protocol
