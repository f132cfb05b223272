// SPDX-License-Identifier: Apache-2.0
#include "actors/connection_wish.hpp"
#include "actors/rest_call.hpp"

// Operations on connections: asked of the user's actor, which owns them.
namespace convoy::actors {

void rest_call_state::connections() {
  ask_user(list_connections{});
}

void rest_call_state::conversations() {
  ask_user(list_conversations{});
}

void rest_call_state::create() {
  auto wish = body();
  create_connection what;
  what.url = wish.required_string("url");
  what.conversation_id = wish.string("conversation_id").value_or("");
  what.on_connect_commands =
      wish.strings("on_connect_commands").value_or(std::vector<std::string>{});
  what.wanted = wanted_state(wish).value_or(true);
  if (!wish.ok())
    return refuse_all(wish.problems());
  ask_user(std::move(what));
}

void rest_call_state::update() {
  auto wish = body();
  update_connection what{segment("connection_id"), wish.string("url"),
                         wish.strings("on_connect_commands"),
                         wanted_state(wish)};
  if (!wish.ok())
    return refuse_all(wish.problems());
  ask_user(std::move(what));
}

void rest_call_state::remove() {
  ask_user(remove_connection{segment("connection_id")});
}

void rest_call_state::read_connection() {
  mark("");
}

void rest_call_state::read_conversation() {
  mark(segment("conversation_id"));
}

void rest_call_state::mark(const std::string& conversation_id) {
  auto wish = body();
  const auto seq = wish.number("seq");
  if (!wish.problems().empty())
    return refuse_all(wish.problems());
  ask_user(mark_read{segment("connection_id"), conversation_id, seq});
}

} // namespace convoy::actors
