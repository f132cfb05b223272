// SPDX-License-Identifier: Apache-2.0
#include "tests/history/judgement.hpp"

#include "tests/history/check.hpp"
#include "tests/history/faults.hpp"

#include <algorithm>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>

namespace convoy::history {

namespace {

constexpr std::size_t most_shown = 30;

/// Whether the checker finds what was planted on the way.
bool finds_planted(const std::string& plant,
                   const std::vector<violation>& found) {
  static const std::map<std::string, promise> expected{
      {"drop-frame", promise::numbered_once},
      {"repeat-frame", promise::numbered_once},
      {"swap-frames", promise::numbered_once},
      {"repeat-line", promise::numbered_once},
      {"forget-last", promise::numbered_once},
      {"change-row", promise::committed_before_shown},
      {"count-once-more", promise::counted},
      {"second-connection", promise::one_connection}};
  const auto is_found = std::ranges::any_of(found, [&](const auto& each) {
    return each.broken == expected.at(plant);
  });
  std::cout << (is_found ? "found " : "NOT FOUND: ") << plant << '\n';
  return is_found;
}

/// Whether the checker would have seen it, had this run not been good.
bool sees_faults(const std::vector<fact>& facts) {
  std::size_t applied = 0;
  const auto missed = missed_faults(facts, applied);
  std::cout << "planted " << applied << " faults in the record, missed "
            << missed.size() << '\n';
  for (const auto* each : missed)
    std::cout << "MISSED: " << each << '\n';
  return missed.empty();
}

} // namespace

void print(const tally& counts) {
  std::cout << "lines " << counts.lines << ", events " << counts.events
            << ", sessions " << counts.sessions << ", resumes "
            << counts.resumes << ", too slow " << counts.slow << ", kills "
            << counts.kills << ", stops " << counts.stops << ", store stalls "
            << counts.stalls << " and failures " << counts.failures
            << ", IRC drops " << counts.irc_drops << " and quits "
            << counts.quits << "\nsends " << counts.sends << ", repeats "
            << counts.repeats << ", sent " << counts.sent << ", refused "
            << counts.refusals << ", unknown " << counts.unknowns << '\n';
}

bool judge(const std::vector<fact>& facts, const std::string& plant,
           bool self_test) {
  const auto found = check(facts);
  if (!plant.empty())
    return finds_planted(plant, found);
  for (std::size_t i = 0; i < std::min(found.size(), most_shown); ++i)
    std::cout << to_string(found[i]) << '\n';
  std::cout << facts.size() << " facts, " << found.size() << " violations\n";
  return found.empty() && (!self_test || sees_faults(facts));
}

void keep_facts(const std::vector<fact>& facts, const std::string& path) {
  std::ofstream out(path);
  for (const auto& each : facts)
    out << to_json(each) << '\n';
}

bool succeeds(const std::function<void()>& what) {
  try {
    what();
    return true;
  } catch (const std::exception& why) {
    std::cout << "FAILED: " << why.what() << '\n';
    return false;
  }
}

} // namespace convoy::history
