// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/console.hpp"
#include "actors/command_line/parse.hpp"
#include "protocol/time.hpp"

namespace convoy::actors::command_line {

/// Runs one of the `convoy user` commands upon the store, which a server may
/// use at the same time. Returns the exit code: 0, or 1 when `io.err` says what
/// failed. `now` is when accounts and sessions begin.
int run_user_command(const command& what, const console& io,
                     protocol::timestamp now);

} // namespace convoy::actors::command_line
