// SPDX-License-Identifier: Apache-2.0
#include "protocol/search_wish.hpp"

#include "protocol/text.hpp"

#include <algorithm>

namespace convoy::protocol {

namespace {

constexpr std::string_view spaces = " \t\r\n\v\f";
constexpr std::string_view from_word = "from:";

/// Whether `word` is a filter, which it then sets.
bool take_filter(std::string_view word, search_wish& to) {
  if (word.size() > 1 && word.front() == '#') {
    to.conversation_id = to_lower(word);
    return true;
  }
  if (word.size() > 1 && word.front() == '@') {
    to.from = to_lower(word.substr(1));
    return true;
  }
  if (word.size() > from_word.size()
      && equal_ascii(word.substr(0, from_word.size()), from_word)) {
    to.from = to_lower(word.substr(from_word.size()));
    return true;
  }
  return false;
}

} // namespace

search_wish parse_search(std::string_view match) {
  search_wish result;
  std::string rest;
  while (!match.empty()) {
    auto end = match.front() == '"'
                   ? match.find('"', 1)
                   : std::min(match.find_first_of(spaces), match.size());
    if (match.front() == '"')
      end = end == std::string_view::npos ? match.size() : end + 1;
    const auto word = match.substr(0, end);
    if (!take_filter(word, result))
      (rest += word) += ' ';
    match.remove_prefix(std::min(end + (end == 0 ? 1 : 0), match.size()));
  }
  result.pattern = text_pattern{rest};
  return result;
}

} // namespace convoy::protocol
