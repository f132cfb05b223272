// SPDX-License-Identifier: Apache-2.0
#include "scenario.hpp"

#include <csignal>
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

/// convoy_scenarios --convoy PROGRAM FILE…: runs each scenario; exit code 1
/// when one fails, 2 when the command line is wrong.
int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 3 || arguments[0] != "--convoy") {
    std::cerr << "usage: convoy_scenarios --convoy PROGRAM FILE...\n";
    return 2;
  }
  // A peer that went away is seen by the write that fails.
  std::signal(SIGPIPE, SIG_IGN);
  bool fine = true;
  for (std::size_t i = 2; i < arguments.size(); ++i) {
    auto report = convoy::scenarios::run_scenario(arguments[1], arguments[i]);
    std::cout << (report.empty() ? "passed " : "FAILED ") << arguments[i]
              << '\n'
              << report << std::flush;
    fine = fine && report.empty();
  }
  return fine ? 0 : 1;
}
