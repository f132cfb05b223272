// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"
#include "protocol/user_view.hpp"

#include <utility>

namespace convoy::protocol {

// An existing conversation stays as it is; a new channel is not joined yet, and
// says so.
conversation* irc_session::impl::enter(std::string_view name, context& ctx) {
  if (auto* known = find(name))
    return known;
  auto* made = find_or_make(name, max_conversations, ctx);
  if (made != nullptr && !made->frozen.empty())
    tell_frozen(*made, ctx);
  return made;
}

void irc_session::impl::do_query(const request& what, context& ctx) {
  const auto name = trim(what.args);
  if (!target_is_good(what.who, name, "/message", ctx))
    return;
  const auto* where = enter(name, ctx);
  if (where == nullptr)
    return refuse(what.who, "Too many conversations.", ctx);
  answer(what.who, "", "", encode_conversation(settings.connection_id, *where),
         ctx);
}

void irc_session::impl::do_join(const request& what, context& ctx) {
  const auto parts = words(what.args);
  const auto name = parts.empty() ? std::string_view{} : parts[0];
  // A list (or nothing) goes to the server as it is; its JOIN lines will tell.
  if (name.empty() || name.find(',') != std::string_view::npos) {
    if (!is_online())
      return refuse(what.who, "Not connected.", ctx);
    return write_for(what.who,
                     std::string(trim("JOIN " + std::string(what.args))), ctx);
  }
  join(what.who, name, parts.size() > 1 ? parts[1] : std::string_view{}, ctx);
}

void irc_session::impl::join(const irc_asker& who, std::string_view name,
                             std::string_view key, context& ctx) {
  if (!target_is_good(who, name, "/message", ctx))
    return;
  auto* where = enter(name, ctx);
  if (where == nullptr)
    return refuse(who, "Too many conversations.", ctx);
  if (!key.empty() && where->key != key) {
    where->key = key;
    ctx.out.changed.push_back(where->id);
  }
  if (!supports.is_channel(name) || where->frozen.empty())
    return answer(who, "", "",
                  encode_conversation(settings.connection_id, *where), ctx);
  open(irc_command_kind::join, who, name,
       key.empty() ? line({"JOIN", name}) : line({"JOIN", name, key}), ctx);
}

void irc_session::impl::do_part(const request& what, context& ctx) {
  const auto given = trim(what.args);
  const auto name = given.empty() ? what.target : given;
  if (!target_is_good(what.who, name,
                      given.empty() ? "/conversation_id" : "/message", ctx))
    return;
  const auto* where = find(name);
  const bool offline = state == connection_state::disconnected
                       || state == connection_state::disconnecting;
  if (offline || !supports.is_channel(name)
      || (where != nullptr && !where->frozen.empty())) {
    remove(name, ctx);
    return answer(what.who, "", "", "", ctx);
  }
  open(irc_command_kind::part, what.who, name, line({"PART", name}), ctx);
}

void irc_session::impl::remove(std::string_view name, context& ctx) {
  const auto* where = find(name);
  if (where == nullptr)
    return;
  auto gone = make(event_kind::part, where, ctx);
  gone.from = nick;
  gone.has_text = false;
  ctx.out.events.push_back(std::move(gone));
  ctx.out.removed.push_back(where->id);
  const auto id = where->id;
  topic_unknown.erase(id);
  gaps.erase(id);
  seen.erase(id);
  conversations.erase(id);
}

} // namespace convoy::protocol
