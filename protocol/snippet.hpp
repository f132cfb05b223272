// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/text_pattern.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::protocol {

/// The part of a message in which something was found.
struct snippet {
  std::string text; ///< plain; with `…` where something was left out
  /// Where what was looked for stands in `text`: begin and length in UTF-16
  /// units, which is what JavaScript counts in.
  std::vector<std::pair<std::size_t, std::size_t>> matches;
};

/// Some words around the first thing in `message` that `pattern` asks for; its
/// beginning when there is none.
snippet make_snippet(std::string_view message, const text_pattern& pattern);

} // namespace convoy::protocol
