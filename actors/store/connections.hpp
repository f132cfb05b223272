// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"
#include "actors/store/store.hpp"

#include <string>
#include <string_view>

namespace convoy::actors::store {

/// Inserts or replaces a connection, without its conversations; its password,
/// its certificate and its commands, in which people put passwords, are sealed
/// under `key`.
void write_connection(statements& db, std::string_view key,
                      protocol::user_id user,
                      const protocol::connection_record& connection);

/// Inserts or replaces a conversation, its key sealed under `key`.
void write_conversation(statements& db, std::string_view key,
                        protocol::user_id user,
                        const std::string& connection_id,
                        const protocol::conversation& conversation);

/// Seals the commands that were stored in the clear before schema 3.
void seal_commands(statements& db, std::string_view key);

} // namespace convoy::actors::store
