// SPDX-License-Identifier: Apache-2.0
#include "actors/link_base.hpp"
#include "actors/rest_call.hpp"
#include "protocol/json.hpp"

#include <map>

namespace convoy::actors {

namespace {

using protocol::json_writer;

/// One parameter of an operation (OpenAPI 3, "Parameter Object").
void put_parameter(json_writer& out, std::string_view name,
                   std::string_view where) {
  out.begin_object()
      .field("name", name)
      .field("in", where)
      .field("required", where == "path")
      .key("schema")
      .begin_object()
      .field("type", "string")
      .end_object()
      .end_object();
}

void put_path_parameters(json_writer& out, std::string_view path) {
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    if (path.front() == '{')
      put_parameter(out, path.substr(1, end - 2), "path");
    path.remove_prefix(std::min(end + 1, path.size()));
  }
}

void put_body(json_writer& out, const rest_route& route) {
  out.key("requestBody")
      .begin_object()
      .key("content")
      .begin_object()
      .key("application/json")
      .begin_object()
      .key("schema")
      .begin_object()
      .field("type", "object");
  std::vector<std::string> required;
  out.key("properties").begin_object();
  for (auto name : route.body) {
    if (name.ends_with('!')) {
      name.remove_suffix(1);
      required.emplace_back(name);
    }
    out.key(name).begin_object().end_object();
  }
  out.end_object();
  if (!required.empty())
    out.field("required", required);
  out.end_object().end_object().end_object().end_object();
}

void put_operation(json_writer& out, const rest_route& route) {
  auto method = std::string{route.method};
  for (auto& c : method)
    c = static_cast<char>(c - 'A' + 'a');
  out.key(method).begin_object().field("operationId", route.operation_id);
  out.key("parameters").begin_array();
  put_path_parameters(out, route.path);
  for (const auto name : route.query)
    put_parameter(out, name, "query");
  out.end_array();
  if (!route.body.empty())
    put_body(out, route);
  out.key("responses")
      .begin_object()
      .key("200")
      .begin_object()
      .field("description", "Done.")
      .end_object()
      .key("default")
      .begin_object()
      .field("description", "Not done; `errors` says why.")
      .end_object()
      .end_object()
      .end_object();
}

} // namespace

const std::vector<rest_route>& rest_routes() {
  using call = rest_call_state;
  static const std::vector<rest_route> routes{
      {"GET", "api", "describe", false, {}, {}, &call::describe},
      {"POST",
       "api/user/register",
       "registerUser",
       false,
       {},
       {"email!", "password!", "token", "exp"},
       &call::register_user},
      {"POST",
       "api/user/login",
       "loginUser",
       false,
       {},
       {"email!", "password!"},
       &call::log_in},
      {"GET",
       "api/user/logout",
       "logoutUser",
       false,
       {"csrf"},
       {},
       &call::log_out},
      {"GET", "logout", "logout", false, {"csrf"}, {}, &call::log_out},
      {"GET",
       "api/user",
       "getUser",
       true,
       {"connections", "conversations"},
       {},
       &call::read_account},
      {"POST",
       "api/user/{email}/invite",
       "inviteUser",
       true,
       {},
       {},
       &call::invite},
      {"GET",
       "api/connections",
       "listConnections",
       true,
       {},
       {},
       &call::connections},
      {"POST",
       "api/connections",
       "createConnection",
       true,
       {},
       {"url!", "conversation_id", "on_connect_commands", "wanted_state"},
       &call::create},
      {"POST",
       "api/connection/{connection_id}",
       "updateConnection",
       true,
       {},
       {"url", "on_connect_commands", "wanted_state"},
       &call::update},
      {"DELETE",
       "api/connection/{connection_id}",
       "removeConnection",
       true,
       {},
       {},
       &call::remove},
      {"GET",
       "api/connection/{connection_id}/messages",
       "connectionMessages",
       true,
       {"after", "before", "around", "limit"},
       {},
       &call::connection_messages},
      {"POST",
       "api/connection/{connection_id}/read",
       "markConnectionAsRead",
       true,
       {},
       {},
       &call::read_connection},
      {"GET",
       "api/conversations",
       "listConversations",
       true,
       {},
       {},
       &call::conversations},
      {"GET",
       "api/connection/{connection_id}/conversation/{conversation_id}/messages",
       "conversationMessages",
       true,
       {"after", "before", "around", "limit"},
       {},
       &call::conversation_messages},
      {"POST",
       "api/connection/{connection_id}/conversation/{conversation_id}/read",
       "markConversationAsRead",
       true,
       {},
       {},
       &call::read_conversation},
      {"GET",
       "api/connection-profiles",
       "listConnectionProfiles",
       true,
       {},
       {},
       &call::connection_profiles},
      {"POST",
       "api/connection-profiles",
       "saveConnectionProfile",
       true,
       {},
       {"url!", "is_default", "is_forced", "skip_queue",
        "max_bulk_message_size", "max_message_length", "service_accounts",
        "webirc_password", "flood_burst", "flood_interval"},
       &call::save_connection_profile},
      {"DELETE",
       "api/connection-profiles/{id}",
       "removeConnectionProfile",
       true,
       {},
       {},
       &call::remove_connection_profile},
      {"GET",
       "api/files/{uid}/{fid}",
       "getFile",
       false,
       {},
       {},
       &call::read_stored_file},
      {"GET",
       "file/{uid}/{fid}",
       "getFileByLink",
       false,
       {},
       {},
       &call::read_stored_file},
  };
  return routes;
}

void rest_call_state::describe() {
  json_writer out;
  out.begin_object().field("openapi", "3.0.3");
  out.key("info")
      .begin_object()
      .field("title", "Convoy")
      .field("version", std::string_view{node_->version})
      .end_object();
  out.key("servers")
      .begin_array()
      .begin_object()
      .field("url", link_base(node_->config, request_) + "/api")
      .end_object()
      .end_array();
  // `servers` ends in `/api`; what lies outside is not part of the API.
  std::map<std::string_view, std::vector<const rest_route*>> paths;
  for (const auto& route : rest_routes())
    if (route.path.starts_with("api/"))
      paths[route.path.substr(3)].push_back(&route);
  out.key("paths").begin_object();
  for (const auto& [path, operations] : paths) {
    out.key(path).begin_object();
    for (const auto* route : operations)
      put_operation(out, *route);
    out.end_object();
  }
  out.end_object().end_object();
  answer(200, out.take());
}

} // namespace convoy::actors
