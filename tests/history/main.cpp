// SPDX-License-Identifier: Apache-2.0
#include "tests/history/chaos.hpp"
#include "tests/history/judgement.hpp"

#include <csignal>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>

using namespace convoy::history;

namespace {

void keep_record(const std::string& path, const chaos& run) {
  keep_facts(run.facts(), path);
  std::ofstream(path + ".log") << run.log();
  std::cout << "the record is in " << path << ", the log of Convoy in " << path
            << ".log\n";
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
  print(run.counts());
  is_good = judge(run.facts(), how.plant, how.self_test) && is_good;
  is_good = succeeds([&] { run.stop(); }) && is_good;
  if (!is_good)
    keep_record(how.record, run);
  std::cout << (is_good ? "passed\n" : "FAILED\n");
  return is_good ? 0 : 1;
}
