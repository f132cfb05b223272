// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::protocol {

/// What a `+` stands for in a percent-encoded text.
enum class plus_sign : bool { itself, space };

/// `text` percent-decoded (RFC 3986 §2.1). Nothing when an escape is bad, or
/// when the result holds NUL or is not UTF-8.
std::optional<std::string> percent_decode(std::string_view text,
                                          plus_sign plus = plus_sign::itself);

/// `text` with all but RFC 3986's unreserved characters percent-encoded.
std::string percent_encode(std::string_view text);

/// The pairs of `a=1&b=2` (application/x-www-form-urlencoded) in order; an item
/// without `=` has an empty value, empty items are skipped. Nothing when
/// `percent_decode` has nothing for a part.
std::optional<std::vector<std::pair<std::string, std::string>>>
parse_query(std::string_view query);

} // namespace convoy::protocol
