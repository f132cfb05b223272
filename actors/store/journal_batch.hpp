// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"

#include <string>

// What both ways to write a batch have in common.
namespace convoy::actors::store {

/// What an error of a batch begins with.
std::string append_to(protocol::user_id user);

/// Throws `store_conflict` unless its events are numbered one after the other.
void check_gapless(const statements& db, const journal_batch& batch);

/// Moves the user's numbering on. It must stand right before the batch, and
/// they must live at `home`: this is what keeps a second writer of the same
/// user out (P2).
void advance(statements& db, const journal_batch& batch, node_epoch home);

/// Throws a `store_conflict` that says why event `first` of somebody who should
/// live at `home` cannot be the next.
[[noreturn]] void refuse_to_follow(statements& db, protocol::user_id user,
                                   long long first, node_epoch home);

/// Throws `store_conflict` when somebody is there who does not live at `home`.
/// They stay where they are while the transaction lasts.
void must_live_at(statements& db, node_epoch home, protocol::user_id user,
                  std::string_view what);

/// Writes one conversation of a batch; an error names it.
void write_changed(statements& db, std::string_view key, protocol::user_id user,
                   const std::string& connection_id,
                   const protocol::conversation& conversation);

/// Writes what comes behind events and conversations.
void write_rest(statements& db, const journal_batch& batch);

} // namespace convoy::actors::store
