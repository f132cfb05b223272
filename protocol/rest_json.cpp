// SPDX-License-Identifier: Apache-2.0
#include "protocol/rest_json.hpp"

#include "protocol/json.hpp"
#include "protocol/snippet.hpp"

namespace convoy::protocol {

namespace {

void put_ids(json_writer& out, const event& what) {
  out.field("connection_id", what.connection_id)
      .field("conversation_id", what.conversation_id);
}

void put_message(json_writer& out, const event& what) {
  out.field("from", what.from)
      .field("message", what.text)
      .field("type", to_string(what.kind))
      .field("highlight", what.highlight)
      .field("ts", to_iso(what.time))
      .field("seq", std::uint64_t{what.seq})
      .members(what.extra);
}

} // namespace

std::string encode_errors(const std::vector<json_problem>& problems) {
  json_writer out;
  out.begin_object().key("errors").begin_array();
  for (const auto& each : problems)
    out.begin_object()
        .field("message", each.message)
        .field("path", each.path)
        .end_object();
  out.end_array().end_object();
  return out.take();
}

std::string encode_history(const std::vector<event>& messages,
                           const std::optional<message_place>& before,
                           const std::optional<message_place>& after) {
  json_writer out;
  out.begin_object().key("messages").begin_array();
  for (const auto& each : messages) {
    out.begin_object();
    put_message(out, each);
    out.end_object();
  }
  out.end_array();
  if (before)
    out.field("before", to_iso(before->time))
        .field("before_seq", std::uint64_t{before->seq});
  if (after)
    out.field("after", to_iso(after->time))
        .field("after_seq", std::uint64_t{after->seq});
  out.end_object();
  return out.take();
}

std::string encode_notifications(const std::vector<event>& messages,
                                 const std::optional<message_place>& before) {
  json_writer out;
  out.begin_object().key("messages").begin_array();
  for (const auto& each : messages) {
    out.begin_object();
    put_ids(out, each);
    put_message(out, each);
    out.end_object();
  }
  out.end_array().field("end", !before);
  if (before)
    out.field("before_seq", std::uint64_t{before->seq});
  out.end_object();
  return out.take();
}

std::string encode_search(const std::vector<event>& messages,
                          const text_pattern& pattern,
                          std::string_view cursor) {
  json_writer out;
  out.begin_object().key("messages").begin_array();
  for (const auto& each : messages) {
    out.begin_object();
    put_ids(out, each);
    put_message(out, each);
    const auto part = make_snippet(each.text, pattern);
    out.field("snippet", part.text).key("matches").begin_array();
    for (const auto& [at, size] : part.matches)
      out.begin_array()
          .number(std::uint64_t{at})
          .number(std::uint64_t{size})
          .end_array();
    out.end_array().end_object();
  }
  out.end_array().field("end", cursor.empty());
  if (!cursor.empty())
    out.field("cursor", cursor);
  out.end_object();
  return out.take();
}

} // namespace convoy::protocol
