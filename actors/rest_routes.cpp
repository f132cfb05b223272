// SPDX-License-Identifier: Apache-2.0
#include "actors/link_base.hpp"
#include "actors/rest_call.hpp"
#include "protocol/event_description.hpp"

// Which function runs which operation. A new operation of the API is
// - described in protocol/openapi/, the one source of its path, of who may use
//   it, and of what goes in and out: a request that is not so is refused before
//   its function runs;
// - a member of `rest_call_state`, in the file named for its noun;
// - a line of `handlers` below.
namespace convoy::actors {

namespace {

using call = rest_call_state;

struct handler {
  std::string_view operation_id;
  rest_run run;
};

constexpr handler handlers[] = {
    {"describe", &call::describe},
    {"describeEvents", &call::describe_events},
    {"registerUser", &call::register_user},
    {"loginUser", &call::log_in},
    {"logoutUser", &call::log_out},
    {"getUser", &call::read_account},
    {"inviteUser", &call::invite},
    {"getUsers", &call::users},
    {"updateUser", &call::update_user},
    {"deleteUser", &call::delete_user},
    {"listSessions", &call::list_sessions},
    {"endSession", &call::end_session},
    {"endOtherSessions", &call::end_other_sessions},
    {"listTokens", &call::list_tokens},
    {"createToken", &call::create_token},
    {"removeToken", &call::remove_token},
    {"getSettings", &call::read_settings},
    {"updateSettings", &call::change_settings},
    {"checkForUpdates", &call::check_for_updates},
    {"getHealth", &call::read_health},
    {"listConnections", &call::connections},
    {"createConnection", &call::create},
    {"updateConnection", &call::update},
    {"removeConnection", &call::remove},
    {"connectionMessages", &call::connection_messages},
    {"markConnectionAsRead", &call::read_connection},
    {"listConversations", &call::conversations},
    {"conversationMessages", &call::conversation_messages},
    {"notificationMessages", &call::notifications},
    {"markNotificationsAsRead", &call::read_notifications},
    {"searchMessages", &call::search_messages},
    {"markConversationAsRead", &call::read_conversation},
    {"listConnectionProfiles", &call::connection_profiles},
    {"saveConnectionProfile", &call::save_connection_profile},
    {"removeConnectionProfile", &call::remove_connection_profile},
    {"getFiles", &call::list_files},
    {"uploadFile", &call::upload_file},
    {"getFile", &call::read_stored_file},
    {"deleteFiles", &call::delete_files},
    {"embed", &call::embed},
    {"getDictionary", &call::read_dictionary},
};

/// What people and pages ask for outside of `/api`, where a path of the API
/// would be with the same parameters in the same places; all is public.
struct outside {
  std::string_view path;
  std::string_view operation_id; ///< whose request it is, or ""
  rest_run run;
};

constexpr outside outsiders[] = {
    {"/logout", "logoutUser", &call::log_out},
    {"/sw/info", "", &call::read_site_info},
    {"/file/{uid}/{fid}", "getFile", &call::read_stored_file},
};

/// What runs an operation, by its number.
const std::vector<rest_run>& runs() {
  static const auto all = [] {
    std::vector<rest_run> result(protocol::the_api().operations().size());
    for (const auto& each : handlers)
      if (const auto* operation = protocol::the_api().find(each.operation_id))
        result[operation->number] = each.run;
    return result;
  }();
  return all;
}

rest_route find_outside(std::string_view method,
                        const std::vector<std::string>& path) {
  for (const auto& each : outsiders)
    if (protocol::fits(each.path, path)) {
      if (method != "GET")
        return {nullptr, nullptr, "GET"};
      return {protocol::the_api().find(each.operation_id), each.run, ""};
    }
  return {};
}

} // namespace

std::vector<std::string_view> handled_operations() {
  std::vector<std::string_view> result;
  for (const auto& each : handlers)
    result.push_back(each.operation_id);
  return result;
}

rest_route find_route(std::string_view method,
                      const std::vector<std::string>& path) {
  if (path.empty() || path.front() != "api")
    return find_outside(method, path);
  const auto found =
      protocol::the_api().find(method, {path.begin() + 1, path.end()});
  return {found.operation,
          found.operation ? runs()[found.operation->number] : nullptr,
          found.allowed};
}

void rest_call_state::describe() {
  answer(200, protocol::the_api().document(link_base(node_->config, request_)
                                           + "/api"));
}

void rest_call_state::describe_events() {
  answer(200,
         protocol::the_events().document(link_base(node_->config, request_)));
}

} // namespace convoy::actors
