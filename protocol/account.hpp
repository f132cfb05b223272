// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/conversation.hpp"
#include "protocol/ids.hpp"
#include "protocol/time.hpp"

#include <string>
#include <vector>

namespace convoy::protocol {

/// What is known of a person, without connections (spec §3.2, rest-api §5).
struct account {
  user_id id{};
  std::string email; ///< trimmed and lower-cased; the identity on the wire
  std::string password_hash; ///< PHC string (Argon2id); never leaves the store
                             ///< but for the check
  std::vector<std::string> roles;
  std::vector<std::string> highlight_keywords;
  std::string remote_address = "127.0.0.1";
  std::string stream; ///< id of this user's numbering (design §5)
  timestamp registered{};
  bool disabled = false;
};

/// One IRC connection as it is stored.
struct connection_record {
  std::string id;       ///< `irc-libera`; fixed when it is created (spec §5.9)
  std::string name;     ///< what people see
  std::string url;      ///< without the password
  std::string password; ///< in the clear here; sealed in the store
  bool wanted = true;   ///< `wanted_state` is "connected"
  std::vector<std::string> on_connect_commands;
  std::string info; ///< JSON object of the last `info` event, or ""
  /// What its session remembers from one run to the next, as one JSON object
  /// that only the session reads; "" for nothing.
  std::string memory;
  /// Client certificate and key, PEM; "" until one is made. The key is in the
  /// clear here and sealed in the store.
  std::string certificate;
  std::vector<conversation> conversations;
};

} // namespace convoy::protocol
