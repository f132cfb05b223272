// SPDX-License-Identifier: Apache-2.0
#include "net/http_answer.hpp"

#include "protocol/json.hpp"

namespace convoy::net {

bool wants_json(std::string_view target) noexcept {
  auto path = target.substr(0, target.find('?'));
  return path.empty() || path == "/api" || path.starts_with("/api/")
         || path.starts_with("/file/") || path == "/logout"
         || path == "/events";
}

protocol::http_response error_answer(bool json, unsigned status,
                                     std::string_view message,
                                     std::string_view path) {
  protocol::http_response out;
  out.status = status;
  if (json) {
    protocol::json_writer writer;
    writer.begin_object().key("errors").begin_array().begin_object();
    writer.field("message", message).field("path", path);
    out.body = writer.end_object().end_array().end_object().take();
  } else {
    out.content_type = "text/plain; charset=utf-8";
    out.body.append(message).push_back('\n');
  }
  return out;
}

} // namespace convoy::net
