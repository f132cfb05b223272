// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace convoy::protocol {

/// A CTCP text taken apart (modern.ircdocs.horse/ctcp.html): `\x01PING 1\x01`
/// is {"PING", "1"}.
struct irc_ctcp {
  std::string command;   ///< upper case
  std::string_view args; ///< a view into the text
};

/// Nothing when `text` is no CTCP. The delimiter at its end may be missing.
std::optional<irc_ctcp> parse_ctcp(std::string_view text);

} // namespace convoy::protocol
