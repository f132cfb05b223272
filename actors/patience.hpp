// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/node.hpp"
#include "actors/settings.hpp"
#include "protocol/irc_outbound.hpp"

#include <algorithm>
#include <chrono>

namespace convoy::actors {

/// How long a user may take to answer a command: as long as a line may wait for
/// its turn behind all others that may, when the server has complained of our
/// pace; then the command's own deadline, and the store's when it is asked for
/// a nonce.
inline std::chrono::milliseconds longest_command(const settings& config) {
  settings::seconds queue{};
  if (config.irc_flood_interval.count() > 0) {
    const settings::seconds slowest = protocol::irc_outbound::slowest;
    queue = config.irc_max_queued_lines
            * std::max(config.irc_flood_interval, slowest);
  }
  return std::chrono::ceil<std::chrono::milliseconds>(
      queue + config.command_timeout + store_deadline);
}

/// Whoever asks waits longer than whoever is asked, so that it is the latter
/// who says what went wrong: the bus, and then the session.
inline constexpr std::chrono::seconds bus_grace{10};
inline constexpr std::chrono::seconds session_grace{15};

} // namespace convoy::actors
