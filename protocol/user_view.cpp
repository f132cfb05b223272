// SPDX-License-Identifier: Apache-2.0
#include "protocol/user_view.hpp"

#include "protocol/json.hpp"

#include <algorithm>

namespace convoy::protocol {

namespace {

std::string_view or_empty_object(const std::string& json) {
  return json.empty() ? "{}" : std::string_view{json};
}

/// Of all conversations.
std::uint64_t notifications_of(const connection_views& views) {
  std::uint64_t result = 0;
  for (const auto& [id, view] : views)
    for (const auto& each : view.record.conversations)
      result += each.notifications;
  return result;
}

void put_conversation(json_writer& out, std::string_view connection_id,
                      const conversation& what) {
  out.begin_object()
      .field("connection_id", connection_id)
      .field("conversation_id", what.id)
      .field("name", what.name)
      .field("topic", what.topic)
      .field("frozen", what.frozen)
      .field("unread", std::uint64_t{what.unread})
      .field("notifications", std::uint64_t{what.notifications})
      .key("info")
      .raw(or_empty_object(what.info))
      .end_object();
}

void put_connection(json_writer& out, const connection_view& what) {
  out.begin_object()
      .field("connection_id", what.record.id)
      .field("name", what.record.name)
      .field("url", what.record.url)
      .field("state", what.state)
      .field("wanted_state", what.record.wanted ? "connected" : "disconnected")
      .field("on_connect_commands", what.record.on_connect_commands)
      .field("service_accounts", what.service_accounts)
      .key("info");
  if (what.record.info.empty())
    out.begin_object()
        .field("authenticated", false)
        .key("capabilities")
        .begin_object()
        .end_object()
        .field("nick", what.nick)
        .end_object();
  else
    out.raw(what.record.info);
  out.end_object();
}

void put_connections(json_writer& out, const connection_views& views) {
  std::vector<const connection_view*> sorted;
  for (const auto& [id, view] : views)
    sorted.push_back(&view);
  std::ranges::stable_sort(sorted, {}, [](const connection_view* view) {
    return view->record.name;
  });
  out.key("connections").begin_array();
  for (const auto* view : sorted)
    put_connection(out, *view);
  out.end_array();
}

void put_conversations(json_writer& out, const connection_views& views) {
  std::vector<std::pair<const connection_view*, const conversation*>> sorted;
  for (const auto& [id, view] : views)
    for (const auto& each : view.record.conversations)
      if (!each.id.empty())
        sorted.emplace_back(&view, &each);
  std::ranges::stable_sort(sorted, {},
                           [](const auto& pair) { return pair.second->id; });
  out.key("conversations").begin_array();
  for (const auto& [view, each] : sorted)
    put_conversation(out, view->record.id, *each);
  out.end_array();
}

} // namespace

conversation* connection_view::find(std::string_view conversation_id) {
  const auto i = std::ranges::find(record.conversations, conversation_id,
                                   &conversation::id);
  return i == record.conversations.end() ? nullptr : &*i;
}

std::string encode_conversation(std::string_view connection_id,
                                const conversation& what) {
  json_writer out;
  put_conversation(out, connection_id, what);
  return out.take();
}

std::string encode_connection(const connection_view& what) {
  json_writer out;
  put_connection(out, what);
  return out.take();
}

std::string encode_connections(const connection_views& views) {
  json_writer out;
  out.begin_object();
  put_connections(out, views);
  out.end_object();
  return out.take();
}

std::string encode_conversations(const connection_views& views) {
  json_writer out;
  out.begin_object();
  put_conversations(out, views);
  out.end_object();
  return out.take();
}

std::string encode_user(const account& who, const node_view& node,
                        const connection_views& views, bool connections,
                        bool conversations, std::string_view csrf) {
  json_writer out;
  out.begin_object()
      .field("email", who.email)
      .field("uid", to_string(who.id))
      .field("registered", to_iso(who.registered, false))
      .field("remote_address", who.remote_address)
      .field("roles", who.roles)
      .field("highlight_keywords", who.highlight_keywords)
      .field("unread", notifications_of(views))
      .field("default_connection", node.default_connection)
      .field("forced_connection", node.forced_connection)
      .field("video_service", node.video_service);
  if (!csrf.empty())
    out.field("csrf", csrf);
  if (connections)
    put_connections(out, views);
  if (conversations)
    put_conversations(out, views);
  out.end_object();
  return out.take();
}

} // namespace convoy::protocol
