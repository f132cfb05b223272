// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>

// Commands about oneself and other people (spec/events-and-irc.md §4.5).
namespace convoy::protocol {

// -- ISON ---------------------------------------------------------------------

void irc_session::impl::do_ison(const request& what, context& ctx) {
  const auto given = trim(what.args);
  const auto whom = given.empty() ? what.target : given;
  if (target_is_good(what.who, whom,
                     given.empty() ? "/conversation_id" : "/message", ctx))
    open(irc_command_kind::ison, what.who, whom, line({"ISON", whom}), ctx);
}

irc_session::impl::verdict
irc_session::impl::finish_ison(irc_waiters::iterator command,
                               const irc_message& line, context& ctx) {
  const auto list = line.joined(1);
  const auto present = words(list);
  const bool online =
      std::any_of(present.begin(), present.end(),
                  [&](auto each) { return same(each, command->target); });
  auto* where = find(command->target);
  if (online && where != nullptr && !where->frozen.empty()
      && !supports.is_channel(where->name))
    freeze(*where, "", ctx);
  json_writer out;
  out.begin_object()
      .field("nick", command->target)
      .field("online", online)
      .end_object();
  settle(command, "", out.take(), ctx);
  return verdict::claimed;
}

// -- OPER ---------------------------------------------------------------------

void irc_session::impl::do_oper(const request& what, context& ctx) {
  open(irc_command_kind::oper, what.who, "",
       std::string(trim("OPER " + std::string(what.args))), ctx);
}

irc_session::impl::verdict
irc_session::impl::finish_oper(irc_waiters::iterator command,
                               const irc_message&, context& ctx) {
  server_op = true;
  settle(command, "", info(), ctx);
  return verdict::claimed;
}

void irc_session::impl::on_server_op(const irc_message& line, context& ctx) {
  server_op = true;
  tell_info(ctx);
  if (!ctx.claimed)
    tell_fallback(line, ctx);
}

// -- SETNAME ------------------------------------------------------------------

void irc_session::impl::do_setname(const request& what, context& ctx) {
  const auto name = trim(what.args);
  if (name.empty())
    return refuse(what.who, "Missing name.", ctx, "/message");
  if (!has("setname"))
    return refuse(what.who, not_supported, ctx);
  open(irc_command_kind::setname, what.who, "", text_line({"SETNAME"}, name),
       ctx);
}

irc_session::impl::verdict
irc_session::impl::finish_setname(irc_waiters::iterator command,
                                  const irc_message& line, context& ctx) {
  if (!is_me(split_source(line.source).nick))
    return verdict::not_mine;
  json_writer out;
  out.begin_object().field("realname", line.joined(0)).end_object();
  settle(command, "", out.take(), ctx);
  return verdict::claimed;
}

// -- words for services and others --------------------------------------------

void irc_session::impl::do_notice(const request& what, context& ctx) {
  const auto end = std::min(what.args.find_first_of(" \n"), what.args.size());
  outgoing said{what.args.substr(0, end),
                what.args.substr(end + (end < what.args.size()))};
  said.command = "NOTICE";
  send_text(what.who, said, ctx);
}

void irc_session::impl::do_service(const request& what, context& ctx) {
  const auto* row = std::find_if(
      std::begin(services), std::end(services), [&](const auto& each) {
        return each.shortcut == what.name || equal_ascii(each.nick, what.name);
      });
  send_text(what.who, {row->nick, what.args}, ctx);
}

void irc_session::impl::do_shrug(const request& what, context& ctx) {
  const auto text = std::string(what.args) + (what.args.empty() ? "" : " ")
                    + "\u00AF\\_(\u30C4)_/\u00AF";
  do_say({what.who, what.target, text}, ctx);
}

// -- /clear -------------------------------------------------------------------

void irc_session::impl::do_clear(const request& what, context& ctx) {
  const auto parts = words(what.args);
  if (parts.size() != 2 || !equal_ascii(parts[0], "history")
      || what.who.from != irc_asker::origin::person)
    return refuse(what.who,
                  "WARNING! /clear history [name] will delete all messages "
                  "in the backend!",
                  ctx, "/message");
  const auto* where = find(parts[1]);
  if (where == nullptr)
    return refuse(what.who, "Unknown target.", ctx, "/message");
  ctx.out.cleared.emplace_back(what.who.to, where->id);
}

} // namespace convoy::protocol
