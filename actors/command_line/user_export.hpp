// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/console.hpp"
#include "actors/command_line/parse.hpp"
#include "protocol/time.hpp"

namespace convoy::actors::command_line {

/// Writes all about one person, one JSON object a line, each with its `type`:
/// first `convoy-export` (version 1), then `account`, every `session`, `token`,
/// `connection` and `conversation`, every `event` of the journal as `/events`
/// has it, in order, every `file` with its content in base64, and at last `end`
/// with how many events and files there were, without which something is
/// missing. Times are ISO 8601 in UTC. What would let somebody in, here or on
/// IRC, is left out unless it is asked for: the password's hash, passwords,
/// client certificates, channel keys and the commands that run on connect.
/// Tokens themselves are not stored. A server may use the store meanwhile.
void export_user(const command& what, const console& io,
                 protocol::timestamp now);

} // namespace convoy::actors::command_line
