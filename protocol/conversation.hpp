// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/ids.hpp"
#include "protocol/time.hpp"

#include <cstdint>
#include <string>

namespace convoy::protocol {

/// Reasons for which a conversation cannot be used, to the letter, because
/// front ends compare them (spec/events-and-irc.md §5.8).
namespace freeze {
inline constexpr const char* not_connected = "Not connected.";
inline constexpr const char* not_active = "Not active in this room.";
inline constexpr const char* bad_password = "Invalid password.";
inline constexpr const char* invite_only =
    "This channel requires an invitation.";
inline constexpr const char* invited = "You have a pending invitation.";
} // namespace freeze

/// A channel or a person one talks with over one connection (spec §3.2).
struct conversation {
  std::string id;     ///< lower-cased name; "" is the server conversation
  std::string name;   ///< as spelt when it was last created or updated
  std::string topic;  ///< "" for a person
  std::string frozen; ///< why it cannot be used; "" when it can
  std::string key;    ///< channel key; stored, never shown
  std::string info;   ///< JSON object of the last WHOIS, or "" for `{}`
  std::uint32_t unread = 0;
  std::uint32_t notifications = 0;
  event_seq read_seq = 0; ///< everything up to here has been read
  /// Of the newest message: where the server's own history is asked to go on.
  timestamp last_time{};
  std::string last_msgid; ///< "" when the network gives none
};

} // namespace convoy::protocol
