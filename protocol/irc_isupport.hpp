// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/casemapping.hpp"
#include "protocol/irc_message.hpp"

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::protocol {

/// What a server said about itself with 005, as far as it is of use here
/// (modern.ircdocs.horse/#rplisupport-parameters). Before that: the defaults,
/// to which `-KEY` goes back. A key that comes again replaces what it said, so
/// all of it is bounded by the length of a line.
struct irc_isupport {
  /// A number without a limit.
  static constexpr std::size_t unlimited =
      std::numeric_limits<std::size_t>::max();

  casemapping mapping = casemapping::rfc1459;
  /// PREFIX: `prefix_modes[i]` is the mode that shows as `prefix_signs[i]`.
  std::string prefix_modes = "qaohv";
  std::string prefix_signs = "~&@%+";
  std::string channel_types = "#&"; ///< CHANTYPES
  std::string status_signs = "@+";  ///< STATUSMSG
  /// CHANMODES: lists, always a parameter, a parameter when set, never.
  std::array<std::string, 4> channel_modes{"beI", "k", "l", "imnpst"};
  // -- lengths, in bytes --
  std::size_t nick_length = unlimited; ///< NICKLEN
  /// LINELEN: of a line without its tags, CR LF included; at least 512.
  std::size_t line_length = max_irc_line;
  // -- how many --
  /// MODES: mode changes with a parameter in one line.
  std::size_t max_modes = 3;
  /// MONITOR: nicks that can be monitored; nothing: MONITOR is not known.
  std::optional<std::size_t> monitor;
  /// CHATHISTORY: messages in one answer; nothing: it is not known.
  std::optional<std::size_t> chathistory;
  // -- what it knows --
  std::string extended_bans;  ///< EXTBAN: `prefix,letters`, "" for none
  char bot_mode = 0;          ///< BOT: the user mode of bots, 0: none
  char ban_exceptions = 0;    ///< EXCEPTS: the list mode, 0: none
  char invite_exceptions = 0; ///< INVEX: the list mode, 0: none
  bool whox = false;          ///< WHOX: WHO takes fields
  bool utf8_only = false;     ///< UTF8ONLY

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
  /// Whether `mode` is a list of masks: `b`, …
  bool is_list_mode(char mode) const noexcept;
  /// Whether `mode` comes with a parameter when set, or when not `set`, unset.
  bool takes_parameter(char mode, bool set) const noexcept;

  /// How many targets one `command` (upper case) may name (TARGMAX, else
  /// MAXTARGETS); `otherwise` when the server did not say.
  std::size_t max_targets(std::string_view command,
                          std::size_t otherwise) const noexcept;
  /// Whether CHATHISTORY takes references of that kind: `msgid`, `timestamp`
  /// (MSGREFTYPES). Without the token it takes both.
  bool takes_reference(std::string_view kind) const noexcept;
  /// Whether clients may send the tag `+name` (CLIENTTAGDENY); `name` is
  /// without its `+`.
  bool allows_tag(std::string_view name) const noexcept;

private:
  std::string targets_;                        ///< TARGMAX as it came
  std::string references_ = "msgid,timestamp"; ///< MSGREFTYPES
  std::string denied_tags_;                    ///< CLIENTTAGDENY
  std::optional<std::size_t> default_targets_; ///< MAXTARGETS
};

} // namespace convoy::protocol
