// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/http.hpp"

#include <string>
#include <string_view>

namespace convoy::net {

/// Whether an error for this target is JSON: below `/api`, at `/events`, and
/// where the target is not known.
bool wants_json(std::string_view target) noexcept;

/// An error as JSON (`{"errors":[{"message":…,"path":…}]}`) or as a line of
/// text.
protocol::http_response error_answer(bool json, unsigned status,
                                     std::string_view message,
                                     std::string_view path = "/");

} // namespace convoy::net
