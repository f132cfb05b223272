// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "actors/secrets.hpp"
#include "net/metrics.hpp"

#include <memory>

namespace convoy::actors {

struct hasher_state {
  static inline const char* name = "hasher";
};

/// Hashes and checks passwords, one at a time: that takes long and much memory
/// on purpose, so it has a thread of its own, which its spawner gives it.
caf::behavior hasher(caf::stateful_actor<hasher_state>* self,
                     password_cost cost);

/// To be kept while the hasher has a password to do: so many wait for it.
inline std::shared_ptr<net::presence> wait_for_hash(const node& home) {
  return std::make_shared<net::presence>(home.meters->password_queue);
}

} // namespace convoy::actors
