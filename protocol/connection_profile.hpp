// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace convoy::protocol {

/// What an admin sets for all connections of one network (spec §6.1,
/// rest-api.md §6, 19 to 21).
struct connection_profile {
  std::string id;  ///< as of the connections it is for: `irc-libera`
  std::string url; ///< what a new connection to the network begins with
  std::size_t max_message_length = 512;  ///< bytes of an IRC line, 32 to 2048
  std::size_t max_bulk_message_size = 3; ///< this many lines become a paste
  std::vector<std::string> service_accounts{"chanserv", "nickserv"};
  /// Whether its connects do not wait for each other; nothing: only on this
  /// machine (spec §6.3).
  std::optional<bool> skip_queue;
  std::string webirc_password; ///< shown to admins only; "" for no WEBIRC
  /// So many lines leave at once, then one in each interval; nothing: as the
  /// node is set.
  std::optional<std::size_t> flood_burst;
  std::optional<std::chrono::milliseconds> flood_interval;
};

} // namespace convoy::protocol
