// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"
#include "actors/store/store.hpp"

#include <optional>

namespace convoy::actors::store {

/// Whether there is an account, even one that is disabled.
bool has_users(statements& db);

/// An id that no user has or had. Part of the transaction that makes the user.
protocol::user_id new_user_id(statements& db);

/// Makes an account that has its id. False when the email is taken.
bool insert_account(statements& db, const protocol::account& account,
                    protocol::event_seq last_seq);

/// A user without connections.
std::optional<user_state> find_user(statements& db, protocol::user_id id);

} // namespace convoy::actors::store
