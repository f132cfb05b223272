// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"
#include "actors/store/store.hpp"

#include <optional>

namespace convoy::actors::store {

/// The highest id given so far; 0 when there is no user.
long long highest_user(statements& db);

/// Makes an account that has its id. False when the email is taken.
bool insert_account(statements& db, const protocol::account& account,
                    protocol::event_seq last_seq);

/// A user without connections.
std::optional<user_state> find_user(statements& db, protocol::user_id id);

} // namespace convoy::actors::store
