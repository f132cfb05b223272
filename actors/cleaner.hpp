// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/settings.hpp"

#include <functional>
#include <vector>

namespace convoy::actors {

struct cleaner_start {
  caf::actor archive;
  std::function<protocol::timestamp()> wall_clock;
  settings config;
};

/// Does what the store needs in the background: puts messages into the search
/// index, and deletes what is too old or too much. Each step is a small one of
/// its own, so that commits have their turn between.
class cleaner_state {
public:
  static inline const char* name = "cleaner";

  cleaner_state(caf::stateful_actor<cleaner_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(cleaner_start how);

private:
  /// A step; whether there is more of it to do.
  using chore = std::function<bool(store::database&)>;

  void on_tick();
  void begin_round();
  std::vector<chore> round();

  caf::stateful_actor<cleaner_state>* self_;
  cleaner_start how_;
  std::vector<chore> chores_; ///< that are left, the next one last
  protocol::timestamp next_round_{};
};

caf::behavior cleaner(caf::stateful_actor<cleaner_state>* self,
                      cleaner_start how);

} // namespace convoy::actors
