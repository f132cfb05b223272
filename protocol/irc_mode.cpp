// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>

// MODE, asked by a person (spec/events-and-irc.md §4.6).
namespace convoy::protocol {

namespace {

/// A list of masks: its numerics, and its name in the reply.
struct mask_list {
  char mode;
  std::string_view entry;
  std::string_view end;
  std::string_view key;
};

constexpr mask_list mask_lists[]{
    {'b', "367", "368", "banlist"},
    {'e', "348", "349", "exceptlist"},
    {'I', "346", "347", "invitelist"},
    {'q', "728", "729", "quietlist"},
};

/// What a person wants of MODE.
struct mode_wish {
  std::string letters; ///< without signs
  std::vector<std::string_view> params;
};

/// `+o bob` is {"o", {"bob"}}; the views point into `text`.
mode_wish parse_wish(std::string_view text) {
  mode_wish result;
  auto parts = words(text);
  if (parts.empty())
    return result;
  std::copy_if(parts[0].begin(), parts[0].end(),
               std::back_inserter(result.letters),
               [](char c) { return c != '+' && c != '-'; });
  result.params.assign(parts.begin() + 1, parts.end());
  return result;
}

/// Whether it asks for the list of a mode and nothing else.
bool asks_for_list(const mode_wish& wish, const irc_isupport& supports) {
  return !wish.letters.empty() && wish.params.empty()
         && std::all_of(wish.letters.begin(), wish.letters.end(),
                        [&](char c) { return supports.is_list_mode(c); });
}

/// The letter of a list on that server.
char letter_of(const mask_list& list, const irc_isupport& supports) {
  if (list.mode == 'e' && supports.ban_exceptions != 0)
    return supports.ban_exceptions;
  if (list.mode == 'I' && supports.invite_exceptions != 0)
    return supports.invite_exceptions;
  return list.mode;
}

/// `{"by":"bob","mask":"*!*@x","ts":"1577498687"}`; `ts` is 0 when not told.
std::string encode_mask(std::string_view mask, std::string_view by,
                        std::string_view time) {
  json_writer out;
  out.begin_object().field("by", by).field("mask", mask);
  if (time.empty())
    out.field("ts", std::uint64_t{0});
  else
    out.field("ts", time);
  out.end_object();
  return out.take();
}

std::string encode_modes(std::string_view target, std::string_view modes) {
  json_writer out;
  out.begin_object().field("target", target).field("mode", modes).end_object();
  return out.take();
}

} // namespace

void write_items(std::string_view key, const irc_open_command& command,
                 json_writer& out) {
  out.key(key).begin_array();
  for (const auto& each : command.items)
    out.raw(each);
  out.end_array();
  if (command.truncated)
    out.field("truncated", true);
}

void irc_session::impl::do_mode(const request& what, context& ctx) {
  auto parts = words(what.args);
  auto target = what.target;
  const char* path = "/conversation_id";
  const auto take_target = [&] {
    target = parts.front();
    parts.erase(parts.begin());
    path = "/message";
  };
  if (target.empty() && !parts.empty())
    take_target();
  // `+` may start the name of a channel, but here it is a mode.
  if (!parts.empty() && parts[0].front() != '+'
      && supports.is_channel(parts[0]))
    take_target();
  if (!target_is_good(what.who, target, path, ctx))
    return;
  std::string change;
  for (const auto each : parts)
    change.append(change.empty() ? "" : " ").append(each);
  open(irc_command_kind::mode, what.who, target,
       change.empty() ? line({"MODE", target}) : line({"MODE", target, change}),
       ctx, change);
}

/// Whether our MODE line is what `wish` asked for: a letter is in both, and
/// where the letter is given to people, one of them too.
bool irc_session::impl::fulfils(const irc_message& line,
                                const irc_open_command& command) const {
  const auto wish = parse_wish(command.subject);
  const bool channel = supports.is_channel(command.target);
  bool set = true;
  std::size_t next = 2;
  for (const char mode : line.param(1)) {
    if (mode == '+' || mode == '-') {
      set = mode == '+';
      continue;
    }
    std::string_view param;
    if (channel && supports.takes_parameter(mode, set))
      param = line.param(next++);
    if (wish.letters.find(mode) == std::string::npos)
      continue;
    const bool person = channel && supports.is_user_mode(mode);
    if (!person
        || std::any_of(wish.params.begin(), wish.params.end(),
                       [&](auto each) { return same(each, param); }))
      return true;
  }
  return false;
}

irc_session::impl::verdict
irc_session::impl::finish_mode(irc_waiters::iterator command,
                               const irc_message& line, context& ctx) {
  const auto from = split_source(line.source).nick;
  if (!is_me(from) || !fulfils(line, *command))
    return verdict::not_mine;
  command->modes += line.param(1);
  for (std::size_t i = 2; i < line.params.size(); ++i)
    waiters.collect(*command, json_writer().string(line.params[i]).take());
  command->target = line.param(0);
  return end_mode(command, line, ctx);
}

irc_session::impl::verdict
irc_session::impl::end_mode(irc_waiters::iterator command, const irc_message&,
                            context& ctx) {
  if (hand_on(command)) {
    settle(command, "", "", ctx);
    return verdict::claimed;
  }
  json_writer out;
  out.begin_object()
      .field("from", nick)
      .field("mode", command->modes)
      .field("mode_changed", std::uint64_t{command->modes.empty() ? 0U : 1U})
      .field("target", command->target);
  const auto& params = command->items;
  if (supports.is_channel(command->target) && !params.empty()
      && supports.is_user_mode(command->modes.back()))
    out.key("nick").raw(params.front());
  if (params.size() > 1)
    write_items("params", *command, out);
  out.end_object();
  settle(command, "", out.take(), ctx);
  return verdict::claimed;
}

/// Gives what it has changed to the next line of the same command; false when
/// it is the last one.
bool irc_session::impl::hand_on(irc_waiters::iterator command) {
  const auto next =
      command->group == 0 ? waiters.end() : waiters.next_of_group(command);
  if (next == waiters.end())
    return false;
  next->modes = std::move(command->modes);
  for (auto& each : command->items)
    waiters.collect(*next, std::move(each));
  return true;
}

irc_session::impl::verdict
irc_session::impl::finish_asked_mode(irc_waiters::iterator command,
                                     const irc_message& line, context& ctx) {
  if (!command->subject.empty())
    return verdict::not_mine;
  settle(command, "", encode_modes(line.param(1), line.param(2)), ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::finish_own_modes(irc_waiters::iterator command,
                                    const irc_message& line, context& ctx) {
  if (!command->subject.empty() || !is_me(command->target))
    return verdict::not_mine;
  settle(command, "", encode_modes(nick, line.joined(1)), ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::take_mask_list(irc_waiters::iterator command,
                                  const irc_message& line, context& ctx) {
  const auto wish = parse_wish(command->subject);
  const auto* list = std::find_if(
      std::begin(mask_lists), std::end(mask_lists), [&](const auto& each) {
        return each.entry == line.command || each.end == line.command;
      });
  if (list == std::end(mask_lists) || !asks_for_list(wish, supports)
      || wish.letters.front() != letter_of(*list, supports))
    return verdict::not_mine;
  if (line.command == list->entry) {
    // 728 names the mode before the mask.
    const std::size_t first = line.command == "728" ? 3 : 2;
    waiters.collect(*command,
                    encode_mask(line.param(first), line.param(first + 1),
                                line.param(first + 2)));
    return verdict::claimed;
  }
  json_writer out;
  out.begin_object();
  write_items(list->key, *command, out);
  out.end_object();
  settle(command, "", out.take(), ctx);
  return verdict::claimed;
}

/// 401 and 441 name somebody whose mode was to change.
irc_session::impl::verdict
irc_session::impl::fail_mode_of(irc_waiters::iterator command,
                                const irc_message& line, context& ctx) {
  const auto who = line.param(1);
  const auto wish = parse_wish(command->subject);
  const bool named = same(who, command->target)
                     || std::any_of(wish.params.begin(), wish.params.end(),
                                    [&](auto each) { return same(each, who); });
  return named ? fail(command, line, ctx) : verdict::not_mine;
}

/// 472 names the letter that is not known.
irc_session::impl::verdict
irc_session::impl::fail_mode_letter(irc_waiters::iterator command,
                                    const irc_message& line, context& ctx) {
  const auto letter = line.param(1);
  if (letter.size() != 1
      || parse_wish(command->subject).letters.find(letter) == std::string::npos)
    return verdict::not_mine;
  return fail(command, line, ctx);
}

} // namespace convoy::protocol
