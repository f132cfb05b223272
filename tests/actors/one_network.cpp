// SPDX-License-Identifier: Apache-2.0
#include "one_network.hpp"

namespace convoy::actors {

network::network(const std::string& url, bool wanted, settings config)
    : world(std::move(config)),
      id(url.find("localhost") == std::string::npos ? "irc-example"
                                                    : "irc-localhost") {
  user = world.add_user("ann@example.org");
  world.add_connection(user, {"#room"}, wanted, url);
  socket = world.open_socket();
  socket->take();
}

strings network::command(std::string_view text) {
  socket->ask(R"({"method":"send","id":"1","connection_id":")" + id
              + R"(","message":")" + std::string{text} + "\"}");
  world.run();
  return told();
}

strings network::told() {
  strings result;
  for (auto& each : socket->take_short()) {
    if (each.starts_with("sent"))
      result.push_back(each);
    else if (const auto at = each.find(" connection "); at != std::string::npos)
      result.push_back(each.substr(at + 12));
  }
  return result;
}

bool network::wanted() {
  return world.database->load_user(user)->connections.at(0).wanted;
}

std::string network::last_state_text() {
  std::string result;
  for (const auto& each : socket->take())
    if (member_of(each, "type") == "connection")
      result = member_of(each, "message");
  return result;
}

} // namespace convoy::actors
