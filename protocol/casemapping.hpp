// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace convoy::protocol {

/// Which letters a server holds to be the same (ISUPPORT CASEMAPPING).
enum class casemapping : std::uint8_t {
  ascii,
  rfc1459,       ///< also {}|~ and []\^
  rfc1459_strict ///< also {}| and []\ but not ~ and ^
};

/// The mapping of that name; nothing when it is not known.
std::optional<casemapping> parse_casemapping(std::string_view name) noexcept;

/// `text` folded for comparison.
std::string fold(std::string_view text, casemapping mapping);

/// Whether two names are the same to the server.
bool equal(std::string_view a, std::string_view b,
           casemapping mapping) noexcept;

} // namespace convoy::protocol
