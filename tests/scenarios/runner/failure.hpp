// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace convoy::scenarios {

/// A step did not come true. The text shows what was expected and what came.
struct failure : std::runtime_error {
  explicit failure(const std::string& text, std::string whose = {})
      : std::runtime_error(text), peer(std::move(whose)) {}

  std::string peer; ///< whose last items help to understand it, or ""
};

} // namespace convoy::scenarios
