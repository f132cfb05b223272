// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"

#include <string>

namespace convoy::actors::store {

/// Who has somebody whose home is `epoch`, as the end of a sentence.
std::string describe_home(statements& db, node_epoch epoch);

/// Makes others who lock that user, or write their journal, wait for the end of
/// the transaction.
void lock_user(statements& db, protocol::user_id user);

/// Whether a row of `users` is of somebody who lives at `:home`, or homeless.
inline constexpr const char* is_nobody_elses =
    " (home_epoch = :home OR home_epoch NOT IN (SELECT epoch FROM nodes))";

} // namespace convoy::actors::store
