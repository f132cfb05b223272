// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/secrets.hpp"

namespace convoy::actors {

struct hasher_state {
  static inline const char* name = "hasher";
};

/// Hashes and checks passwords, one at a time: that takes long and much memory
/// on purpose, so it has a thread of its own, which its spawner gives it.
caf::behavior hasher(caf::stateful_actor<hasher_state>* self,
                     password_cost cost);

} // namespace convoy::actors
