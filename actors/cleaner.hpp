// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/settings.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace convoy::actors {

struct cleaner_start {
  caf::actor archive;
  std::function<protocol::timestamp()> wall_clock;
  settings config;
  caf::actor homes{}; ///< of a fleet, where one node does it for all
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
  /// What a step has done.
  struct progress {
    bool is_more = false; ///< to do
    std::size_t deleted = 0;
  };
  struct chore {
    const char* of; ///< what it deletes, as the log calls it; "" for nothing
    std::function<progress(store::database&)> step;
  };

  /// Deletions of people that were cut short: those that are there at the
  /// start, and later those that were there a round ago. Used where the store
  /// is.
  struct unfinished_deletion {
    bool is_start = true;
    std::optional<protocol::user_id> last{};
    /// Whether there is more to do.
    bool go_on(store::database& db);
  };

  void on_tick();
  void go_on();
  void begin_round();
  std::vector<chore> round();
  void note(progress done);

  caf::stateful_actor<cleaner_state>* self_;
  cleaner_start how_;
  std::vector<chore> chores_; ///< that are left, the next one last
  protocol::timestamp next_round_{};
  std::shared_ptr<unfinished_deletion> dying_ =
      std::make_shared<unfinished_deletion>();
  std::map<std::string, std::size_t> deleted_; ///< in this round, of what
};

caf::behavior cleaner(caf::stateful_actor<cleaner_state>* self,
                      cleaner_start how);

} // namespace convoy::actors
