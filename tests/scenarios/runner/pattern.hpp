// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json.hpp"
#include "variables.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoy::scenarios {

/// Why `value` is not what `pattern` says, with the place (`/errors/0/message:
/// expected …`); nothing when it is, and then `$names` that were not bound are.
/// Strings in a pattern may hold `$names` that are bound.
/// @throws script_error when the pattern cannot be used.
std::optional<std::string> mismatch(const json& pattern, const json& value,
                                    variables& names);

/// The same for one line of text: `*` is any run of bytes, `$name` a capture
/// or, once bound, its value, `~/regex/~` alone a regular expression, and
/// escapes are those of `unescape`. Two IRC lines that differ only in the colon
/// before a last parameter of one word are the same.
std::optional<std::string> mismatch(std::string_view pattern,
                                    std::string_view line, variables& names);

} // namespace convoy::scenarios
