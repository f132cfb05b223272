// SPDX-License-Identifier: Apache-2.0
#include "protocol/rest_json.hpp"

#include "protocol/json.hpp"

namespace convoy::protocol {

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
                           std::optional<timestamp> before,
                           std::optional<timestamp> after) {
  json_writer out;
  out.begin_object().key("messages").begin_array();
  for (const auto& each : messages)
    out.begin_object()
        .field("from", each.from)
        .field("message", each.text)
        .field("type", to_string(each.kind))
        .field("highlight", each.highlight)
        .field("ts", to_iso(each.time))
        .field("seq", std::uint64_t{each.seq})
        .members(each.extra)
        .end_object();
  out.end_array();
  if (before)
    out.field("before", to_iso(*before));
  if (after)
    out.field("after", to_iso(*after));
  out.end_object();
  return out.take();
}

} // namespace convoy::protocol
