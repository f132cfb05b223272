// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/console.hpp"
#include "actors/command_line/parse.hpp"

namespace convoy::actors::command_line {

/// Copies a store into another that is empty, and compares the copy. Unless it
/// may be running, nobody may use either. Throws with the place and the reason;
/// then nothing is copied.
void move_store(const command& what, const console& io);

} // namespace convoy::actors::command_line
