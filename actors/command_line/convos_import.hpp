// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/console.hpp"
#include "actors/command_line/parse.hpp"
#include "protocol/time.hpp"

namespace convoy::actors::command_line {

/// Takes in what Convos 8 or 9 kept in a folder: accounts with their passwords'
/// hashes, connections, conversations, logs, notifications and files, each
/// user as a whole or not at all; then connection profiles and settings, as far
/// as there are none yet. Who is here already is left as they are. Refused
/// while a server uses the store. Throws at the end when somebody could not be
/// taken in; `io.err` says why, and names every line that was no message.
void import_convos(const command& what, const console& io,
                   protocol::timestamp now);

} // namespace convoy::actors::command_line
