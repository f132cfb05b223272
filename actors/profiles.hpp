// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"

#include <memory>
#include <vector>

namespace convoy::actors {

/// What the keeper of the profiles begins with.
struct profiles_start {
  caf::actor archive;
  caf::actor directory;
  std::vector<protocol::connection_profile> profiles; ///< as they are stored
  /// Tells the other nodes; null where there are none.
  caf::actor post_office{};
};

/// Keeps the connection profiles of a node (spec/rest-api.md §6, 19 to 21): all
/// share one copy, and a change goes to everybody once it is stored. What a
/// connection does by it takes effect when it connects the next time.
class profiles_state {
public:
  static inline const char* name = "profiles";

  profiles_state(caf::stateful_actor<profiles_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(profiles_start how);

private:
  template <class Message, class Change>
  caf::result<bool> store(Message what, Change change);
  void on_read_again();
  void keep(const std::vector<protocol::connection_profile>& known);

  caf::stateful_actor<profiles_state>* self_;
  caf::actor archive_;
  caf::actor directory_;
  caf::actor post_office_;
  std::shared_ptr<const profile_map> all_;
};

caf::behavior profiles(caf::stateful_actor<profiles_state>* self,
                       profiles_start how);

} // namespace convoy::actors
