// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"
#include "protocol/event.hpp"

namespace convoy::actors::store {

/// Messages that a renaming takes to the new name, the newest ones: others
/// decide on it, so it must not cost more than a few lines do.
inline constexpr int max_moved_messages = 1000;
/// Messages of one id that are taken back, the newest ones: only a server that
/// lies gives an id to many.
inline constexpr int max_redacted_messages = 10;

/// Whether an event means anything for those before it.
bool amends(const protocol::event& event);

/// Does to earlier rows of the journal what `event` means for them: a message
/// that was taken back loses its text, and the messages of a channel that has
/// another name are found under that one.
void amend(statements& db, protocol::user_id user,
           const protocol::event& event);

} // namespace convoy::actors::store
