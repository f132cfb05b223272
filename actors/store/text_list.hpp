// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors::store {

/// A list as one column: each item ends with LF; a backslash in an item is
/// doubled and an LF becomes `\n`. No item is no text.
std::string join_list(const std::vector<std::string>& items);

/// Reads what `join_list` wrote.
std::vector<std::string> split_list(std::string_view text);

} // namespace convoy::actors::store
