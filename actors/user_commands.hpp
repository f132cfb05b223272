// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/messages.hpp"
#include "protocol/json_object.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

// What REST and sessions ask of a user, as it travels to another node. Members
// that the other side does not know are passed over, so that two versions can
// live side by side.
namespace convoy::actors {

using user_command =
    std::variant<read_user, list_connections, list_conversations,
                 create_connection, update_connection, remove_connection,
                 mark_read, mark_notifications_read, has_conversation,
                 account_changed>;

/// One line of JSON, with `"do":"rest"`.
std::string encode_command(const user_command& what);
/// Nothing for what this version does not know.
std::optional<user_command> decode_command(protocol::json_object& head);

/// A letter. An answer that cannot be read is a refusal.
net::payload encode_result(const rest_result& what);
rest_result decode_result(std::string_view text);

/// A `load` or `send` as its client may have written it: `decode_request` makes
/// the same of it again.
std::string frame_of(const protocol::request& what);

} // namespace convoy::actors
