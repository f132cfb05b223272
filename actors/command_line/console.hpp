// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>

namespace convoy::actors::command_line {

/// What a command talks with its caller through.
struct console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  int terminal = -1; ///< file descriptor of `in`, -1 when nobody types there
};

/// One line of `in` without its end, not echoed when it is typed, for which
/// `question` asks then. Throws when there is none.
std::string read_password(const console& io, const std::string& question);

} // namespace convoy::actors::command_line
