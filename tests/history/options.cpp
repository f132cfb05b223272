// SPDX-License-Identifier: Apache-2.0
#include "tests/history/options.hpp"

#include "tests/history/option_values.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>

namespace convoy::history {

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
      result.faults =
          words(name, value, "kill stop stall fail drop quit flood");
    else if (name == "--record")
      result.record = value;
    else if (each == "--self-test")
      result.self_test = true;
    else if (name == "--plant")
      result.plant =
          word(name, value,
               "drop-frame repeat-frame swap-frames repeat-line forget-last "
               "change-row count-once-more");
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
         "  [--faults=kill,stop,stall,fail,drop,quit,flood]\n"
         "  [--plant=drop-frame|repeat-frame|swap-frames|repeat-line\n"
         "          |forget-last|change-row|count-once-more]\n";
}

} // namespace convoy::history
