// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

// Values of options, which are in the text of what is thrown
// (std::invalid_argument) when they are wrong.
namespace convoy::history {

std::uint64_t number(const std::string& option, const std::string& value);

/// At least 1.
std::uint64_t count(const std::string& option, const std::string& value);

/// One of the words that stand between spaces in `known`.
std::string word(const std::string& option, const std::string& value,
                 std::string_view known);

/// Some of them, with commas between.
std::set<std::string> words(const std::string& option, const std::string& value,
                            std::string_view known);

} // namespace convoy::history
