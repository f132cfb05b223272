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
                   bool wanted = true, settings config = deterministic::quick())
      : world(std::move(config)),
        id(url.find("localhost") == std::string::npos ? "irc-example"
                                                      : "irc-localhost") {
    user = world.add_user("ann@example.org");
    world.add_connection(user, {"#room"}, wanted, url);
    socket = world.open_socket();
    socket->take();
  }
  /// Runs a command; what came of it, without `message` and `info` events.
  strings command(std::string_view text) {
    socket->ask(R"({"method":"send","id":"1","connection_id":")" + id
                + R"(","message":")" + std::string{text} + "\"}");
    world.run();
    return told();
  }
  /// States and answers since the last call.
  strings told() {
    strings result;
    for (auto& each : socket->take_short()) {
      if (each.starts_with("sent"))
        result.push_back(each);
      else if (const auto at = each.find(" connection ");
               at != std::string::npos)
        result.push_back(each.substr(at + 12));
    }
    return result;
  }
  /// What the store says is wanted.
  bool wanted() {
    return world.database->load_user(user)->connections.at(0).wanted;
  }
  /// The text of the last `state`/`connection`.
  std::string last_state_text() {
    std::string result;
    for (const auto& each : socket->take())
      if (member_of(each, "type") == "connection")
        result = member_of(each, "message");
    return result;
  }
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
