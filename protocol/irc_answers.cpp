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

/// Whether a line that is the answer to a command says that it failed.
bool is_failure(std::string_view command) {
  return command == "FAIL"
         || (command.size() == 3 && (command[0] == '4' || command[0] == '5'));
}

} // namespace

/// `kind` awaits `command`.
struct irc_session::impl::answer_row {
  std::optional<irc_command_kind> kind; ///< nothing: any
  std::string_view command;
  names what;
  std::size_t position;
  verdict (impl::*take)(waiter, const irc_message&, context&);
};

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

std::vector<const irc_session::impl::answer_row*>
irc_session::impl::awaiting(std::string_view command) {
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
      {kind::whois, "313", names::target, 1, &impl::collect_whois},
      {kind::whois, "330", names::target, 1, &impl::collect_whois},
      {kind::whois, "335", names::target, 1, &impl::collect_whois},
      {kind::whois, "671", names::target, 1, &impl::collect_whois},
      {kind::whois, "319", names::target, 1, &impl::collect_whois},
      {kind::whois, "318", names::target, 1, &impl::finish_whois},
      {kind::whois, "401", names::target, 1, &impl::fail_whois},
      {kind::whois, "402", names::target, 1, &impl::fail_whois},
      {kind::away, "305", names::nothing, 0, &impl::finish_away},
      {kind::away, "306", names::nothing, 0, &impl::finish_away},
      {kind::presence, "303", names::nothing, 0, &impl::finish_presence},
      {kind::presence, "421", names::verb, 1, &impl::fail_presence},
      {kind::mode, "MODE", names::target, 0, &impl::finish_mode},
      {kind::mode, "324", names::target, 1, &impl::finish_asked_mode},
      {kind::mode, "325", names::target, 1, &impl::finish_asked_mode},
      {kind::mode, "221", names::nothing, 0, &impl::finish_own_modes},
      {kind::mode, "346", names::target, 1, &impl::take_mask_list},
      {kind::mode, "347", names::target, 1, &impl::take_mask_list},
      {kind::mode, "348", names::target, 1, &impl::take_mask_list},
      {kind::mode, "349", names::target, 1, &impl::take_mask_list},
      {kind::mode, "367", names::target, 1, &impl::take_mask_list},
      {kind::mode, "368", names::target, 1, &impl::take_mask_list},
      {kind::mode, "728", names::target, 1, &impl::take_mask_list},
      {kind::mode, "729", names::target, 1, &impl::take_mask_list},
      {kind::mode, "401", names::nothing, 0, &impl::fail_mode_of},
      {kind::mode, "403", names::target, 1, &impl::fail},
      {kind::mode, "441", names::nothing, 0, &impl::fail_mode_of},
      {kind::mode, "442", names::target, 1, &impl::fail},
      {kind::mode, "461", names::target, 1, &impl::fail},
      {kind::mode, "467", names::target, 1, &impl::fail},
      {kind::mode, "468", names::target, 1, &impl::fail},
      {kind::mode, "472", names::nothing, 0, &impl::fail_mode_letter},
      {kind::mode, "477", names::target, 1, &impl::fail},
      {kind::mode, "478", names::target, 1, &impl::fail},
      {kind::mode, "482", names::target, 1, &impl::fail},
      {kind::mode, "501", names::nothing, 0, &impl::fail},
      {kind::mode, "502", names::nothing, 0, &impl::fail},
      {kind::mode, "525", names::target, 1, &impl::fail},
      {kind::mode, "696", names::target, 1, &impl::fail},
      {kind::mode, "697", names::target, 0, &impl::fail},
      {kind::mode, "697", names::target, 1, &impl::fail},
      {kind::mode, "698", names::target, 1, &impl::fail},
      {kind::kick, "KICK", names::target, 0, &impl::finish_kick},
      {kind::kick, "401", names::nothing, 0, &impl::fail_subject},
      {kind::kick, "403", names::target, 1, &impl::fail},
      {kind::kick, "441", names::nothing, 0, &impl::fail_subject},
      {kind::kick, "442", names::target, 1, &impl::fail},
      {kind::kick, "476", names::target, 1, &impl::fail},
      {kind::kick, "482", names::target, 1, &impl::fail},
      {kind::kick, "484", names::nothing, 0, &impl::fail_subject},
      {kind::invite, "341", names::target, 2, &impl::finish_invite},
      {kind::invite, "401", names::nothing, 0, &impl::fail_subject},
      {kind::invite, "403", names::target, 1, &impl::fail},
      {kind::invite, "442", names::target, 1, &impl::fail},
      {kind::invite, "443", names::target, 2, &impl::fail},
      {kind::invite, "461", names::target, 1, &impl::fail},
      {kind::invite, "482", names::target, 1, &impl::fail},
      {kind::ison, "303", names::nothing, 0, &impl::finish_ison},
      {kind::oper, "381", names::nothing, 0, &impl::finish_oper},
      {kind::oper, "464", names::nothing, 0, &impl::fail},
      {kind::oper, "491", names::nothing, 0, &impl::fail},
      {kind::ctcp, "NOTICE", names::nothing, 0, &impl::finish_ctcp},
      {kind::ctcp, "401", names::target, 1, &impl::fail},
      {kind::ctcp, "404", names::target, 1, &impl::fail},
      {kind::ctcp, "407", names::target, 1, &impl::fail},
      {kind::who, "352", names::nothing, 0, &impl::collect_who},
      {kind::who, "354", names::nothing, 0, &impl::collect_who},
      {kind::who, "315", names::target, 1, &impl::finish_who},
      {kind::who, "401", names::target, 1, &impl::fail},
      {kind::who, "402", names::target, 1, &impl::fail},
      {kind::who, "403", names::target, 1, &impl::fail},
      {kind::who, "416", names::nothing, 0, &impl::fail},
      {kind::whowas, "312", names::target, 1, &impl::collect_whowas},
      {kind::whowas, "314", names::target, 1, &impl::collect_whowas},
      {kind::whowas, "369", names::target, 1, &impl::finish_whowas},
      {kind::whowas, "406", names::target, 1, &impl::fail_before_end},
      {kind::monitor, "730", names::nothing, 0, &impl::finish_monitor},
      {kind::monitor, "731", names::nothing, 0, &impl::finish_monitor},
      {kind::monitor, "734", names::nothing, 0, &impl::fail},
      {kind::setname, "SETNAME", names::nothing, 0, &impl::finish_setname},
      {kind::redact, "REDACT", names::target, 0, &impl::finish_redact},
      {kind::message, "PRIVMSG", names::target, 0, &impl::finish_message},
      {kind::message, "ACK", names::nothing, 0, &impl::finish_silently},
      {kind::notice, "NOTICE", names::target, 0, &impl::finish_message},
      {kind::notice, "ACK", names::nothing, 0, &impl::finish_silently},
      {kind::multiline, "PRIVMSG", names::target, 0, &impl::finish_message},
      {kind::multiline, "NOTICE", names::target, 0, &impl::finish_message},
      {kind::multiline, "ACK", names::nothing, 0, &impl::finish_silently},
      {kind::join, "ACK", names::nothing, 0, &impl::end_join},
      {kind::part, "ACK", names::nothing, 0, &impl::finish_part},
      {kind::topic, "ACK", names::nothing, 0, &impl::finish_no_topic},
      {kind::set_topic, "ACK", names::nothing, 0, &impl::finish_same_topic},
      {kind::mode, "ACK", names::nothing, 0, &impl::end_mode},
      {kind::names, "ACK", names::nothing, 0, &impl::finish_names},
      {kind::whois, "ACK", names::nothing, 0, &impl::end_whois},
      {kind::ctcp, "ACK", names::nothing, 0, &impl::drop_label},
      {std::nullopt, "401", names::target, 1, &impl::fail_message},
      {std::nullopt, "403", names::target, 1, &impl::fail_message},
      {std::nullopt, "404", names::target, 1, &impl::fail_message},
      {std::nullopt, "407", names::target, 1, &impl::fail_message},
      {std::nullopt, "408", names::target, 1, &impl::fail_message},
      {std::nullopt, "415", names::target, 1, &impl::fail_message},
      {std::nullopt, "439", names::target, 1, &impl::fail_message},
      {std::nullopt, "477", names::target, 1, &impl::fail_message},
      {std::nullopt, "486", names::target, 1, &impl::fail_message},
      {std::nullopt, "489", names::target, 1, &impl::fail_message},
      {std::nullopt, "492", names::target, 1, &impl::fail_message},
      {std::nullopt, "531", names::target, 1, &impl::fail_message},
      {std::nullopt, "716", names::target, 1, &impl::fail_message},
      {std::nullopt, "PONG", names::nothing, 0, &impl::finish_unanswered},
      {std::nullopt, "FAIL", names::verb, 0, &impl::fail_standard},
      {std::nullopt, "263", names::verb, 1, &impl::fail},
      {std::nullopt, "421", names::verb, 1, &impl::fail},
      {std::nullopt, "451", names::nothing, 0, &impl::fail},
      {std::nullopt, "461", names::verb, 1, &impl::fail},
  };
  std::vector<const answer_row*> result;
  for (const auto& row : rows)
    if (row.command == command)
      result.push_back(&row);
  return result;
}

// A line goes to the command that it is labelled for, else to the oldest open
// one that awaits it, and to no other.
irc_session::impl::verdict irc_session::impl::offer(const irc_message& line,
                                                    context& ctx) {
  if (waiters.begin() == waiters.end() || ctx.playback)
    return verdict::not_mine;
  const auto rows = awaiting(line.command);
  if (!ctx.label.empty()) {
    const auto command = waiters.labelled(ctx.label);
    if (command == waiters.end())
      return verdict::not_mine;
    const auto result = offer_to(command, rows, line, ctx);
    return result == verdict::not_mine && is_failure(line.command)
               ? fail(command, line, ctx)
               : result;
  }
  if (rows.empty())
    return verdict::not_mine;
  for (auto each = waiters.begin(); each != waiters.end(); ++each) {
    if (each->follows || !each->label.empty())
      continue;
    const auto result = offer_to(each, rows, line, ctx);
    if (result != verdict::not_mine)
      return result;
  }
  return verdict::not_mine;
}

irc_session::impl::verdict
irc_session::impl::offer_to(irc_waiters::iterator command,
                            const std::vector<const answer_row*>& rows,
                            const irc_message& line, context& ctx) {
  for (const auto* row : rows) {
    if (row->kind && *row->kind != command->kind)
      continue;
    const auto given = line.param(row->position);
    const bool named =
        row->what == names::nothing
        || (row->what == names::verb ? equal_ascii(given, verb(command->kind))
                                     : same(given, command->target));
    if (!named)
      continue;
    const auto result = (this->*row->take)(command, line, ctx);
    if (result != verdict::not_mine)
      return result;
  }
  return verdict::not_mine;
}

// The last line of an answer may be missing where nothing marks its end but its
// label: what has come is then the answer.
void irc_session::impl::end_label(std::string_view label, context& ctx) {
  const auto command = waiters.labelled(label);
  if (command == waiters.end())
    return;
  if (command->answered) {
    waiters.take(command);
    return;
  }
  irc_message end;
  end.command = "ACK";
  if (offer_to(command, awaiting(end.command), end, ctx) == verdict::not_mine)
    settle(command, "", "", ctx);
}

void irc_session::impl::settle(irc_waiters::iterator command,
                               const std::string& error,
                               const std::string& result, context& ctx,
                               std::string_view code) {
  const auto settled = waiters.take(command);
  const bool more = settled.group != 0 && !settled.answered
                    && waiters.has_group(settled.group);
  if (more && error.empty())
    return;
  if (more)
    waiters.answer_group(settled.group);
  if (!settled.answered)
    answer(settled.who, error, "", result, ctx, code);
  if (settled.kind != irc_command_kind::join || settled.follows)
    return;
  for (auto each = waiters.begin(); each != waiters.end();) {
    const auto next = std::next(each);
    if (each->follows && same(each->target, settled.target))
      answer(waiters.take(each).who, error, "", result, ctx, code);
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

// Who answers is not our server and knows of no label: a server further away, a
// person.
irc_session::impl::verdict
irc_session::impl::drop_label(irc_waiters::iterator command, const irc_message&,
                              context&) {
  command->label.clear();
  return verdict::claimed;
}

// -- rejections ---------------------------------------------------------------

irc_session::impl::verdict
irc_session::impl::fail(irc_waiters::iterator command, const irc_message& line,
                        context& ctx) {
  if (!command->answered) {
    settle(command, std::string(line.last()), "", ctx);
    return verdict::claimed;
  }
  // Of what went out in several lines, one of which has failed before.
  if (command->group == 0)
    return verdict::not_mine;
  waiters.take(command);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::fail_before_end(irc_waiters::iterator command,
                                   const irc_message& line, context& ctx) {
  if (command->answered)
    return verdict::not_mine;
  command->answered = true;
  answer(command->who, std::string(line.last()), "", "", ctx);
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
    auto [mode, who] = supports.split_prefixes(each);
    const auto source = split_source(who);
    // Who is only listed does not take the place of who has spoken.
    if (!hosts.full())
      hosts.learn(source.nick, source.host, supports.mapping);
    const auto cost =
        sizeof(irc_participant) + source.nick.size() + mode.size();
    if (!source.nick.empty()
        && waiters.reserve(*command, cost, max_participant_bytes))
      command->participants.push_back({std::string(source.nick), mode});
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

// It is what it was.
irc_session::impl::verdict
irc_session::impl::finish_same_topic(irc_waiters::iterator command,
                                     const irc_message&, context& ctx) {
  const auto* where = find(command->target);
  settle(command, "",
         encode_topic(id_of(command->target),
                      where != nullptr ? where->topic : std::string{}),
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
