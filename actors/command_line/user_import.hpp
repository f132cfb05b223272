// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/console.hpp"
#include "actors/command_line/parse.hpp"
#include "actors/store/store.hpp"
#include "protocol/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors::command_line {

/// An account to be, with its password in the clear.
struct new_user {
  store::user_state state;
  std::string password;
  std::size_t line = 0; ///< of the file, the first is 1
};

/// What a file of new accounts holds.
struct import_file {
  std::vector<new_user> users;
  std::vector<std::string> problems; ///< `FILE:LINE: /path: message`
};

/// Whether a text may be a role, or the name of a conversation.
bool is_one_word(std::string_view text);

/// Reads one JSON object a line (blank lines are skipped): `email`, `password`,
/// and optionally `roles` and `connections`, each with a `url` and optionally
/// `conversations` (names, or objects with `name` and `key`),
/// `on_connect_commands` and `wanted_state`. `name` is the file's, for
/// problems.
import_file read_import(std::istream& in, const std::string& name,
                        protocol::timestamp now);

/// Makes the accounts of a file in one transaction, and then a session for each
/// when they are asked for. Throws `several_problems` or what the store throws.
void import_users(const command& what, const console& io,
                  protocol::timestamp now);

} // namespace convoy::actors::command_line
