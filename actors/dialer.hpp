// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/settings.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
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
};

/// Keeps connects to one IRC host apart, for all users of the node (spec §6.3,
/// 4): the first goes at once, the next when the one before has ended and the
/// delay is over; after a connect that failed there is no delay. It also knows
/// which hosts want TLS only (IRCv3 sts), for all users of the node: what it
/// grants says so.
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
  };

  /// What is going on with one host; forgotten when nothing is.
  struct host_queue {
    std::deque<waiter> waiting;
    waiter current;       ///< who may dial now; none when `pausing`
    bool pausing = false; ///< the delay after a connect runs
  };

  void on_request(const dial_request& wish);
  void on_seen(const sts_seen& what);
  void grant(const std::string& host, const waiter& who);
  void save(const std::string& host);
  void on_done(const dial_done& done);
  void on_down(const caf::down_msg& down);
  void pause(const std::string& host);
  void next(const std::string& host);

  caf::stateful_actor<dialer_state>* self_;
  settings::seconds delay_{};
  std::function<protocol::timestamp()> wall_clock_;
  caf::actor archive_;
  std::map<std::string, host_queue> hosts_;
  std::map<std::string, store::sts_policy> policies_;
};

caf::behavior dialer(caf::stateful_actor<dialer_state>* self, dialer_start how);

} // namespace convoy::actors
