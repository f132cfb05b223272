// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace convoy::actors::store {

/// What is to be different about a person.
struct account_change {
  std::optional<std::vector<std::string>> roles{};
  std::optional<std::vector<std::string>> highlight_keywords{};
  std::string password_hash{}; ///< "" for the one they have
};

} // namespace convoy::actors::store
