// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace convoy::protocol {

namespace {

/// A message taken apart: the command's name in lower case, or "" for plain
/// text, and what follows (spec §4.2).
struct user_text {
  std::string name;
  std::string_view args;
};

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

user_text parse(std::string_view message) {
  if (!message.starts_with('/'))
    return {"", message};
  const auto name_end =
      std::find_if_not(message.begin() + 1, message.end(), is_ascii_letter);
  const auto size = static_cast<std::size_t>(name_end - message.begin());
  if (size == 1)
    return {"", message};
  const auto rest = message.substr(size);
  const auto args = std::min(rest.find_first_not_of(" \n"), rest.size());
  return {to_lower_ascii(message.substr(1, size - 1)), rest.substr(args)};
}

} // namespace

struct irc_session::impl::command_row {
  std::string_view name; ///< lower case; "" is plain text
  bool needs_connection;
  bool takes_lines; ///< others see their argument up to the first LF
  command_handler handle;
};

std::optional<std::string_view>
irc_session::lifecycle_command(std::string_view message) {
  constexpr std::string_view names[]{"connect", "disconnect", "reconnect"};
  const auto text = clean_input(message);
  const auto name = parse(text).name;
  const auto* it = std::find(std::begin(names), std::end(names), name);
  if (it == std::end(names))
    return std::nullopt;
  return *it;
}

void irc_session::impl::execute(const request& what, std::string_view message,
                                context& ctx) {
  static constexpr command_row rows[]{
      {"", true, true, &impl::do_plain},
      {"away", true, false, &impl::do_away},
      {"ban", true, false, &impl::do_change_people},
      {"botserv", true, true, &impl::do_service},
      {"bs", true, true, &impl::do_service},
      {"chanserv", true, true, &impl::do_service},
      {"clear", false, false, &impl::do_clear},
      {"close", false, false, &impl::do_part},
      {"cs", true, true, &impl::do_service},
      {"ctcp", true, false, &impl::do_ctcp},
      {"dehalfop", true, false, &impl::do_change_people},
      {"deop", true, false, &impl::do_change_people},
      {"devoice", true, false, &impl::do_change_people},
      {"halfop", true, false, &impl::do_change_people},
      {"hostserv", true, true, &impl::do_service},
      {"hs", true, true, &impl::do_service},
      {"ignore", false, false, &impl::do_ignore},
      {"invite", true, false, &impl::do_invite},
      {"ison", true, false, &impl::do_ison},
      {"j", false, false, &impl::do_join},
      {"join", false, false, &impl::do_join},
      {"kick", true, false, &impl::do_kick},
      {"list", true, false, &impl::do_list},
      {"me", true, true, &impl::do_me},
      {"memoserv", true, true, &impl::do_service},
      {"mode", true, false, &impl::do_mode},
      {"monitor", false, false, &impl::do_monitor},
      {"ms", true, true, &impl::do_service},
      {"msg", true, true, &impl::do_msg},
      {"names", true, false, &impl::do_names},
      {"nick", false, false, &impl::do_nick},
      {"nickserv", true, true, &impl::do_service},
      {"notice", true, true, &impl::do_notice},
      {"ns", true, true, &impl::do_service},
      {"op", true, false, &impl::do_change_people},
      {"oper", true, false, &impl::do_oper},
      {"operserv", true, true, &impl::do_service},
      {"os", true, true, &impl::do_service},
      {"part", false, false, &impl::do_part},
      {"query", false, false, &impl::do_query},
      {"quiet", true, false, &impl::do_change_people},
      {"quote", false, false, &impl::do_quote},
      {"raw", false, false, &impl::do_quote},
      {"react", true, false, &impl::do_react},
      {"redact", true, false, &impl::do_redact},
      {"reply", true, true, &impl::do_reply},
      {"say", true, true, &impl::do_say},
      {"setname", true, false, &impl::do_setname},
      {"shrug", true, true, &impl::do_shrug},
      {"topic", true, false, &impl::do_topic},
      {"typing", true, false, &impl::do_typing},
      {"unban", true, false, &impl::do_change_people},
      {"unignore", false, false, &impl::do_unignore},
      {"unquiet", true, false, &impl::do_change_people},
      {"voice", true, false, &impl::do_change_people},
      {"who", true, false, &impl::do_who},
      {"whois", true, false, &impl::do_whois},
      {"whowas", true, false, &impl::do_whowas},
  };
  const auto text = clean_input(message);
  const auto parsed = parse(text);
  const auto* row = std::find_if(
      std::begin(rows), std::end(rows),
      [&](const command_row& each) { return each.name == parsed.name; });
  if (row == std::end(rows))
    return refuse(what.who, "Unknown command.", ctx, "/message");
  if (row->needs_connection && !is_online())
    return refuse(what.who, "Not connected.", ctx);
  auto args = parsed.args;
  if (!row->takes_lines)
    args = args.substr(0, args.find('\n'));
  (this->*row->handle)({what.who, what.target, args, row->name}, ctx);
}

// -- what all of them share ---------------------------------------------------

bool irc_session::impl::target_is_good(const irc_asker& who,
                                       std::string_view target,
                                       const char* path, context& ctx) {
  const char* problem = nullptr;
  if (trim(target).empty())
    problem = "Cannot send without target.";
  else if (std::any_of(target.begin(), target.end(), [](char c) {
             const auto byte = static_cast<unsigned char>(c);
             return byte <= ' ' || byte == 0x7F || c == ',';
           }))
    problem = "Cannot send message to target with spaces or comma.";
  else if (target.front() == ':')
    problem = "Cannot send message to target with a leading colon.";
  if (problem != nullptr)
    refuse(who, problem, ctx, path);
  return problem == nullptr;
}

void irc_session::impl::open(irc_command_kind kind, const irc_asker& who,
                             std::string_view target, std::string line,
                             context& ctx, std::string subject) {
  if (!is_online())
    return refuse(who, "Not connected.", ctx);
  if (waiters.full())
    return refuse(who, "Too many open commands.", ctx);
  irc_open_command command;
  command.kind = kind;
  command.who = who;
  command.target = target;
  command.subject = std::move(subject);
  command.patience = kind == irc_command_kind::names ? settings.names_timeout
                                                     : settings.command_timeout;
  // Without a key of its own it cannot do better than the one under way.
  const auto older = waiters.find(kind, target, supports.mapping);
  command.follows = kind == irc_command_kind::join && older != waiters.end()
                    && line == this->line({"JOIN", target});
  if (command.follows) {
    command.parcel = older->parcel;
  } else {
    // It is not the server that answers a CTCP.
    if (kind != irc_command_kind::ctcp)
      command.label = next_label();
    std::vector<std::string> lines;
    lines.push_back(with_label(command.label, std::move(line)));
    if (const auto* problem = put(std::move(lines), ctx))
      return refuse(who, problem, ctx, "/message");
    command.parcel = outbound.last();
  }
  wait_for(std::move(command), ctx);
}

void irc_session::impl::wait_for(irc_open_command command, context& ctx) {
  const auto first = waiters.find_group(command.group);
  command.begins = first == waiters.end() ? command.parcel : first->begins;
  if (command.parcel == 0)
    irc_waiters::start(command, ctx.now.steady);
  waiters.add(std::move(command));
}

void irc_session::impl::answer(const irc_asker& who, std::string error,
                               std::string path, std::string result,
                               context& ctx, std::string_view code) {
  if (who.from == irc_asker::origin::person) {
    ctx.out.answers.push_back({who.to, std::move(error), std::move(path),
                               std::move(result), std::string(code)});
    return;
  }
  if (who.from == irc_asker::origin::session)
    return;
  if (startup_waits > 0)
    --startup_waits;
  if (who.from == irc_asker::origin::on_connect && !error.empty())
    tell_error("On-connect command #" + std::to_string(on_connect_index)
                   + " failed: " + error,
               ctx);
}

void irc_session::impl::refuse(const irc_asker& who, const char* error,
                               context& ctx, const char* path) {
  answer(who, error, path, "", ctx);
}

// -- the short commands -------------------------------------------------------

void irc_session::impl::do_nick(const request& what, context& ctx) {
  auto wanted = trim(what.args);
  if (wanted.empty() || wanted.front() == ':'
      || wanted.find_first_of(" ,") != std::string_view::npos)
    return refuse(what.who, "Missing or invalid nick.", ctx, "/message");
  // A server would cut it, too, and its answer would name nobody we know.
  wanted = cut_line(wanted, supports.nick_length).front();
  if (wanted == nick) {
    json_writer result;
    result.begin_object().field("nick", wanted).end_object();
    return answer(what.who, "", "", result.take(), ctx);
  }
  open(irc_command_kind::nick, what.who, wanted, line({"NICK", wanted}), ctx);
}

void irc_session::impl::do_topic(const request& what, context& ctx) {
  if (!target_is_good(what.who, what.target, "/conversation_id", ctx))
    return;
  const bool asks = what.args.empty();
  open(asks ? irc_command_kind::topic : irc_command_kind::set_topic, what.who,
       what.target,
       asks ? line({"TOPIC", what.target})
            : text_line({"TOPIC", what.target}, what.args),
       ctx);
}

void irc_session::impl::do_names(const request& what, context& ctx) {
  if (target_is_good(what.who, what.target, "/conversation_id", ctx))
    open(irc_command_kind::names, what.who, what.target,
         line({"NAMES", what.target}), ctx);
}

void irc_session::impl::do_whois(const request& what, context& ctx) {
  const auto whom = trim(what.args);
  if (target_is_good(what.who, whom, "/message", ctx))
    open(irc_command_kind::whois, what.who, whom, line({"WHOIS", whom}), ctx);
}

void irc_session::impl::do_away(const request& what, context& ctx) {
  away_wish = what.args.substr(0, max_irc_line);
  open(irc_command_kind::away, what.who, "",
       what.args.empty() ? line({"AWAY"}) : text_line({"AWAY"}, what.args),
       ctx);
}

void irc_session::impl::do_quote(const request& what, context& ctx) {
  if (what.args.empty())
    return answer(what.who, "", "", "", ctx);
  if (state != connection_state::connected)
    return refuse(what.who, "Not connected.", ctx);
  note_quoted(what.args, ctx);
  write_for(what.who, std::string(what.args), ctx);
}

} // namespace convoy::protocol
