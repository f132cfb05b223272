// SPDX-License-Identifier: Apache-2.0
#include "protocol/text_format.hpp"

#include "protocol/email.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>

namespace convoy::protocol {

namespace {

bool is_printable(std::string_view text) {
  return std::ranges::none_of(
      text, [](unsigned char c) { return c <= ' ' || c == 0x7f; });
}

bool is_nick(std::string_view text) {
  return !text.empty() && is_printable(text)
         && text.find_first_of(",:") == std::string_view::npos;
}

bool is_word(std::string_view text) {
  return is_printable(text) && !text.starts_with(':');
}

bool is_time(std::string_view text) {
  timestamp ignored;
  return parse_time(text, ignored);
}

bool is_address(std::string_view text) {
  return is_email(trim(text));
}

struct known_format {
  std::string_view name;
  bool (*fits)(std::string_view text);
  std::string_view problem;
};

constexpr known_format formats[] = {
    {"date-time", is_time, "Expected a time such as 2026-11-22T07:01:18Z."},
    {"email", is_address, "Does not match email format."},
    {"nick", is_nick, "Expected a nick."},
    {"word", is_word, "Expected a word."},
};

} // namespace

std::string_view format_problem(std::string_view format,
                                std::string_view text) {
  const auto* found = std::ranges::find(formats, format, &known_format::name);
  return found == std::end(formats) || found->fits(text) ? "" : found->problem;
}

} // namespace convoy::protocol
