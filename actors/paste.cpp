// SPDX-License-Identifier: Apache-2.0
#include "actors/paste.hpp"

#include "actors/secrets.hpp"

#include <algorithm>

namespace convoy::actors {

namespace {

constexpr std::size_t shortest_name = 5;
constexpr std::size_t longest_name = 28;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_word(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

/// Behind a character's first byte (RFC 3629 §3).
bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// One letter for each of the line's first characters.
std::string letters_of(std::string_view line) {
  std::string result;
  for (const auto c : line) {
    if (is_continuation(c))
      continue;
    if (result.size() == longest_name)
      break;
    result += is_letter(c) ? static_cast<char>(c | 0x20) : '_';
  }
  return result;
}

} // namespace

std::string paste_name(std::string_view text) {
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    const auto* first = std::ranges::find_if(line, is_word);
    const auto name = letters_of({first, line.end()});
    if (name.size() >= shortest_name)
      return name + ".txt";
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return "paste.txt";
}

store::file_record make_paste(protocol::user_id user, std::string text,
                              protocol::timestamp now) {
  return {random_file_id(),
          user,
          paste_name(text),
          "text/plain; charset=utf-8",
          now,
          std::move(text)};
}

} // namespace convoy::actors
