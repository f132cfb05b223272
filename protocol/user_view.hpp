// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/account.hpp"
#include "protocol/connection_profile.hpp"
#include "protocol/connection_url.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// A connection as its owner's clients see it: the record, and how it is now.
struct connection_view {
  connection_record record;
  std::string state = "disconnected";
  std::string nick; ///< own nick now
  /// As the network's profile says.
  std::vector<std::string> service_accounts =
      connection_profile{}.service_accounts;

  /// The conversation of that id in the record, or null.
  conversation* find(std::string_view conversation_id);
};

using connection_views = std::map<std::string, connection_view, std::less<>>;

/// What the user object says of the node (spec §3.2).
struct node_view {
  std::string default_connection;
  std::string video_service;
  bool forced_connection = false;
};

/// The objects of `load` and REST (spec §3.2, rest-api §5). Passwords and
/// channel keys are in none of them.
std::string encode_conversation(std::string_view connection_id,
                                const conversation& what);
std::string encode_connection(const connection_view& what);
/// `{"connections":[…]}`, sorted by name; `{"conversations":[…]}`, by id.
std::string encode_connections(const connection_views& views);
std::string encode_conversations(const connection_views& views);
/// The user object; the lists are in it when they are asked for, `csrf` when it
/// is not "".
std::string encode_user(const account& who, const node_view& node,
                        const connection_views& views, bool connections,
                        bool conversations, std::string_view csrf = {});

} // namespace convoy::protocol
