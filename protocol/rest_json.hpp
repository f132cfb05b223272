// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/event.hpp"
#include "protocol/json_object.hpp"
#include "protocol/message_place.hpp"
#include "protocol/text_pattern.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// `{"errors":[{"message":…,"path":…}]}` (spec/rest-api.md §1).
std::string encode_errors(const std::vector<json_problem>& problems);

/// A page of history, oldest first (spec/rest-api.md §6, 14). `before` and
/// `after` are there when older or newer messages exist, and `before_seq` and
/// `after_seq` beside them, by which nothing is missed.
std::string encode_history(const std::vector<event>& messages,
                           const std::optional<message_place>& before,
                           const std::optional<message_place>& after);

/// A page of notifications, oldest first (§6, 22). With `before`, older ones
/// exist.
std::string encode_notifications(const std::vector<event>& messages,
                                 const std::optional<message_place>& before);

/// What a search has found (§6, 24), with the part of each message in which it
/// was. `cursor` asks for more; "" when there is no more.
std::string encode_search(const std::vector<event>& messages,
                          const text_pattern& pattern, std::string_view cursor);

} // namespace convoy::protocol
