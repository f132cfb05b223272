// SPDX-License-Identifier: Apache-2.0
#include "tests/history/options.hpp"

#include <algorithm>
#include <charconv>
#include <random>
#include <stdexcept>
#include <string_view>

namespace convoy::history {

namespace {

std::uint64_t number(const std::string& option, const std::string& value) {
  std::uint64_t result = 0;
  const auto* end = value.data() + value.size();
  const auto [at, error] = std::from_chars(value.data(), end, result);
  if (error != std::errc() || at != end)
    throw std::invalid_argument(option + ": not a number: " + value);
  return result;
}

std::size_t count(const std::string& option, const std::string& value) {
  const auto result = number(option, value);
  if (result == 0)
    throw std::invalid_argument(option + ": at least 1");
  return result;
}

/// One of the words that stand between spaces in `known`.
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

} // namespace

options read_options(const std::vector<std::string>& arguments) {
  options result;
  result.seed = std::random_device()();
  for (const auto& each : arguments) {
    const auto equals = std::min(each.find('='), each.size());
    const auto name = each.substr(0, equals);
    const auto value = each.substr(std::min(equals + 1, each.size()));
    if (name == "--convoy")
      result.convoy = value;
    else if (name == "--seed")
      result.seed = number(name, value);
    else if (name == "--seconds")
      result.duration = std::chrono::seconds(count(name, value));
    else if (name == "--users")
      result.users = count(name, value);
    else if (name == "--clients")
      result.clients = count(name, value);
    else if (name == "--faults")
      result.faults = words(name, value, "kill stall fail drop flood");
    else if (name == "--record")
      result.record = value;
    else if (each == "--self-test")
      result.self_test = true;
    else if (name == "--plant")
      result.plant =
          word(name, value, "drop-frame repeat-frame swap-frames repeat-line");
    else
      throw std::invalid_argument("unknown option " + name);
  }
  if (result.convoy.empty())
    throw std::invalid_argument("--convoy=PROGRAM is missing");
  return result;
}

const char* usage() noexcept {
  return "usage: convoy_history --convoy=PROGRAM [--seed=N] [--seconds=N]\n"
         "  [--users=N] [--clients=N] [--record=FILE] [--self-test]\n"
         "  [--faults=kill,stall,fail,drop,flood]\n"
         "  [--plant=drop-frame|repeat-frame|swap-frames|repeat-line]\n";
}

} // namespace convoy::history
