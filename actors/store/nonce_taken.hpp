// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/store.hpp"

namespace convoy::actors::store {

/// A `send` cannot begin: somebody else has begun one with its nonce.
class nonce_taken : public store_conflict {
  using store_conflict::store_conflict;
};

} // namespace convoy::actors::store
