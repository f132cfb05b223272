// SPDX-License-Identifier: Apache-2.0
#include "protocol/text.hpp"

#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <unigbrk.h>

namespace convoy::protocol {

namespace {

constexpr std::string_view white_space = " \t\n\v\f\r";

/// Windows-1252 from 0x80 to 0x9F; the rest of it is Latin-1.
constexpr std::array<char16_t, 32> cp1252{
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

const std::uint8_t* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

/// How many bytes at the start are ASCII, short of the last seven.
std::size_t ascii_prefix(std::string_view bytes) noexcept {
  std::size_t n = 0;
  for (std::uint64_t word = 0; n + sizeof word <= bytes.size();
       n += sizeof word) {
    std::memcpy(&word, bytes.data() + n, sizeof word);
    if ((word & 0x8080'8080'8080'8080U) != 0)
      break;
  }
  return n;
}

bool is_ascii(std::string_view bytes) noexcept {
  auto rest = bytes.substr(ascii_prefix(bytes));
  return std::all_of(rest.begin(), rest.end(),
                     [](char c) { return (c & 0x80) == 0; });
}

constexpr char lower_ascii(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// What `map` of libunistring makes of `text`; of text that is no UTF-8, only
/// the ASCII letters change.
std::string map_case(decltype(u8_tolower)* map, std::string_view text) {
  if (is_ascii(text) || !is_utf8(text))
    return to_lower_ascii(text);
  std::size_t size = 0;
  std::unique_ptr<std::uint8_t, decltype(&std::free)> mapped(
      map(bytes_of(text), text.size(), nullptr, nullptr, nullptr, &size),
      &std::free);
  if (!mapped)
    throw std::bad_alloc();
  return {reinterpret_cast<const char*>(mapped.get()), size};
}

/// Letters, marks, digits and connecting punctuation such as `_`.
bool is_word_character(ucs4_t c) noexcept {
  return uc_is_general_category_withtable(
      c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_Nd
             | UC_CATEGORY_MASK_Pc);
}

bool starts_with_word(std::string_view text) noexcept {
  ucs4_t c = 0;
  return !text.empty() && u8_mbtouc(&c, bytes_of(text), text.size()) > 0
         && is_word_character(c);
}

bool ends_with_word(std::string_view text) noexcept {
  ucs4_t c = 0;
  const auto* begin = bytes_of(text);
  return u8_prev(&c, begin + text.size(), begin) != nullptr
         && is_word_character(c);
}

/// The longest prefix of at most `max_bytes` that ends between two sequences,
/// but at least one sequence.
std::size_t whole_sequences(std::string_view text, std::size_t max_bytes) {
  auto continues = [text](std::size_t at) {
    return at < text.size() && (text[at] & 0xC0) == 0x80;
  };
  auto end = std::min(max_bytes, text.size());
  while (end > 0 && continues(end))
    --end;
  if (end == 0)
    do
      ++end;
    while (continues(end));
  return end;
}

/// The same, but it ends between two characters as people see them, where the
/// first of them is not too long for that.
std::size_t whole_characters(std::string_view text, std::size_t max_bytes) {
  const auto near = text.substr(0, whole_sequences(text, max_bytes + 4));
  std::string breaks(near.size(), '\0');
  u8_grapheme_breaks(bytes_of(near), near.size(), breaks.data());
  // Byte `i` starts a character if `breaks[i]` is 1.
  auto end = std::min(max_bytes, near.size() - 1);
  while (end > 0 && breaks[end] != 1)
    --end;
  return end > 0 ? end : whole_sequences(text, max_bytes);
}

/// Adds `line` in parts, cut at white space where there is any.
void split_line(std::string_view line, std::size_t max_bytes,
                std::vector<std::string>& out) {
  for (line = trim(line); line.size() > max_bytes;) {
    // Trimmed, so white space that is found has text before it.
    auto end = line.find_last_of(white_space, max_bytes);
    if (end == std::string_view::npos)
      end = whole_characters(line, max_bytes);
    out.emplace_back(trim(line.substr(0, end)));
    line = trim(line.substr(end));
  }
  if (!line.empty())
    out.emplace_back(line);
}

} // namespace

bool is_utf8(std::string_view bytes) noexcept {
  auto rest = bytes.substr(ascii_prefix(bytes));
  return rest.empty() || u8_check(bytes_of(rest), rest.size()) == nullptr;
}

std::string to_utf8(std::string_view bytes) {
  if (is_utf8(bytes))
    return std::string(bytes);
  std::string result;
  result.reserve(bytes.size() * 2);
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    ucs4_t code = byte >= 0x80 && byte < 0xA0 ? cp1252[byte - 0x80U] : byte;
    std::array<std::uint8_t, 4> sequence{};
    auto size = u8_uctomb(sequence.data(), code, sequence.size());
    result.append(reinterpret_cast<const char*>(sequence.data()),
                  static_cast<std::size_t>(size));
  }
  return result;
}

std::string to_lower(std::string_view utf8) {
  return map_case(&u8_tolower, utf8);
}

std::string to_lower_ascii(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower_ascii);
  return result;
}

bool equal_ascii(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return lower_ascii(x) == lower_ascii(y);
  });
}

std::string_view trim(std::string_view text) noexcept {
  auto first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> result;
  for (text = trim(text); !text.empty();) {
    auto end = std::min(text.find_first_of(white_space), text.size());
    result.push_back(text.substr(0, end));
    text = trim(text.substr(end));
  }
  return result;
}

std::string_view next_part(std::string_view& rest, char separator) noexcept {
  const auto end = std::min(rest.find(separator), rest.size());
  const auto part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

std::optional<std::uint64_t> whole_number(std::string_view text) noexcept {
  std::uint64_t result = 0;
  const auto* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, result);
  if (stop != end || problem != std::errc{})
    return std::nullopt;
  return result;
}

bool lists(std::string_view list, std::string_view name) noexcept {
  while (!list.empty())
    if (equal_ascii(next_part(list, ','), name))
      return true;
  return false;
}

std::string clean_input(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::copy_if(text.begin(), text.end(), std::back_inserter(result),
               [](char c) {
                 return c == '\n' || static_cast<unsigned char>(c) >= 0x20;
               });
  auto first = result.find_first_not_of(white_space);
  if (first != std::string::npos && result[first] == '/')
    result.erase(0, first);
  // No CR is left, so only LF can be at the end.
  result.erase(result.find_last_not_of('\n') + 1);
  return result;
}

bool has_word_character(std::string_view text) noexcept {
  while (!text.empty()) {
    ucs4_t c = 0;
    const auto length = u8_mbtouc(&c, bytes_of(text), text.size());
    if (is_word_character(c))
      return true;
    text.remove_prefix(static_cast<std::size_t>(length));
  }
  return false;
}

bool mentions(std::string_view text, std::string_view word) {
  if (word.empty())
    return false;
  const auto folded_word = map_case(&u8_casefold, word);
  const auto folded_text = map_case(&u8_casefold, text);
  std::string_view hay = folded_text;
  const auto bound_before = starts_with_word(folded_word);
  const auto bound_after = ends_with_word(folded_word);
  for (auto at = hay.find(folded_word); at != std::string_view::npos;
       at = hay.find(folded_word, at + 1)) {
    if (!(bound_before && ends_with_word(hay.substr(0, at)))
        && !(bound_after
             && starts_with_word(hay.substr(at + folded_word.size()))))
      return true;
  }
  return false;
}

std::vector<std::string_view> cut_line(std::string_view line,
                                       std::size_t max_bytes) {
  std::vector<std::string_view> parts;
  while (line.size() > max_bytes) {
    const auto space = max_bytes == 0 ? std::string_view::npos
                                      : line.find_last_of(' ', max_bytes - 1);
    const auto size = space == std::string_view::npos
                          ? whole_characters(line, max_bytes)
                          : space + 1;
    parts.push_back(line.substr(0, size));
    line.remove_prefix(size);
  }
  if (parts.empty() || !line.empty())
    parts.push_back(line);
  return parts;
}

std::vector<std::string> split_text(std::string_view text,
                                    std::size_t max_bytes) {
  const auto fits = text.size() <= max_bytes;
  std::vector<std::string> parts;
  while (true) {
    auto line = text.substr(0, text.find('\n'));
    if (fits || (line.size() <= max_bytes && !trim(line).empty()))
      parts.emplace_back(line);
    else
      split_line(line, max_bytes, parts);
    if (line.size() == text.size())
      break;
    text.remove_prefix(line.size() + 1);
  }
  while (!parts.empty() && parts.back().empty())
    parts.pop_back();
  return parts;
}

} // namespace convoy::protocol
