// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"

#include <utility>

namespace convoy::protocol {

void irc_session::impl::send_as_paste(const irc_asker& who,
                                      const outgoing& what, context& ctx) {
  irc_pending_paste paste;
  paste.who = who;
  paste.conversation_id = id_of(what.target);
  paste.target = what.target;
  paste.command = what.command;
  paste.action = what.action;
  paste.reply_to = what.reply_to;
  paste.deadline = ctx.now.steady + settings.command_timeout;
  const auto id = pastes.add(std::move(paste));
  if (!id)
    return refuse(who, "Too many long messages wait to be stored.", ctx,
                  "/message");
  ctx.out.pastes.push_back({*id, std::string(what.text)});
}

void irc_session::impl::paste_stored(std::uint64_t id, const std::string& url,
                                     const std::string& problem, context& ctx) {
  const auto paste = pastes.take(id);
  if (!paste)
    return;
  if (url.empty())
    return answer(paste->who, problem, "/message", "", ctx);
  outgoing what;
  what.target = paste->target;
  what.text = url;
  what.command = paste->command;
  what.action = paste->action;
  what.reply_to = paste->reply_to;
  const auto before = outbound.size();
  send_parts(paste->who, what, {one_line(url)}, ctx);
  tell_place(before, paste->conversation_id, ctx);
}

void irc_session::impl::drop_pastes(context& ctx) {
  for (const auto& each : pastes.clear())
    refuse(each.who, connection_closed, ctx);
}

void irc_session::impl::expire_pastes(context& ctx) {
  while (const auto late = pastes.expired(ctx.now.steady))
    refuse(late->who, "Promise timeout", ctx);
}

} // namespace convoy::protocol
