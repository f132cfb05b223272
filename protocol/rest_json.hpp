// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/event.hpp"
#include "protocol/json_object.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoy::protocol {

/// `{"errors":[{"message":…,"path":…}]}` (spec/rest-api.md §1).
std::string encode_errors(const std::vector<json_problem>& problems);

/// A page of history, oldest first (spec/rest-api.md §6, 14). `before` and
/// `after` are there when older or newer messages exist.
std::string encode_history(const std::vector<event>& messages,
                           std::optional<timestamp> before,
                           std::optional<timestamp> after);

} // namespace convoy::protocol
