// SPDX-License-Identifier: Apache-2.0
#include "actors/rest_call.hpp"
#include "protocol/json.hpp"

// What the front end asks for besides the operations of its user
// (spec/rest-api.md §2.3 and §6, 32 and 33).
namespace convoy::actors {

void rest_call_state::read_dictionary() {
  protocol::http_response response{200,
                                   node_->languages()->encode(segment("lang"))};
  response.headers.emplace_back("Cache-Control", "max-age=86400");
  send(std::move(response));
}

/// A link is a link: nothing is fetched, so nobody can make us ask for what
/// only we can reach.
void rest_call_state::embed() {
  const auto url = request_.param("url").value_or("");
  if (!url.starts_with("http://") && !url.starts_with("https://"))
    return refuse(400, "Expected an http:// or https:// URL.", "/url");
  protocol::json_writer out;
  out.begin_object().field("type", "link").field("url", url).end_object();
  protocol::http_response response{200, out.take()};
  response.headers.emplace_back("Cache-Control", "max-age=600");
  send(std::move(response));
}

void rest_call_state::read_site_info() {
  protocol::json_writer out;
  out.begin_object()
      .field("mode", "production")
      .field("version", std::string_view{node_->version})
      .end_object();
  answer(200, out.take());
}

} // namespace convoy::actors
