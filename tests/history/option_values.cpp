// SPDX-License-Identifier: Apache-2.0
#include "tests/history/option_values.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace convoy::history {

std::uint64_t number(const std::string& option, const std::string& value) {
  std::uint64_t result = 0;
  const auto* end = value.data() + value.size();
  const auto [at, error] = std::from_chars(value.data(), end, result);
  if (error != std::errc() || at != end)
    throw std::invalid_argument(option + ": not a number: " + value);
  return result;
}

std::uint64_t count(const std::string& option, const std::string& value) {
  const auto result = number(option, value);
  if (result == 0)
    throw std::invalid_argument(option + ": at least 1");
  return result;
}

std::string word(const std::string& option, const std::string& value,
                 std::string_view known) {
  const auto padded = ' ' + std::string(known) + ' ';
  if (value.empty() || padded.find(' ' + value + ' ') == padded.npos)
    throw std::invalid_argument(option + ": one of " + std::string(known)
                                + ", not " + value);
  return value;
}

std::set<std::string> words(const std::string& option, const std::string& value,
                            std::string_view known) {
  std::set<std::string> result;
  for (std::size_t begin = 0; begin < value.size();) {
    const auto end = std::min(value.find(',', begin), value.size());
    result.insert(word(option, value.substr(begin, end - begin), known));
    begin = end + 1;
  }
  return result;
}

} // namespace convoy::history
