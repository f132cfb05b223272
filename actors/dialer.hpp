// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/settings.hpp"

#include <deque>
#include <map>
#include <string>

namespace convoy::actors {

/// Keeps connects to one IRC host apart, for all users of the node (spec §6.3,
/// 4): the first goes at once, the next when the one before has ended and the
/// delay is over; after a connect that failed there is no delay.
class dialer_state {
public:
  static inline const char* name = "dialer";

  dialer_state(caf::stateful_actor<dialer_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(settings::seconds delay);

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
  void on_done(const dial_done& done);
  void on_down(const caf::down_msg& down);
  void pause(const std::string& host);
  void next(const std::string& host);

  caf::stateful_actor<dialer_state>* self_;
  settings::seconds delay_{};
  std::map<std::string, host_queue> hosts_;
};

caf::behavior dialer(caf::stateful_actor<dialer_state>* self,
                     settings::seconds delay);

} // namespace convoy::actors
