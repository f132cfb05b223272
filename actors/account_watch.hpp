// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"

#include <chrono>

namespace convoy::actors {

struct account_watch_start {
  caf::actor reader;
  caf::actor directory;
  std::chrono::milliseconds pause{}; ///< between two looks
  store::standing now;               ///< before anybody was started
};

/// Looks into the store for people whom another program has disabled, deleted,
/// enabled or given other roles, and tells the directory to let go of them, to
/// let them in, or to have them look who they are.
class account_watch_state {
public:
  static inline const char* name = "account_watch";

  account_watch_state(caf::stateful_actor<account_watch_state>* self)
      : self_(self) {
    // nop
  }

  caf::behavior start(account_watch_start how);

private:
  void look();
  void compare(store::standing now);

  caf::stateful_actor<account_watch_state>* self_;
  account_watch_start how_;
};

caf::behavior account_watch(caf::stateful_actor<account_watch_state>* self,
                            account_watch_start how);

} // namespace convoy::actors
