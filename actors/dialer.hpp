// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/fleet_budget.hpp"
#include "actors/messages.hpp"
#include "actors/settings.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convoy::actors {

/// Policies that are kept; one more puts out the one that expires first.
inline constexpr std::size_t max_sts_policies = 10'000;

/// What the dialer begins with.
struct dialer_start {
  settings::seconds delay{}; ///< between two connects to one host
  std::function<protocol::timestamp()> wall_clock;
  caf::actor archive;
  std::vector<store::sts_policy> policies; ///< as they are stored
  caf::actor registry{};                   ///< of a fleet
};

/// Keeps connects to one IRC host apart, for all users of the node (spec §6.3,
/// 4): the first goes at once, the next when the one before has ended and the
/// delay is over; after a connect that failed there is no delay. In a fleet
/// each connect to a host from one address also takes its place among those of
/// all nodes, the delay apart; a node reserves one place at a time. It also
/// knows which hosts want TLS only (IRCv3 sts), for all users of the node: what
/// it grants says so.
class dialer_state {
public:
  static inline const char* name = "dialer";

  dialer_state(caf::stateful_actor<dialer_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(dialer_start how);

private:
  struct waiter {
    caf::actor connection;
    std::uint64_t attempt = 0;
    std::string local_address;
  };

  /// A place among the connects of all nodes that nobody has used yet.
  struct place {
    std::string local_address;
    protocol::instant when{};
  };

  /// What is going on with one host; forgotten when nothing is.
  struct host_queue {
    std::deque<waiter> waiting;
    waiter current;       ///< who may dial now; none when `pausing`
    bool pausing = false; ///< the delay after a connect runs
    bool asking = false;  ///< the fleet, for a place
    std::optional<place> reserved;
  };

  void on_request(const dial_request& wish);
  void on_seen(const sts_seen& what);
  void grant(const std::string& host, const waiter& who);
  void save(const std::string& host);
  void on_done(const dial_done& done);
  void on_down(const caf::down_msg& down);
  void pause(const std::string& host);
  void on_next(const std::string& host);
  void next(const std::string& host);
  void admit(const std::string& host);
  void on_place(const std::string& host, place where);
  void go_when_due(const std::string& host);

  caf::stateful_actor<dialer_state>* self_;
  settings::seconds delay_{};
  fleet_budget budget_;
  std::function<protocol::timestamp()> wall_clock_;
  caf::actor archive_;
  std::map<std::string, host_queue> hosts_;
  std::map<std::string, store::sts_policy> policies_;
};

caf::behavior dialer(caf::stateful_actor<dialer_state>* self, dialer_start how);

} // namespace convoy::actors
