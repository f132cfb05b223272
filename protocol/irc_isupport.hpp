// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/casemapping.hpp"
#include "protocol/irc_message.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace convoy::protocol {

/// What a server said about itself with 005, as far as it is of use here
/// (modern.ircdocs.horse/#rplisupport-parameters). Before that: the defaults.
struct irc_isupport {
  casemapping mapping = casemapping::rfc1459;
  /// PREFIX: `prefix_modes[i]` is the mode that shows as `prefix_signs[i]`.
  std::string prefix_modes = "qaohv";
  std::string prefix_signs = "~&@%+";
  std::string channel_types = "#&"; ///< CHANTYPES
  std::string status_signs = "@+";  ///< STATUSMSG
  /// CHANMODES: lists, always a parameter, a parameter when set, never.
  std::array<std::string, 4> channel_modes{"beI", "k", "l", "imnpst"};

  /// Takes the tokens of one 005 line; unknown and malformed ones are ignored.
  void apply(const irc_message& line);

  /// Whether the server takes `name` for a channel; `#` and `&` always are.
  bool is_channel(std::string_view name) const noexcept;

  /// `@+bob` is {"ov", "bob"}: all prefixes as mode letters, and what follows.
  std::pair<std::string, std::string_view>
  split_prefixes(std::string_view name) const;

  /// `@#chan` without its sign if it is a channel then (STATUSMSG).
  std::string_view without_status(std::string_view target) const noexcept;

  /// Whether `mode` is given to people: `o`, `v`, …
  bool is_user_mode(char mode) const noexcept;
  /// Whether `mode` comes with a parameter when set, or when not `set`, unset.
  bool takes_parameter(char mode, bool set) const noexcept;

private:
  void set(std::string_view key, std::string_view value);
};

} // namespace convoy::protocol
