// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/messages.hpp"
#include "actors/post_office.hpp"
#include "deterministic.hpp"
#include "memory_bus.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace convoy::actors {

using strings = std::vector<std::string>;

/// Which user lives on which node, as the test wants it.
using addresses = std::map<protocol::user_id, store::node_epoch>;

inline caf::behavior played_homes(caf::event_based_actor*,
                                  const addresses* known,
                                  store::node_epoch mine) {
  return {
      [=](const locate& who) {
        const auto i = known->find(who.user);
        const auto epoch = i == known->end() ? mine : i->second;
        return home_is{who.user, epoch == mine, epoch};
      },
      [](const moved_out&) { return true; },
      [](const start_wanted&) {},
      [](const drain_node&) {},
  };
}

/// Nodes that share a store and a bus. Node `n` has epoch `n + 1`; whoever has
/// no address lives where they are asked for.
class small_fleet {
public:
  explicit small_fleet(std::size_t size = 2,
                       const settings& config = deterministic::quick())
      : store(deterministic::empty_store()) {
    for (std::size_t n = 0; n < size; ++n) {
      auto& port = *ports.emplace_back(std::make_unique<memory_bus::port>(hub));
      const auto epoch = static_cast<store::node_epoch>(n + 1);
      const auto join = [&, epoch](caf::actor_system& system,
                                   const std::shared_ptr<node>& made) {
        made->bus = &port;
        const std::weak_ptr<const node> weak{made};
        made->post_office = system.spawn(post_office, weak);
        made->homes = system.spawn(played_homes, &lives_on, epoch);
        caf::anon_send(made->directory, lease_is{epoch});
      };
      nodes.push_back(std::make_unique<deterministic>(
          config, store, deterministic::wrap_archive{}, join));
    }
    run();
  }
  ~small_fleet() {
    for (const auto& each : sockets)
      each->gone();
    run();
    for (const auto& each : nodes) {
      each->leave();
      run();
    }
  }

  deterministic& node_at(std::size_t n) {
    return *nodes[n];
  }
  /// Everything that is to happen now happens, on all nodes that live.
  void run() {
    do {
      for (const auto& each : nodes)
        each->settle();
    } while (hub.run());
  }
  /// Time passes everywhere, in small steps.
  template <class Rep, class Period>
  void advance(std::chrono::duration<Rep, Period> time) {
    using step = std::chrono::milliseconds;
    constexpr step one{250};
    for (auto left = std::chrono::duration_cast<step>(time); left.count() > 0;
         left -= one) {
      for (const auto& each : nodes)
        each->advance(one);
      hub.advance(one);
      run();
    }
  }
  std::shared_ptr<fake_websocket>
  open(std::size_t n,
       std::vector<std::pair<std::string, std::string>> query = {},
       const std::string& token = "token") {
    protocol::http_request request;
    request.session = token;
    request.host = "chat.example.org";
    request.remote_address = "192.0.2." + std::to_string(n + 1);
    request.query = std::move(query);
    auto link = std::make_shared<fake_websocket>();
    link->observer = node_at(n).gateway->on_websocket(request, link);
    sockets.push_back(link);
    run();
    return link;
  }
  /// One REST request to that node; its answer may take time.
  std::shared_ptr<std::vector<protocol::http_response>>
  rest(std::size_t n, const std::string& method, const std::string& target,
       const std::string& body = "") {
    protocol::http_request request;
    request.method = method;
    REQUIRE(protocol::parse_target(target, request));
    request.body = body;
    request.content_type = body.empty() ? "" : "application/json";
    request.session = "token";
    request.host = "chat.example.org";
    auto answers = std::make_shared<std::vector<protocol::http_response>>();
    node_at(n).gateway->on_request(std::move(request),
                                   [answers](protocol::http_response one) {
                                     answers->push_back(std::move(one));
                                   });
    run();
    return answers;
  }

  std::shared_ptr<store::database> store;
  memory_bus hub;
  std::vector<std::unique_ptr<memory_bus::port>> ports;
  addresses lives_on;
  std::vector<std::unique_ptr<deterministic>> nodes;
  std::vector<std::shared_ptr<fake_websocket>> sockets;
};

/// Somebody who lives on the first node, is on IRC from there, and has sessions
/// elsewhere.
struct somebody_away : small_fleet {
  explicit somebody_away(std::size_t size = 2,
                         const settings& config = deterministic::quick())
      : small_fleet(size, config) {
    user = node_at(0).add_user("ann@example.org");
    node_at(0).add_connection(user, {"#room"});
    lives_on[user] = 1;
    node_at(0).user_actor(user);
    irc = &node_at(0).welcome();
    run();
  }

  void bob_says(const std::string& text) {
    irc->tell(":bob!b@host PRIVMSG #room :" + text);
    run();
  }
  /// Somebody else takes the user in.
  void move_to(std::size_t n) {
    lives_on[user] = static_cast<store::node_epoch>(n + 1);
    caf::anon_send(node_at(n).home->directory, moved_in{{user}});
    run();
  }
  std::string events(const std::string& format = "epoch") const {
    return "convoy.user." + to_string(user) + ".events." + format;
  }
  std::string commands() const {
    return "convoy.user." + to_string(user);
  }
  protocol::event_seq last() {
    return store->load_user(user)->last_seq;
  }

  protocol::user_id user{};
  fake_irc_link* irc = nullptr;
};

} // namespace convoy::actors
