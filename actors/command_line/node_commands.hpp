// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/console.hpp"
#include "actors/command_line/parse.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace convoy::actors::command_line {

/// What a running node answered, or why it did not.
struct node_answer {
  unsigned status = 0; ///< 0: there is no answer
  std::string body{};
  std::string problem{};  ///< why there is none
  bool is_nobody = false; ///< for nobody listens there, or not any more
};

/// Asks the node's internal listener, after a pause.
using ask_node = std::function<node_answer(const std::string& method,
                                           const std::string& target,
                                           std::chrono::milliseconds pause)>;

/// Runs `convoy status` or `convoy drain`. Returns the exit code: 0; 1 when
/// `io.err` says what failed; and 3 from `status` when the node is there, but
/// is not ready.
int run_node_command(const command& what, const console& io,
                     const ask_node& ask);

} // namespace convoy::actors::command_line
