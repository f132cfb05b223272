// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace convoy::actors::command_line {

/// How many letters to insert, remove or replace to make `b` of `a`
/// (Levenshtein).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The word of `known` that is nearest to `wrong`, the first of equals; "" when
/// none is known.
std::string_view nearest(std::string_view wrong,
                         std::span<const std::string> known);

} // namespace convoy::actors::command_line
