// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/text_pattern.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoy::protocol {

/// What the `match` of a search says: `#channel`, `@nick` and `from:nick` are
/// filters, the last one of a kind counts (spec/rest-api.md §6, 24); the rest
/// is looked for.
struct search_wish {
  std::optional<std::string> conversation_id; ///< lower-cased
  std::string from;                           ///< lower-cased, "" for any
  text_pattern pattern;
};

search_wish parse_search(std::string_view match);

} // namespace convoy::protocol
