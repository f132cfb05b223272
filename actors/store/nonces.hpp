// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"
#include "actors/store/store.hpp"

namespace convoy::actors::store {

/// Writes that a `send` begins or what it was answered. Throws `nonce_taken`
/// when it has begun already.
void write_nonce(statements& db, protocol::user_id user,
                 const nonce_record& nonce);

} // namespace convoy::actors::store
