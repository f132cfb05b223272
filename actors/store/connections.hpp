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

/// The columns of a conversation's row, and what becomes of one that is there.
inline constexpr const char* conversation_columns =
    "user_id, connection_id, id, name, topic, frozen, key_sealed, info, unread,"
    " notifications, read_seq, last_time, last_msgid";
inline constexpr const char* replace_conversation =
    " ON CONFLICT (user_id, connection_id, id) DO UPDATE SET"
    " name = excluded.name, topic = excluded.topic, frozen = excluded.frozen,"
    " key_sealed = excluded.key_sealed, info = excluded.info,"
    " unread = excluded.unread, notifications = excluded.notifications,"
    " read_seq = excluded.read_seq, last_time = excluded.last_time,"
    " last_msgid = excluded.last_msgid";

/// Seals the commands that were stored in the clear before schema 3.
void seal_commands(statements& db, std::string_view key);

} // namespace convoy::actors::store
