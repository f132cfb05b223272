// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <exception>
#include <functional>
#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

namespace convoy::actors::command_line {

/// What a command talks with its caller through.
struct console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  int terminal = -1; ///< file descriptor of `in`, -1 when nobody types there
  /// Whether somebody watches `err`, where progress may be shown then.
  bool err_is_watched = false;
  std::function<protocol::instant()> clock{}; ///< there when `err` is watched
};

/// A command failed for all of these reasons.
struct several_problems : std::exception {
  explicit several_problems(std::vector<std::string> why)
      : problems(std::move(why)) {
    // nop
  }
  const char* what() const noexcept override {
    return "there are several problems";
  }

  std::vector<std::string> problems;
};

/// Runs a command, and says on `io.err` why it failed or why the output could
/// not be written. The exit code: 0, or 1.
int run_and_explain(const console& io, const std::function<void()>& body);

/// One line of `in` that answers `question`, which is asked; "" when there is
/// none.
std::string ask(const console& io, const std::string& question);

/// One line of `in` without its end, not echoed when it is typed, for which
/// `question` asks then. Throws when there is none.
std::string read_password(const console& io, const std::string& question);

} // namespace convoy::actors::command_line
