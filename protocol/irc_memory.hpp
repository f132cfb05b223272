// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// What a connection remembers from one run of the program to the next: it is
/// stored as `connection_record::memory`, which only the session reads.
struct irc_memory {
  /// Entries that each list has at most; further ones are not read.
  static constexpr std::size_t limit = 500;

  /// Masks `nick!user@host` of people who are not heard (`/ignore`).
  std::vector<std::string> ignores;
  /// Nicks whose coming and going is told (`/monitor`).
  std::vector<std::string> monitored;
  /// Why we are away; "" when we are not.
  std::string away;
  /// The interval between lines that the server turned out to stand; nothing
  /// while it has not complained.
  std::optional<std::chrono::milliseconds> flood_interval;
  /// When the connection was last known to be up; the epoch: never.
  timestamp last_seen{};

  bool operator==(const irc_memory&) const = default;
};

/// One JSON object; members that say nothing are left out.
std::string encode_memory(const irc_memory& memory);

/// Reads what `encode_memory` wrote. Whatever is missing, unknown or malformed
/// is as if it had never been there.
irc_memory decode_memory(std::string_view json);

} // namespace convoy::protocol
