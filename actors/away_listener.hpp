// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "protocol/json_object.hpp"

#include <map>
#include <string>
#include <utility>

namespace convoy::actors {

/// For whom an `away_listener` listens.
struct away_listener_start {
  node_ptr home;
  caf::actor user;
  protocol::user_id id{};
  protocol::ts_format format = protocol::ts_format::epoch;
};

/// At a user's home, the session of all sessions elsewhere that want one form
/// of time: what the user shows is published once, as it is encoded, and what
/// the sessions ask is asked here, so that an answer leaves behind the events
/// that the user has shown before it. Its letters come by way of `post_office`;
/// it ends with the user, or when no node has shown interest for a while.
class away_listener_state {
public:
  static inline const char* name = "away_listener";
  /// A node that is interested says so three times in it.
  static constexpr std::chrono::seconds interest{30};
  /// Commands that wait for their answer; one more is refused.
  static constexpr std::size_t max_open = 4'096;

  away_listener_state(caf::stateful_actor<away_listener_state>* self)
      : self_(self) {
    // nop
  }
  /// Nobody waits for an answer that does not come.
  ~away_listener_state();

  caf::behavior start(away_listener_start how);

private:
  /// Who asked: an `away_user`, and its number for it.
  using origin = std::pair<std::string, std::string>;
  struct open_ask {
    std::string reply_to;
    origin from;
  };

  void on_letter(const net::bus_message& what);
  void on_attach(protocol::json_object& head, const std::string& reply_to);
  void join(attach wish, const std::string& reply_to);
  void on_keep(protocol::json_object& head, const std::string& reply_to);
  void on_ask(protocol::json_object& head, std::string_view frame,
              const std::string& reply_to);
  void on_answer(const answer& reply);
  void on_deliver(const deliver& what);
  void on_tick();
  void place(const std::string& reply_to, const std::vector<std::string>& open);
  void send(const std::string& reply_to, std::string_view head,
            std::string_view body = {});

  caf::stateful_actor<away_listener_state>* self_;
  away_listener_start how_;
  std::string stream_;                ///< "" until the user has let us in
  protocol::event_seq published_ = 0; ///< all up to here
  protocol::instant wanted_{};        ///< when somebody last was interested
  protocol::ticket last_ticket_ = 0;
  std::map<protocol::ticket, open_ask> open_;
};

caf::behavior away_listener(caf::stateful_actor<away_listener_state>* self,
                            away_listener_start how);

} // namespace convoy::actors
