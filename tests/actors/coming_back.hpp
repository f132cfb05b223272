// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deterministic.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace convoy::actors {

using strings = std::vector<std::string>;

inline constexpr auto stream = "stream of ann@example.org";

/// A user whose connection is up, and sockets that are played one step at a
/// time.
struct coming_back {
  explicit coming_back(settings config = deterministic::quick())
      : world(std::move(config)) {
    user = world.add_user("ann@example.org");
    world.add_connection(user, {"#room"});
    world.user_actor(user);
    irc = &world.welcome();
    world.settle();
  }
  ~coming_back() {
    for (const auto& each : sockets)
      each->gone();
  }

  protocol::event_seq last() {
    return world.database->load_user(user)->last_seq;
  }
  /// So many messages of bob, each of so many letters.
  void bob_says(std::size_t count, std::size_t size = 1) {
    std::vector<protocol::irc_message> lines(
        count, *protocol::parse_irc_line(":bob!b@host PRIVMSG #room :"
                                         + std::string(size, 'x')));
    irc->observer->on_lines(std::move(lines));
    world.run();
  }
  /// Nothing of it has run yet.
  std::shared_ptr<fake_websocket>
  open(std::vector<std::pair<std::string, std::string>> query,
       const std::string& bearer = "") {
    protocol::http_request request;
    request.session = bearer.empty() ? "token" : "";
    request.bearer = bearer;
    request.query = std::move(query);
    auto link = std::make_shared<fake_websocket>();
    link->observer = world.gateway->on_websocket(request, link);
    sockets.push_back(link);
    return link;
  }
  std::shared_ptr<fake_websocket> resume(protocol::event_seq since) {
    return open({{"since", std::to_string(since)}, {"stream", stream}});
  }
  /// All that was sent has left.
  void drain(fake_websocket& socket) {
    REQUIRE(socket.sent_asked == 1);
    socket.sent_asked = 0;
    socket.observer->on_sent();
    world.run();
  }
  /// The socket reads all there is; what it got.
  strings read_all(fake_websocket& socket) {
    world.run();
    while (socket.sent_asked > 0)
      drain(socket);
    return socket.take();
  }

  deterministic world;
  protocol::user_id user{};
  fake_irc_link* irc = nullptr;
  std::vector<std::shared_ptr<fake_websocket>> sockets;
};

} // namespace convoy::actors
