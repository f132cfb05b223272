// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// Whether `bytes` is well-formed UTF-8 (no surrogates, no overlong forms).
bool is_utf8(std::string_view bytes) noexcept;

/// `bytes` if they are UTF-8, else the same bytes read as Windows-1252 (the
/// five unassigned ones become U+FFFD), as UTF-8.
std::string to_utf8(std::string_view bytes);

/// Unicode lower case, independent of the locale; a conversation id is the name
/// in lower case (spec §5.9). Of text that is not UTF-8 only the ASCII letters
/// change.
std::string to_lower(std::string_view utf8);

/// ASCII letters only.
std::string to_lower_ascii(std::string_view text);
bool equal_ascii(std::string_view a, std::string_view b) noexcept;

/// Without white space at both ends. White space is ASCII's, here and below.
std::string_view trim(std::string_view text) noexcept;

/// Words between runs of white space.
std::vector<std::string_view> words(std::string_view text);

/// Takes the part up to the next `separator` off `rest`, and the separator.
std::string_view next_part(std::string_view& rest, char separator) noexcept;

/// The whole number that `text` is; nothing when it is none.
std::optional<std::uint64_t> whole_number(std::string_view text) noexcept;

/// Whether `name` is one of the words between the commas of `list`, whatever
/// the case of its ASCII letters.
bool lists(std::string_view list, std::string_view name) noexcept;

/// What `send` does to a text first (spec/events-and-irc.md §4.2, 1–3): control
/// characters but LF go, white space before a leading `/` goes, trailing CR and
/// LF go.
std::string clean_input(std::string_view text);

/// Whether `text` mentions `word`, case-insensitively, with boundaries tested
/// only next to word characters (spec §5.5). An empty word is never mentioned.
bool mentions(std::string_view text, std::string_view word);

/// Whether there is a word character in it, so that `mentions` can mean it.
bool has_word_character(std::string_view text) noexcept;

/// `line` cut into parts that each fit into `max_bytes` and are the line when
/// they are put together: behind a space, else between the characters that
/// people see, else between UTF-8 sequences. An empty line is one part.
std::vector<std::string_view> cut_line(std::string_view line,
                                       std::size_t max_bytes);

/// `text` cut into parts that each fit into `max_bytes` (spec §4.7, in bytes):
/// at LF, then at white space, where the parts are trimmed, then between the
/// characters that people see, then between UTF-8 sequences; never inside one,
/// not even when `max_bytes` is less than one needs. Empty lines at the end are
/// dropped, blank ones before it only when the whole text does not fit into
/// `max_bytes`.
std::vector<std::string> split_text(std::string_view text,
                                    std::size_t max_bytes);

} // namespace convoy::protocol
