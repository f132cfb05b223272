// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/backoff.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "net/metrics.hpp"
#include "protocol/connection_url.hpp"
#include "protocol/irc_session.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <string>

namespace convoy::actors {

/// What a connection's actor begins with.
struct connection_start {
  caf::actor user;
  protocol::user_id user_id{};
  std::string email;
  protocol::connection_record record;
  protocol::connection_profile profile; ///< of its network
  std::string remote_address;           ///< where the person was seen last
  std::string network; ///< what it is counted by; "" when that is not known
};

/// One IRC connection (design §2): drives the sans-I/O session with lines, time
/// and commands, and decides when to dial. Life: `offline`, `queued` for the
/// dialer, `dialing`, `online`, `closing`, and `backing_off` between tries.
class irc_connection_state {
public:
  static inline const char* name = "irc_connection";

  irc_connection_state(caf::stateful_actor<irc_connection_state>* self)
      : self_(self) {
    // nop
  }
  ~irc_connection_state();

  caf::behavior start(node_ptr home, connection_start how);

private:
  /// What follows once the connection is closed.
  enum class afterwards { rest, connect, end };

  /// Events and answers that wait until lines are on the wire.
  struct unwritten {
    std::uint64_t mark = 0;
    std::vector<protocol::event> events;
    std::vector<protocol::irc_answer> answers;
  };

  // -- life cycle -------------------------------------------------------------

  caf::behavior offline();
  caf::behavior queued();
  caf::behavior dialing();
  caf::behavior online();
  caf::behavior closing();
  caf::behavior backing_off();
  caf::message_handler anytime();

  void request_dial();
  void on_place(const dial_place& place);
  void dial(const dial_granted& granted);
  void on_connected(const irc_connected& up);
  void on_lost(const std::string& reason, protocol::irc_end end);
  void on_closed();
  void disconnect(afterwards then);
  void leave_dialer(bool success);
  void drop_link(const std::string& reason);
  void on_leave(const leave& how);
  void count_as(net::irc_phase phase);

  // -- who and where (irc_identity.cpp) ---------------------------------------

  void ensure_certificate(const protocol::connection_url& url);
  void identify(protocol::irc_settings& who,
                const protocol::connection_url& url) const;
  net::irc_endpoint endpoint(const dial_granted& granted) const;
  void obey(const protocol::irc_sts& said);
  void renew_policy();

  // -- commands ---------------------------------------------------------------

  void on_execute(const execute& what);
  void want(bool wanted);
  void connect_command(protocol::ticket to);
  void dial_for(protocol::ticket to);
  void disconnect_command(protocol::ticket to);
  void reconnect_command(protocol::ticket to);
  void answer(protocol::ticket to, std::string error = {});
  void on_reconfigure(const reconfigure& what);
  void on_paste_saved(const paste_saved& what);
  void on_person_read(const person_read& what);

  // -- steps ------------------------------------------------------------------

  void on_lines(const irc_lines& batch);
  void receive(const irc_lines& batch);
  void on_written(std::uint64_t mark);
  void on_committed(std::size_t count);
  void pause_reading(bool paused);
  void on_tick();
  void change_state(protocol::connection_state state,
                    const std::string& message);
  /// With lines, `received` is when they came.
  void run(protocol::irc_steps& steps, protocol::instant received = {});
  void schedule();
  void report(connection_output output);
  std::string network() const;
  void tell_lists(protocol::irc_steps& steps);
  protocol::irc_settings session_settings() const;
  std::string wanted_nick_now() const;
  protocol::moment now() const;

  caf::stateful_actor<irc_connection_state>* self_;
  node_ptr node_;
  caf::actor user_;
  std::string email_;
  protocol::user_id user_id_{};
  protocol::connection_record record_;
  protocol::connection_profile profile_;
  std::optional<protocol::irc_session> session_;
  backoff backoff_{{}, {}};
  std::minstd_rand dice_;
  std::shared_ptr<net::irc_link> link_;
  /// Why the server is about to end the connection, by its own words.
  std::optional<protocol::irc_end> farewell_;
  std::uint64_t attempt_ = 0; ///< names the socket that is current
  std::uint64_t last_mark_ = 0;
  std::deque<unwritten> unwritten_;
  std::size_t uncommitted_ = 0;
  bool reading_paused_ = false; ///< until the store has caught up
  /// The host for which the dialer waits for our `dial_done`.
  std::optional<std::string> dialer_host_;
  bool queued_ = false; ///< behind others who want to that host
  std::string remote_address_;
  std::string network_label_;
  net::irc_phase phase_ = net::irc_phase::offline;
  net::presence counted_;
  net::presence counted_in_queue_;
  protocol::instant connected_since_{};
  /// Where TLS is, since the server has said that it wants that.
  std::optional<std::uint16_t> upgrade_port_;
  std::optional<protocol::irc_sts> policy_; ///< of the server that is on
  bool is_secure_ = false;                  ///< with TLS
  bool is_verified_ =
      false; ///< with a certificate that an authority vouches for
  std::optional<protocol::instant> next_tick_;
  std::optional<protocol::ticket> connect_ticket_;
  std::optional<protocol::ticket> disconnect_ticket_;
  afterwards then_ = afterwards::rest;
};

caf::behavior irc_connection(caf::stateful_actor<irc_connection_state>* self,
                             node_ptr home, connection_start how);

} // namespace convoy::actors
