// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/console.hpp"
#include "actors/command_line/parse.hpp"
#include "protocol/time.hpp"

namespace convoy::actors::command_line {

/// Runs one of the commands that take out, put in or check what a store holds:
/// `backup`, `restore`, `verify`, `export` and `import convos`. Returns the
/// exit code: 0, or 1 when `io.err` says what failed or was found to be wrong.
int run_store_command(const command& what, const console& io,
                      protocol::timestamp now);

/// Copies the store, which a server may use at the same time, into a file of
/// one's own. The key is not in it: with `with_key` it goes to `FILE.key`.
void back_up(const command& what, const console& io);

/// Puts such a copy where the store is, after it was found to be whole and to
/// go with the key. Refused while a server uses the store.
void restore(const command& what, const console& io);

/// Says on `io.err` all that is wrong with the store, and throws then.
void verify_store(const command& what, const console& io);

} // namespace convoy::actors::command_line
