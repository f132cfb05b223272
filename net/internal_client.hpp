// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace convoy::net {

/// A request to the internal listener of a node.
struct internal_question {
  std::string host;
  std::uint16_t port = 0;
  std::string method; ///< "GET" or "POST"
  std::string target;
};

/// What it answered, or why it did not.
struct internal_answer {
  unsigned status = 0; ///< 0: there is no answer
  std::string body{};
  std::string problem{};  ///< why there is none: "cannot be reached: …"
  bool is_nobody = false; ///< for nobody listens there, or not any more
};

/// Asks once, not before `pause` is over, and waits for the answer, at most for
/// `deadline`.
internal_answer ask_internal(const internal_question& question,
                             std::chrono::milliseconds deadline,
                             std::chrono::milliseconds pause = {});

} // namespace convoy::net
