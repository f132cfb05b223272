// SPDX-License-Identifier: Apache-2.0
#include "tests/history/chaos.hpp"
#include "tests/history/check.hpp"
#include "tests/history/faults.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

using namespace convoy::history;

namespace {

constexpr std::size_t most_shown = 30;

void keep_record(const std::string& path, const chaos& run) {
  std::ofstream facts(path);
  for (const auto& each : run.facts())
    facts << to_json(each) << '\n';
  std::ofstream(path + ".log") << run.log();
  std::cout << "the record is in " << path << ", the log of Convoy in " << path
            << ".log\n";
}

void print(const tally& counts) {
  std::cout << "lines " << counts.lines << ", events " << counts.events
            << ", sessions " << counts.sessions << ", resumes "
            << counts.resumes << ", too slow " << counts.slow << ", kills "
            << counts.kills << ", store stalls " << counts.stalls
            << " and failures " << counts.failures << ", IRC drops "
            << counts.irc_drops << "\nsends " << counts.sends << ", repeats "
            << counts.repeats << ", sent " << counts.sent << ", refused "
            << counts.refusals << ", unknown " << counts.unknowns << '\n';
}

/// Whether the checker finds what was planted on the way.
bool finds_planted(const std::string& plant,
                   const std::vector<violation>& found) {
  static const std::map<std::string, promise> expected{
      {"drop-frame", promise::numbered_once},
      {"repeat-frame", promise::numbered_once},
      {"swap-frames", promise::numbered_once},
      {"repeat-line", promise::numbered_once}};
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

/// Whether the history is as it should be.
bool judge(const options& how, const chaos& run) {
  const auto found = check(run.facts());
  print(run.counts());
  if (!how.plant.empty())
    return finds_planted(how.plant, found);
  for (std::size_t i = 0; i < std::min(found.size(), most_shown); ++i)
    std::cout << to_string(found[i]) << '\n';
  std::cout << run.facts().size() << " facts, " << found.size()
            << " violations\n";
  return found.empty() && (!how.self_test || sees_faults(run.facts()));
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

} // namespace

/// Exit code 1 when a promise was broken, 2 when the command line is wrong.
int main(int argc, char** argv) {
  options how;
  try {
    how = read_options({argv + 1, argv + argc});
  } catch (const std::exception& why) {
    std::cerr << why.what() << '\n' << usage();
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  // Convoy inherits it: a write that its file size limit forbids fails.
  std::signal(SIGXFSZ, SIG_IGN);
  std::cout << "seed " << how.seed << std::endl;
  chaos run(how);
  auto is_good = succeeds([&] { run.run(); });
  is_good = succeeds([&] { run.look_into_store(); }) && is_good;
  is_good = judge(how, run) && is_good;
  is_good = succeeds([&] { run.stop(); }) && is_good;
  if (!is_good)
    keep_record(how.record, run);
  std::cout << (is_good ? "passed\n" : "FAILED\n");
  return is_good ? 0 : 1;
}
