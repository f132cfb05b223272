// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"
#include "actors/store/store.hpp"

#include <string>
#include <string_view>

namespace convoy::actors::store {

/// Inserts or replaces a connection, its password sealed under `key`, without
/// its conversations.
void write_connection(statements& db, std::string_view key,
                      protocol::user_id user,
                      const protocol::connection_record& connection);

/// Inserts or replaces a conversation, its key sealed under `key`.
void write_conversation(statements& db, std::string_view key,
                        protocol::user_id user,
                        const std::string& connection_id,
                        const protocol::conversation& conversation);

} // namespace convoy::actors::store
