// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

// What operators do in a channel (spec/events-and-irc.md §4.5).
namespace convoy::protocol {

namespace {

/// Mode changes that one command may ask for.
constexpr std::size_t max_changes = 100;

/// A command that changes one mode for each of its words.
struct change_row {
  std::string_view name;
  std::string_view mode; ///< a sign and a letter
  bool of_people;        ///< else a list of masks
};

constexpr change_row change_rows[]{
    {"ban", "+b", false},    {"dehalfop", "-h", true}, {"deop", "-o", true},
    {"devoice", "-v", true}, {"halfop", "+h", true},   {"op", "+o", true},
    {"quiet", "+q", false},  {"unban", "-b", false},   {"unquiet", "-q", false},
    {"voice", "+v", true},
};

/// What makes a ban one that only silences (EXTBAN): `m:`, `~q:`; or "".
std::string quiet_ban(std::string_view extended_bans) {
  const auto comma = extended_bans.find(',');
  if (comma == std::string_view::npos)
    return "";
  const auto letters = extended_bans.substr(comma + 1);
  // Where there are both, `m` is something else.
  for (const char letter : {'q', 'm'})
    if (letters.find(letter) != std::string_view::npos)
      return std::string(extended_bans.substr(0, comma)) + letter + ':';
  return "";
}

} // namespace

// -- KICK ---------------------------------------------------------------------

void irc_session::impl::do_kick(const request& what, context& ctx) {
  const auto end = std::min(what.args.find(' '), what.args.size());
  const auto whom = what.args.substr(0, end);
  const auto reason = trim(what.args.substr(end));
  if (!target_is_good(what.who, what.target, "/conversation_id", ctx)
      || !target_is_good(what.who, whom, "/message", ctx))
    return;
  open(irc_command_kind::kick, what.who, what.target,
       reason.empty() ? line({"KICK", what.target, whom})
                      : text_line({"KICK", what.target, whom}, reason),
       ctx, std::string(whom));
}

irc_session::impl::verdict
irc_session::impl::finish_kick(irc_waiters::iterator command,
                               const irc_message& line, context& ctx) {
  if (!is_me(split_source(line.source).nick)
      || !same(line.param(1), command->subject))
    return verdict::not_mine;
  settle(command, "", "", ctx);
  return verdict::claimed;
}

/// Numerics whose first parameter is the nick that the command is about.
irc_session::impl::verdict
irc_session::impl::fail_subject(irc_waiters::iterator command,
                                const irc_message& line, context& ctx) {
  return same(line.param(1), command->subject) ? fail(command, line, ctx)
                                               : verdict::not_mine;
}

// -- INVITE -------------------------------------------------------------------

void irc_session::impl::do_invite(const request& what, context& ctx) {
  const auto parts = words(what.args);
  const auto whom = parts.empty() ? std::string_view{} : parts[0];
  const bool given = parts.size() > 1;
  const auto channel = given ? parts[1] : what.target;
  if (!target_is_good(what.who, whom, "/message", ctx)
      || !target_is_good(what.who, channel,
                         given ? "/message" : "/conversation_id", ctx))
    return;
  open(irc_command_kind::invite, what.who, channel,
       line({"INVITE", whom, channel}), ctx, std::string(whom));
}

irc_session::impl::verdict
irc_session::impl::finish_invite(irc_waiters::iterator command,
                                 const irc_message& line, context& ctx) {
  if (!same(line.param(1), command->subject))
    return verdict::not_mine;
  const auto invited = line.param(1);
  tell_notice("Invitation sent to " + std::string(invited) + ".", ctx);
  json_writer out;
  out.begin_object()
      .field("conversation_id", id_of(line.param(2)))
      .field("invited", invited)
      .end_object();
  settle(command, "", out.take(), ctx);
  return verdict::claimed;
}

// -- modes of people and bans -------------------------------------------------

std::string irc_session::impl::ban_mask(std::string_view text) const {
  // A mask or an extended ban (`$a:name`, `~q:mask`) is left alone.
  if (text.find_first_of("!@*?$:~") != std::string_view::npos)
    return std::string(text);
  const auto host = hosts.find(text, supports.mapping);
  return host.empty() ? std::string(text) + "!*@*" : "*!*@" + std::string(host);
}

void irc_session::impl::do_change_people(const request& what, context& ctx) {
  const auto* row = std::find_if(
      std::begin(change_rows), std::end(change_rows),
      [&](const change_row& each) { return each.name == what.name; });
  if (!target_is_good(what.who, what.target, "/conversation_id", ctx))
    return;
  std::string mode(row->mode);
  std::string before;
  if (mode[1] == 'q' && !supports.is_list_mode('q')) {
    before = quiet_ban(supports.extended_bans);
    mode[1] = before.empty() ? 'q' : 'b';
  }
  if (row->of_people ? !supports.is_user_mode(mode[1])
                     : !supports.is_list_mode(mode[1]))
    return refuse(what.who, not_supported, ctx);
  auto whom = words(what.args);
  if (whom.empty())
    return refuse(what.who, row->of_people ? "Missing nick." : "Missing mask.",
                  ctx, "/message");
  if (whom.size() > max_changes)
    return refuse(what.who, "Too many nicks.", ctx, "/message");
  std::vector<std::string> params;
  for (const auto each : whom) {
    if (!target_is_good(what.who, each, "/message", ctx))
      return;
    params.push_back(row->of_people ? std::string(each)
                                    : before + ban_mask(each));
  }
  change_modes(what, mode, params, ctx);
}

// As many lines as the server wants, which have one answer.
void irc_session::impl::change_modes(const request& what, std::string_view mode,
                                     const std::vector<std::string>& params,
                                     context& ctx) {
  const auto start = line({"MODE", what.target, mode.substr(0, 1)});
  std::vector<std::string> changes;
  std::size_t count = 0;
  std::string letters;
  std::string nicks;
  const auto end_change = [&] {
    changes.push_back(std::string(mode.substr(0, 1)) + letters + nicks);
    letters.clear();
    nicks.clear();
    count = 0;
  };
  for (const auto& each : params) {
    const auto length =
        start.size() + letters.size() + nicks.size() + each.size() + 2;
    if (count > 0 && (count >= supports.max_modes || length > longest_line()))
      end_change();
    letters += mode.substr(1);
    nicks.append(1, ' ').append(each);
    ++count;
  }
  end_change();
  open_changes(what, changes, ctx);
}

void irc_session::impl::open_changes(const request& what,
                                     const std::vector<std::string>& changes,
                                     context& ctx) {
  if (!waiters.has_room(changes.size()))
    return refuse(what.who, "Too many open commands.", ctx);
  const auto group = changes.size() > 1 ? ++groups : 0;
  std::vector<irc_open_command> commands;
  std::vector<std::string> lines;
  for (const auto& each : changes) {
    irc_open_command command;
    command.kind = irc_command_kind::mode;
    command.who = what.who;
    command.target = what.target;
    command.subject = each;
    command.patience = settings.command_timeout;
    command.group = group;
    command.label = next_label();
    lines.push_back(
        with_label(command.label, line({"MODE", what.target, each})));
    commands.push_back(std::move(command));
  }
  if (const auto* problem = put(std::move(lines), ctx))
    return refuse(what.who, problem, ctx, "/message");
  for (auto& each : commands) {
    each.parcel = outbound.last();
    wait_for(std::move(each), ctx);
  }
}

} // namespace convoy::protocol
