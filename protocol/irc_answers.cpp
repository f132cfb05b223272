// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace convoy::protocol {

namespace {

std::string encode_topic(std::string_view id, std::string_view topic) {
  json_writer out;
  out.begin_object()
      .field("conversation_id", id)
      .field("topic", topic)
      .end_object();
  return out.take();
}

} // namespace

void write_participants(const std::vector<irc_participant>& all,
                        json_writer& out) {
  out.key("participants").begin_array();
  for (const auto& each : all)
    out.begin_object()
        .field("nick", each.nick)
        .field("mode", each.mode)
        .end_object();
  out.end_array();
}

// A line goes to the oldest open command that awaits it and to no other.
irc_session::impl::verdict irc_session::impl::offer(const irc_message& line,
                                                    context& ctx) {
  using kind = irc_command_kind;
  static constexpr answer_row rows[]{
      {kind::join, "JOIN", names::target, 0, &impl::see_joined},
      {kind::join, "332", names::target, 1, &impl::collect_topic},
      {kind::join, "333", names::target, 1, &impl::collect_topic_by},
      {kind::join, "353", names::target, 2, &impl::collect_names},
      {kind::join, "366", names::target, 1, &impl::finish_join},
      {kind::join, "470", names::target, 1, &impl::forward_join},
      {kind::join, "473", names::target, 1, &impl::fail_join_invite},
      {kind::join, "475", names::target, 1, &impl::fail_join_key},
      {kind::join, "403", names::target, 1, &impl::fail_join},
      {kind::join, "405", names::target, 1, &impl::fail_join},
      {kind::join, "407", names::target, 1, &impl::fail_join},
      {kind::join, "437", names::target, 1, &impl::fail_join},
      {kind::join, "471", names::target, 1, &impl::fail_join},
      {kind::join, "474", names::target, 1, &impl::fail_join},
      {kind::join, "476", names::target, 1, &impl::fail_join},
      {kind::join, "477", names::target, 1, &impl::fail_join},
      {kind::join, "479", names::target, 1, &impl::fail_join},
      {kind::part, "PART", names::target, 0, &impl::finish_own_part},
      {kind::part, "479", names::target, 1, &impl::finish_part},
      {kind::part, "403", names::target, 1, &impl::fail_part},
      {kind::part, "442", names::target, 1, &impl::fail_part},
      {kind::nick, "NICK", names::target, 0, &impl::finish_nick},
      {kind::nick, "432", names::target, 1, &impl::fail_nick},
      {kind::nick, "433", names::target, 1, &impl::fail_nick},
      {kind::nick, "436", names::target, 1, &impl::fail_nick},
      {kind::nick, "437", names::target, 1, &impl::fail_nick},
      {kind::topic, "331", names::target, 1, &impl::finish_no_topic},
      {kind::topic, "332", names::target, 1, &impl::finish_topic},
      {kind::topic, "403", names::target, 1, &impl::fail},
      {kind::topic, "442", names::target, 1, &impl::fail},
      {kind::topic, "477", names::target, 1, &impl::fail},
      {kind::topic, "482", names::target, 1, &impl::fail},
      {kind::set_topic, "TOPIC", names::target, 0, &impl::finish_own_topic},
      {kind::set_topic, "403", names::target, 1, &impl::fail},
      {kind::set_topic, "442", names::target, 1, &impl::fail},
      {kind::set_topic, "477", names::target, 1, &impl::fail},
      {kind::set_topic, "482", names::target, 1, &impl::fail},
      {kind::names, "353", names::target, 2, &impl::collect_names},
      {kind::names, "366", names::target, 1, &impl::finish_names},
      {kind::names, "403", names::target, 1, &impl::fail},
      {kind::names, "416", names::target, 1, &impl::fail},
      {kind::whois, "276", names::target, 1, &impl::collect_whois},
      {kind::whois, "301", names::target, 1, &impl::collect_whois},
      {kind::whois, "311", names::target, 1, &impl::collect_whois},
      {kind::whois, "312", names::target, 1, &impl::collect_whois},
      {kind::whois, "317", names::target, 1, &impl::collect_whois},
      {kind::whois, "319", names::target, 1, &impl::collect_whois},
      {kind::whois, "318", names::target, 1, &impl::finish_whois},
      {kind::whois, "401", names::target, 1, &impl::fail_whois},
      {kind::whois, "402", names::target, 1, &impl::fail_whois},
      {kind::away, "305", names::nothing, 0, &impl::finish_away},
      {kind::away, "306", names::nothing, 0, &impl::finish_away},
      {std::nullopt, "421", names::verb, 1, &impl::fail},
      {std::nullopt, "451", names::nothing, 0, &impl::fail},
      {std::nullopt, "461", names::verb, 1, &impl::fail},
  };
  if (waiters.begin() == waiters.end())
    return verdict::not_mine;
  std::vector<const answer_row*> awaiting;
  for (const auto& row : rows)
    if (row.command == line.command)
      awaiting.push_back(&row);
  if (awaiting.empty())
    return verdict::not_mine;
  for (auto each = waiters.begin(); each != waiters.end(); ++each) {
    if (each->follows)
      continue;
    for (const auto* row : awaiting) {
      if (row->kind && *row->kind != each->kind)
        continue;
      const auto given = line.param(row->position);
      const bool named =
          row->what == names::nothing
          || (row->what == names::verb ? equal_ascii(given, verb(each->kind))
                                       : same(given, each->target));
      if (!named)
        continue;
      const auto result = (this->*row->take)(each, line, ctx);
      if (result != verdict::not_mine)
        return result;
    }
  }
  return verdict::not_mine;
}

void irc_session::impl::settle(irc_waiters::iterator command,
                               const std::string& error,
                               const std::string& result, context& ctx) {
  const auto settled = waiters.take(command);
  if (!settled.answered)
    answer(settled.who, error, "", result, ctx);
  if (settled.kind != irc_command_kind::join || settled.follows)
    return;
  for (auto each = waiters.begin(); each != waiters.end();) {
    const auto next = std::next(each);
    if (each->follows && same(each->target, settled.target))
      answer(waiters.take(each).who, error, "", result, ctx);
    each = next;
  }
}

// The server has gone on to a younger command: nothing more comes for these.
void irc_session::impl::forget_answered(irc_waiters::iterator before) {
  for (auto each = waiters.begin(); each != before;) {
    const auto next = std::next(each);
    if (each->answered && same(each->target, before->target))
      waiters.take(each);
    each = next;
  }
}

// -- rejections ---------------------------------------------------------------

irc_session::impl::verdict
irc_session::impl::fail(irc_waiters::iterator command, const irc_message& line,
                        context& ctx) {
  if (command->answered)
    return verdict::not_mine;
  settle(command, std::string(line.last()), "", ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::fail_part(irc_waiters::iterator command,
                             const irc_message& line, context& ctx) {
  remove(command->target, ctx);
  return fail(command, line, ctx);
}

irc_session::impl::verdict
irc_session::impl::fail_nick(irc_waiters::iterator command,
                             const irc_message& line, context& ctx) {
  settle(command, std::string(line.last()) + ": " + command->target, "", ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::collect_topic(irc_waiters::iterator command,
                                 const irc_message& line, context&) {
  command->topic = line.joined(2);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::collect_topic_by(irc_waiters::iterator command,
                                    const irc_message& line, context&) {
  command->topic_by = line.param(2);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::collect_names(irc_waiters::iterator command,
                                 const irc_message& line, context&) {
  if (command->kind == irc_command_kind::join && !command->joined)
    return verdict::not_mine;
  command->names_listed = true;
  for (const auto each : words(line.last())) {
    if (command->participants.size() >= max_participants)
      break;
    auto [mode, who] = supports.split_prefixes(each);
    if (const auto nick_only = split_source(who).nick; !nick_only.empty())
      command->participants.push_back({std::string(nick_only), mode});
  }
  return verdict::claimed;
}

// -- the others ---------------------------------------------------------------

irc_session::impl::verdict
irc_session::impl::finish_part(irc_waiters::iterator command,
                               const irc_message&, context& ctx) {
  remove(command->target, ctx);
  settle(command, "", "", ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::finish_own_part(irc_waiters::iterator command,
                                   const irc_message& line, context& ctx) {
  if (!is_me(split_source(line.source).nick))
    return verdict::not_mine;
  return finish_part(command, line, ctx);
}

irc_session::impl::verdict
irc_session::impl::finish_nick(irc_waiters::iterator command,
                               const irc_message& line, context& ctx) {
  if (!is_me(split_source(line.source).nick))
    return verdict::not_mine;
  json_writer out;
  out.begin_object().field("nick", line.param(0)).end_object();
  settle(command, "", out.take(), ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::finish_topic(irc_waiters::iterator command,
                                const irc_message& line, context& ctx) {
  settle(command, "", encode_topic(id_of(command->target), line.joined(2)),
         ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::finish_own_topic(irc_waiters::iterator command,
                                    const irc_message& line, context& ctx) {
  if (!is_me(split_source(line.source).nick))
    return verdict::not_mine;
  settle(command, "", encode_topic(id_of(command->target), line.joined(1)),
         ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::finish_no_topic(irc_waiters::iterator command,
                                   const irc_message&, context& ctx) {
  settle(command, "", encode_topic(id_of(command->target), ""), ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::finish_names(irc_waiters::iterator command,
                                const irc_message&, context& ctx) {
  json_writer out;
  out.begin_object().field("conversation_id", id_of(command->target));
  if (command->names_listed)
    write_participants(command->participants, out);
  out.end_object();
  settle(command, "", out.take(), ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::finish_away(irc_waiters::iterator command,
                               const irc_message& line, context& ctx) {
  json_writer out;
  out.begin_object()
      .field("away", line.command == "306")
      .field("reason", line.joined(1))
      .end_object();
  settle(command, "", out.take(), ctx);
  return verdict::claimed;
}

} // namespace convoy::protocol
