// SPDX-License-Identifier: Apache-2.0
#include "actors/user_commands.hpp"

#include "actors/letter.hpp"
#include "protocol/json.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

namespace convoy::actors {

namespace {

using protocol::json_object;
using protocol::json_writer;

/// In the order of `user_command`.
constexpr std::array<std::string_view, 10> names{
    "readUser",         "listConnections",       "listConversations",
    "createConnection", "updateConnection",      "removeConnection",
    "markRead",         "markNotificationsRead", "hasConversation",
    "accountChanged"};
static_assert(names.size() == std::variant_size_v<user_command>);

template <class T>
void put(json_writer& out, std::string_view key, const std::optional<T>& what) {
  if (what)
    out.field(key, *what);
}

std::string text(json_object& from, std::string_view key) {
  return from.string(key).value_or("");
}

// -- the members of each ------------------------------------------------------

/// Those without members.
template <class T>
requires std::is_empty_v<T>
void write(json_writer&, const T&) {
  // nop
}
template <class T>
requires std::is_empty_v<T>
void read(json_object&, T&) {
  // nop
}

void write(json_writer& out, const read_user& what) {
  out.field("connections", what.connections)
      .field("conversations", what.conversations)
      .field("csrf", what.csrf);
}
void read(json_object& from, read_user& what) {
  what.connections = from.boolean("connections").value_or(false);
  what.conversations = from.boolean("conversations").value_or(false);
  what.csrf = text(from, "csrf");
}

void write(json_writer& out, const create_connection& what) {
  out.field("url", what.url)
      .field("conversation_id", what.conversation_id)
      .field("on_connect_commands", what.on_connect_commands)
      .field("wanted", what.wanted);
}
void read(json_object& from, create_connection& what) {
  what.url = text(from, "url");
  what.conversation_id = text(from, "conversation_id");
  what.on_connect_commands =
      from.strings("on_connect_commands").value_or(what.on_connect_commands);
  what.wanted = from.boolean("wanted").value_or(true);
}

void write(json_writer& out, const update_connection& what) {
  out.field("connection_id", what.connection_id);
  put(out, "url", what.url);
  put(out, "on_connect_commands", what.on_connect_commands);
  put(out, "wanted", what.wanted);
}
void read(json_object& from, update_connection& what) {
  what.connection_id = text(from, "connection_id");
  what.url = from.string("url");
  what.on_connect_commands = from.strings("on_connect_commands");
  what.wanted = from.boolean("wanted");
}

void write(json_writer& out, const remove_connection& what) {
  out.field("connection_id", what.connection_id);
}
void read(json_object& from, remove_connection& what) {
  what.connection_id = text(from, "connection_id");
}

void write(json_writer& out, const mark_read& what) {
  out.field("connection_id", what.connection_id)
      .field("conversation_id", what.conversation_id);
  put(out, "seq", what.seq);
}
void read(json_object& from, mark_read& what) {
  what.connection_id = text(from, "connection_id");
  what.conversation_id = text(from, "conversation_id");
  what.seq = from.number("seq");
}

void write(json_writer& out, const has_conversation& what) {
  out.field("connection_id", what.connection_id)
      .field("conversation_id", what.conversation_id);
}
void read(json_object& from, has_conversation& what) {
  what.connection_id = text(from, "connection_id");
  what.conversation_id = text(from, "conversation_id");
}

/// The home reads the account itself.
void write(json_writer&, const account_changed&) {
  // nop
}
void read(json_object&, account_changed&) {
  // nop
}

template <std::size_t N = 0>
std::optional<user_command> read_as(std::size_t index, json_object& from) {
  if constexpr (N < names.size()) {
    if (index != N)
      return read_as<N + 1>(index, from);
    std::variant_alternative_t<N, user_command> what;
    read(from, what);
    return what;
  } else {
    return std::nullopt;
  }
}

} // namespace

std::string encode_command(const user_command& what) {
  json_writer out;
  out.begin_object().field("do", "rest").field("what", names[what.index()]);
  std::visit([&](const auto& each) { write(out, each); }, what);
  out.end_object();
  return out.take();
}

std::optional<user_command> decode_command(json_object& head) {
  const auto name = std::ranges::find(names, text(head, "what"));
  auto result = read_as(static_cast<std::size_t>(name - names.begin()), head);
  return head.ok() ? std::move(result) : std::nullopt;
}

net::payload encode_result(const rest_result& what) {
  json_writer out;
  out.begin_object();
  if (what.problem)
    out.field("status", std::uint64_t{what.problem->status})
        .field("message", what.problem->message)
        .field("path", what.problem->path);
  out.end_object();
  return seal_letter(out.take(), what.json);
}

rest_result decode_result(std::string_view text_of_it) {
  const auto [head, body] = open_letter(text_of_it);
  json_object from{head};
  if (!from.ok())
    return {{}, refused{503, "The user's home cannot be understood."}};
  const auto status = from.number("status");
  if (!status)
    return {std::string{body}, {}};
  return {{},
          refused{static_cast<unsigned>(*status), text(from, "message"),
                  text(from, "path")}};
}

std::string frame_of(const protocol::request& what) {
  if (!what.body.empty())
    return what.body;
  json_writer out;
  out.begin_object().field("method", what.name);
  if (!what.id.empty())
    out.key("id").raw(what.id);
  out.key("params").begin_object();
  out.field("connections", what.want_connections)
      .field("conversations", what.want_conversations)
      .end_object()
      .end_object();
  return out.take();
}

} // namespace convoy::actors
