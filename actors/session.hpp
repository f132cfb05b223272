// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"

#include <map>
#include <memory>
#include <string>

namespace convoy::actors {

/// What a session begins with.
struct session_start {
  std::string token;
  std::string remote_address;
  protocol::ts_format format = protocol::ts_format::epoch;
  std::string base_url; ///< where the client reached us
};

/// One WebSocket (design §2): its place in the user's stream and the requests
/// it has open. Life: `greeting` until the user is known, `attached`, and
/// `draining` when the close frame is on its way.
class session_state {
public:
  static inline const char* name = "session";

  session_state(caf::stateful_actor<session_state>* self) : self_(self) {
    // nop
  }
  ~session_state();

  caf::behavior start(node_ptr home, std::shared_ptr<net::websocket_link> link,
                      session_start how);

private:
  struct open_request {
    protocol::request request;
    protocol::instant deadline;
  };

  caf::behavior greeting();
  caf::behavior attached_to_user();
  caf::behavior draining();

  void attach_now();
  void on_attached(const attached& to);
  void on_requests(const socket_requests& batch);
  void on_deliver(const deliver& batch);
  void on_answer(const answer& reply);
  void on_tick();
  void forward(const protocol::request& request);
  void send(std::string frame);
  void refuse(const protocol::request& request, std::string_view message,
              std::string_view path = {});
  void close(std::uint16_t code, const std::string& reason);

  caf::stateful_actor<session_state>* self_;
  node_ptr node_;
  std::shared_ptr<net::websocket_link> link_;
  session_start how_;
  caf::actor user_;
  protocol::event_seq seq_ = 0;
  protocol::ticket last_ticket_ = 0;
  std::map<protocol::ticket, open_request> open_;
  bool tick_waits_ = false; ///< a `tick` is on its way
};

caf::behavior session(caf::stateful_actor<session_state>* self, node_ptr home,
                      std::shared_ptr<net::websocket_link> link,
                      session_start how);

} // namespace convoy::actors
