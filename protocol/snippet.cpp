// SPDX-License-Identifier: Apache-2.0
#include "protocol/snippet.hpp"

#include "protocol/folded_text.hpp"

#include <algorithm>

namespace convoy::protocol {

namespace {

/// In characters.
constexpr std::size_t before_first = 40;
constexpr std::size_t in_all = 160;

constexpr std::string_view ellipsis = "…";

bool continues(char c) noexcept {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// `count` characters on from `at`.
std::size_t forth(std::string_view text, std::size_t at, std::size_t count) {
  for (; at < text.size() && (count > 0 || continues(text[at])); ++at)
    if (!continues(text[at]))
      --count;
  return at;
}

std::size_t back(std::string_view text, std::size_t at, std::size_t count) {
  while (at > 0 && count > 0)
    if (!continues(text[--at]))
      --count;
  return at;
}

/// Of UTF-8: one unit a character, two beyond the first plane.
std::size_t utf16_units(std::string_view text) {
  std::size_t result = 0;
  for (const char c : text)
    if (!continues(c))
      result += static_cast<unsigned char>(c) >= 0xF0 ? 2 : 1;
  return result;
}

} // namespace

snippet make_snippet(std::string_view message, const text_pattern& pattern) {
  const auto folded = fold_with_origin(message);
  const auto marks = pattern.marks(folded.text);
  const auto first = marks.empty() ? 0 : folded.origin[marks.front().first];
  const auto begin = back(message, first, before_first);
  const auto end = forth(message, begin, in_all);
  snippet result;
  if (begin > 0)
    result.text += ellipsis;
  const auto shift = utf16_units(result.text);
  result.text += message.substr(begin, end - begin);
  if (end < message.size())
    result.text += ellipsis;
  for (const auto& [at, size] : marks) {
    const auto from = folded.origin[at];
    const auto to = std::min(folded.origin[at + size], end);
    if (from < to)
      result.matches.emplace_back(
          shift + utf16_units(message.substr(begin, from - begin)),
          utf16_units(message.substr(from, to - from)));
  }
  return result;
}

} // namespace convoy::protocol
