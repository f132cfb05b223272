// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deterministic.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors {

using strings = std::vector<std::string>;

/// One user with `irc-example`, whose link the test plays.
struct network {
  explicit network(const std::string& url = "irc://irc.example.net:6697",
                   bool wanted = true,
                   settings config = deterministic::quick());
  /// Runs a command; what came of it, without `message` and `info` events.
  strings command(std::string_view text);
  /// States and answers since the last call.
  strings told();
  /// What the store says is wanted.
  bool wanted();
  /// The text of the last `state`/`connection`.
  std::string last_state_text();
  fake_irc_link& link() {
    return world.connector.last();
  }
  std::size_t dials() const {
    return world.connector.links.size();
  }

  deterministic world;
  std::string id;
  protocol::user_id user{};
  std::shared_ptr<fake_websocket> socket;
};

} // namespace convoy::actors
