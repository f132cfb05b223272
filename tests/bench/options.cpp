// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/options.hpp"

#include <charconv>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace convoy::bench {

options::options(int argc, char** argv,
                 std::map<std::string, std::string> known)
    : values_(std::move(known)) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--") {
      command_.assign(argv + i + 1, argv + argc);
      return;
    }
    const auto equals = argument.find('=');
    if (!argument.starts_with("--") || equals == std::string_view::npos)
      throw std::invalid_argument("not --key=value: " + std::string(argument));
    const auto entry =
        values_.find(std::string(argument.substr(2, equals - 2)));
    if (entry == values_.end())
      throw std::invalid_argument("unknown option: " + std::string(argument));
    entry->second = argument.substr(equals + 1);
  }
}

const std::string& options::text(const std::string& key) const {
  return values_.at(key);
}

std::int64_t options::number(const std::string& key) const {
  const auto& value = values_.at(key);
  std::int64_t result = 0;
  const auto* end = value.data() + value.size();
  const auto parsed = std::from_chars(value.data(), end, result);
  if (parsed.ec != std::errc() || parsed.ptr != end)
    throw std::invalid_argument("--" + key + ": not a number: " + value);
  return result;
}

} // namespace convoy::bench
