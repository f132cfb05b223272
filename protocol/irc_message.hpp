// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::protocol {

/// Longest line without its tags, CR LF included (RFC 1459 §2.3).
inline constexpr std::size_t max_irc_line = 512;
/// Longest line from a server that is read, without its tags and CR LF. Servers
/// send more than 512 bytes when they announce LINELEN or count characters.
inline constexpr std::size_t max_irc_body = 4096;
/// Longest tags of a line from a server, `@` and the space included (IRCv3
/// message-tags).
inline constexpr std::size_t max_irc_tags = 8191;
/// Longest tags a client may send, `@` and the space included (IRCv3
/// message-tags).
inline constexpr std::size_t max_irc_client_tags = 4096;

/// The prefix of a line, taken apart: `nick!user@host`, or a server's name.
struct irc_source {
  std::string_view nick; ///< nick or server name
  std::string_view user;
  std::string_view host;
  /// Whether there was a `!`, which only people have.
  bool is_person = false;
};

/// Splits `nick!user@host`; the views point into `source`.
irc_source split_source(std::string_view source) noexcept;

/// One IRC line, parsed (RFC 1459 §2.3.1, modern.ircdocs.horse/#messages).
/// All text is valid UTF-8: bytes that are not are read as Windows-1252, the
/// whole line at once.
struct irc_message {
  /// Unescaped. The parser sorts them by key and keeps the last of equal keys;
  /// a tag without a value and one with an empty value are the same.
  std::vector<std::pair<std::string, std::string>> tags;
  std::string source;  ///< without the colon; "" when there was none
  std::string command; ///< upper-case word or three digits
  std::vector<std::string> params;

  /// The `n`th parameter, or "" when there are fewer.
  std::string_view param(std::size_t n) const noexcept;
  /// The last parameter, or "".
  std::string_view last() const noexcept;
  /// The parameters from `n` on, joined by one space.
  std::string joined(std::size_t n) const;
  /// The value of tag `key`; nothing when the tag is missing.
  std::optional<std::string_view> tag(std::string_view key) const noexcept;
};

/// Parses one line without its CR LF; runs of spaces count as one. Nothing when
/// it holds no command (letters or three digits), a NUL, CR or LF, or is longer
/// than `max_irc_tags` and `max_irc_body` allow.
std::optional<irc_message> parse_irc_line(std::string_view line);

/// The line for `message`, without CR LF; the last parameter gets a colon when
/// it needs one. Nothing when a part holds CR, LF or NUL (a tag's value may
/// hold CR and LF: they are escaped), when the command or a tag's key is none,
/// when the source or a parameter other than the last holds a space, when such
/// a parameter is empty or starts with a colon, or when the line would be
/// longer than 512 bytes without its tags, or these than `max_irc_client_tags`.
std::optional<std::string> format_irc_line(const irc_message& message);

} // namespace convoy::protocol
