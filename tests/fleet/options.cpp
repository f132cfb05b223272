// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/options.hpp"

#include "tests/history/option_values.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>

namespace convoy::fleet {

namespace {

using namespace history;

constexpr const char* all_faults = "kill bus postgres freeze cut-postgres "
                                   "cut-bus cut-all vanish clock drain uneven "
                                   "schema";

} // namespace

options read_options(const std::vector<std::string>& arguments) {
  options result;
  result.seed = std::random_device()();
  std::string faults = all_faults;
  std::ranges::replace(faults, ' ', ',');
  for (const auto& each : arguments) {
    const auto equals = std::min(each.find('='), each.size());
    const auto name = each.substr(0, equals);
    const auto value = each.substr(std::min(equals + 1, each.size()));
    if (name == "--convoy")
      result.convoy = value;
    else if (name == "--seed")
      result.seed = number(name, value);
    else if (name == "--nodes")
      result.nodes = count(name, value);
    else if (name == "--users")
      result.users = count(name, value);
    else if (name == "--seconds")
      result.duration = std::chrono::seconds(number(name, value));
    else if (name == "--lease")
      result.lease = std::chrono::seconds(count(name, value));
    else if (name == "--faults")
      faults = value;
    else if (name == "--record")
      result.record = value;
    else if (name == "--dump")
      result.dump = value;
    else if (each == "--self-test")
      result.self_test = true;
    else if (name == "--plant")
      result.plant = word(name, value,
                          "drop-frame repeat-frame swap-frames repeat-line "
                          "second-connection");
    else
      throw std::invalid_argument("unknown option " + name);
  }
  result.faults = words("--faults", faults, all_faults);
  if (result.convoy.empty())
    throw std::invalid_argument("--convoy=PROGRAM is missing");
  return result;
}

const char* usage() noexcept {
  return "usage: convoy_fleet --convoy=PROGRAM [--seed=N] [--nodes=N]\n"
         "  [--users=N] [--seconds=N] [--lease=SECONDS] [--record=FOLDER]\n"
         "  [--dump=FILE] [--self-test]\n"
         "  [--faults=kill,bus,postgres,freeze,cut-postgres,cut-bus,cut-all,\n"
         "    vanish,clock,drain,uneven,schema]\n"
         "  [--plant=drop-frame|repeat-frame|swap-frames|repeat-line|\n"
         "    second-connection]\n";
}

} // namespace convoy::fleet
