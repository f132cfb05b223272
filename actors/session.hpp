// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/backlog.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "net/metrics.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace convoy::actors {

/// Close code (registry of WebSocket close codes): come back.
inline constexpr std::uint16_t service_restart = 1012;

/// What a session begins with.
struct session_start {
  std::string token;
  std::string remote_address;
  protocol::ts_format format = protocol::ts_format::epoch;
  std::string base_url; ///< where the client reached us
  bool is_api_token = false;
  /// What the client has seen, when it says so.
  std::optional<resume_point> resume{};
  std::string trace_id{}; ///< names it in the log
};

/// One WebSocket (design §2): its place in the user's stream and the requests
/// it has open. Life: `greeting` until the user is known; for a client that has
/// been here, `returning` until the store has said whether all it has missed is
/// still there, and `catching_up` while that is sent; `attached_to_user`; and
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

  /// What the journal has behind a place.
  struct missed {
    bool is_complete = false;
    std::vector<protocol::event> first_page;
  };

  caf::behavior greeting();
  caf::behavior returning();
  caf::behavior catching_up();
  caf::behavior attached_to_user();
  caf::behavior draining();

  void attach_now();
  void on_attached(const attached& to);
  void on_requests(const socket_requests& batch);
  void on_deliver(const deliver& batch);
  void on_answer(const answer& reply);
  void on_tick();
  void on_login_ends(const login_ends& told);
  void look_at_login();
  void forward(const protocol::request& request);
  void send(std::string frame);
  void refuse(const protocol::request& request, std::string_view message,
              std::string_view path = {}, std::string_view code = {});
  void close(std::uint16_t code, const std::string& reason);
  void close_without_store();

  // -- coming back (session_resume.cpp) ---------------------------------------

  void come_back(const attached& to);
  void on_missed(missed found, const attached& to);
  void go_on();
  void read_page();
  void go_live();

  caf::stateful_actor<session_state>* self_;
  node_ptr node_;
  std::shared_ptr<net::websocket_link> link_;
  session_start how_;
  net::presence counted_;
  caf::actor user_;
  protocol::user_id user_id_{};
  bool may_send_ = true;
  bool is_closed_ = false; ///< answers of others come too late
  protocol::event_seq seq_ = 0;
  std::optional<backlog> backlog_; ///< until the live stream follows
  /// Requests that came before that.
  std::vector<protocol::request> early_;
  protocol::ticket last_ticket_ = 0;
  std::map<protocol::ticket, open_request> open_;
  bool tick_waits_ = false; ///< a `tick` is on its way
};

caf::behavior session(caf::stateful_actor<session_state>* self, node_ptr home,
                      std::shared_ptr<net::websocket_link> link,
                      session_start how);

} // namespace convoy::actors
