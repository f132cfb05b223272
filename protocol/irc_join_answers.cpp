// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace convoy::protocol {

irc_session::impl::verdict
irc_session::impl::see_joined(irc_waiters::iterator command,
                              const irc_message& line, context& ctx) {
  if (command->joined || !is_me(split_source(line.source).nick))
    return verdict::not_mine;
  command->joined = true;
  if (!has("draft/no-implicit-names"))
    return verdict::claimed;
  // The names come when they are asked for, which only people want.
  if (command->who.from != irc_asker::origin::person)
    return finish_join(command, line, ctx);
  // A labelled answer is heard to its end first.
  if (command->label.empty())
    write(this->line({"NAMES", command->target}), ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::end_join(irc_waiters::iterator command,
                            const irc_message& line, context& ctx) {
  const bool asks =
      command->joined && !std::exchange(command->names_listed, true);
  if (!asks || !has("draft/no-implicit-names"))
    return finish_join(command, line, ctx);
  command->label = next_label();
  write(with_label(command->label, this->line({"NAMES", command->target})),
        ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::finish_join(irc_waiters::iterator command,
                               const irc_message& line, context& ctx) {
  // Nothing but an ACK: we have been in it all the time.
  if (!command->joined && line.command != "ACK")
    return verdict::not_mine;
  json_writer out;
  out.begin_object()
      .field("conversation_id", id_of(command->target))
      .field("topic", command->topic)
      .field("topic_by", command->topic_by);
  out.key("users").begin_object().end_object();
  write_participants(command->participants, out);
  out.end_object();
  settle(command, "", out.take(), ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::forward_join(irc_waiters::iterator command,
                                const irc_message& line, context& ctx) {
  const std::string from(line.param(1));
  const std::string to(line.param(2));
  tell_notice("Forwarding " + from + " to " + to + ".", ctx);
  std::vector<irc_asker> all{waiters.take(command).who};
  for (auto each = waiters.begin(); each != waiters.end();) {
    const auto next = std::next(each);
    if (each->follows && same(each->target, from))
      all.push_back(waiters.take(each).who);
    each = next;
  }
  for (const auto& who : all)
    join(who, to, "", ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::fail_join(irc_waiters::iterator command,
                             const irc_message& line, context& ctx) {
  return refuse_join(command, line, freeze::not_active, ctx);
}

irc_session::impl::verdict
irc_session::impl::fail_join_key(irc_waiters::iterator command,
                                 const irc_message& line, context& ctx) {
  return refuse_join(command, line, freeze::bad_password, ctx);
}

irc_session::impl::verdict
irc_session::impl::fail_join_invite(irc_waiters::iterator command,
                                    const irc_message& line, context& ctx) {
  return refuse_join(command, line, freeze::invite_only, ctx);
}

irc_session::impl::verdict
irc_session::impl::refuse_join(irc_waiters::iterator command,
                               const irc_message& line, const char* reason,
                               context& ctx) {
  if (auto* where = find(command->target);
      where != nullptr && where->frozen != reason)
    freeze(*where, reason, ctx);
  const bool unasked = command->who.from == irc_asker::origin::rejoin;
  fail(command, line, ctx);
  // Nobody gets the answer of a rejoin, so the line itself is shown.
  return unasked ? verdict::shown : verdict::claimed;
}

} // namespace convoy::protocol
