// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"

#include <string>

namespace convoy::actors {

/// Asks the archive, again and again, whether the store can be written, and
/// tells the directory when that changes. One question is open at a time.
/// Answers `ping_store` with what it knows.
class store_watch_state {
public:
  static inline const char* name = "store_watch";

  store_watch_state(caf::stateful_actor<store_watch_state>* self)
      : self_(self) {
    // nop
  }

  caf::behavior start(caf::actor archive, caf::actor directory);

private:
  void on_tick();
  void ask();
  void on_answer(const std::string& problem);

  caf::stateful_actor<store_watch_state>* self_;
  caf::actor archive_;
  caf::actor directory_;
  std::string problem_; ///< "" when all is well
  unsigned waited_ = 0; ///< ticks since the question that is open
  bool is_open_ = false;
};

caf::behavior store_watch(caf::stateful_actor<store_watch_state>* self,
                          caf::actor archive, caf::actor directory);

} // namespace convoy::actors
