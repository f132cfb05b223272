// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_farewell.hpp"
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <utility>

namespace convoy::protocol {

namespace {

/// What extended-join adds, as a JSON object, or "".
std::string describe_join(const irc_message& line) {
  const auto account = line.param(1);
  if (account.empty())
    return {};
  json_writer out;
  out.begin_object();
  // `*`: not logged in.
  if (account != "*")
    out.field("account", account);
  if (const auto realname = line.joined(2); !realname.empty())
    out.field("realname", realname);
  out.end_object();
  auto result = out.take();
  return result == "{}" ? std::string{} : result;
}

} // namespace

void irc_session::impl::on_join(const irc_message& line, context& ctx) {
  const auto who = split_source(line.source);
  const auto name = line.param(0);
  if (!is_me(who.nick)) {
    const auto* where = find(name);
    if (where == nullptr)
      return;
    auto joined = make(event_kind::join, where, ctx);
    joined.from = who.nick;
    joined.extra = describe_join(line);
    ctx.out.events.push_back(std::move(joined));
    return;
  }
  if (who.is_person) {
    own_user = who.user;
    own_host = who.host;
  }
  if (auto* where = find_or_make(name, max_incoming_conversations, ctx)) {
    topic_unknown.insert(where->id);
    // No names, no end of them behind which there is no topic.
    if (has("draft/no-implicit-names"))
      topic_due = where->id;
    freeze(*where, "", ctx);
    close_gap(*where, ctx);
  } else if (!ctx.claimed) {
    tell_fallback(line, ctx);
  }
}

// It follows the JOIN at once, unless there is none any more.
void irc_session::impl::expect_topic(const irc_message& line, context& ctx) {
  if (topic_due.empty() || line.command == "332")
    return;
  const auto* where = find(std::exchange(topic_due, {}));
  if (where != nullptr && !where->topic.empty()
      && topic_unknown.contains(where->id))
    write(this->line({"TOPIC", where->name}), ctx);
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
    give_up(line.joined(0), parse_farewell(line.joined(0)), ctx);
    return;
  }
  tell(event_kind::quit, nullptr, std::string(who), line.joined(0), ctx);
  note_quit(line, ctx);
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
    nick_is_free(old_nick, ctx);
    return;
  }
  nick = new_nick;
  settings.nick = new_nick;
  end_regain(ctx);
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
  const bool for_me = is_me(line.param(0)) && supports.is_channel(name);
  auto* where =
      for_me ? find_or_make(name, max_incoming_conversations, ctx) : find(name);
  if (where == nullptr) {
    if (!ctx.claimed)
      tell_fallback(line, ctx);
    return;
  }
  auto invited = make(event_kind::invite, where, ctx);
  invited.from = split_source(line.source).nick;
  invited.target = line.param(0);
  // Where we already are, an invitation must not lock us out.
  if (for_me && !where->frozen.empty())
    freeze(*where, freeze::invited, ctx);
  ctx.out.events.push_back(std::move(invited));
}

// The place of the old one is taken, and so is what there was under the new
// name: the server knows one channel now.
void irc_session::impl::on_rename(const irc_message& line, context& ctx) {
  const auto* old = find(line.param(0));
  const auto name = line.param(1);
  if (old == nullptr || name.empty() || !renamings.take(ctx.now.steady)) {
    tell_fallback(line, ctx);
    return;
  }
  const auto old_id = old->id;
  const auto id = to_lower(name);
  auto moved = conversations.extract(old_id);
  moved.key() = id;
  moved.mapped().id = id;
  moved.mapped().name = name;
  conversations.erase(id);
  const auto& where = conversations.insert(std::move(moved)).position->second;
  if (topic_unknown.erase(old_id) > 0)
    topic_unknown.insert(id);
  if (id != old_id) {
    seen.erase(old_id);
    gaps.erase(old_id);
    ctx.out.removed.push_back(old_id);
  }
  std::erase(ctx.out.removed, id);
  ctx.out.changed.push_back(id);
  auto renamed = make(event_kind::rename, &where, ctx);
  renamed.from = split_source(line.source).nick;
  renamed.target = old_id;
  renamed.text = line.joined(2);
  ctx.out.events.push_back(std::move(renamed));
}

void irc_session::impl::on_mode(const irc_message& line, context& ctx) {
  const auto target = line.param(0);
  const auto modes = line.param(1);
  const auto* where = find(target);
  if (where == nullptr || !supports.is_channel(target)) {
    if (!ctx.claimed)
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
