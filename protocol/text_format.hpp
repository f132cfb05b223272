// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace convoy::protocol {

/// What is wrong with `text` by a `format` of the API's schemas, or "":
/// `email` (white space around it is fine), `date-time` (whatever `parse_time`
/// reads), `nick` (what may name a person on IRC) and `word` (no white space,
/// no control characters, no `:` first). A format of another name takes any
/// text.
std::string_view format_problem(std::string_view format, std::string_view text);

} // namespace convoy::protocol
