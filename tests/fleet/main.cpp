// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/report.hpp"
#include "tests/fleet/trial.hpp"
#include "tests/history/judgement.hpp"

#include <csignal>
#include <exception>
#include <iostream>
#include <memory>

using namespace convoy;

/// Exit code 1 when a promise was broken, 2 when the command line is wrong.
int main(int argc, char** argv) {
  fleet::options how;
  try {
    how = fleet::read_options({argv + 1, argv + argc});
  } catch (const std::exception& why) {
    std::cerr << why.what() << '\n' << fleet::usage();
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::cout << std::unitbuf << "seed " << how.seed << '\n';
  std::unique_ptr<fleet::trial> run;
  if (!history::succeeds([&] { run = std::make_unique<fleet::trial>(how); }))
    return 1;
  auto is_good = history::succeeds([&] { run->run(); });
  // Before what takes this thread a while: all that nodes say to others goes
  // through it.
  is_good = history::succeeds([&] { run->stop(); }) && is_good;
  is_good = history::succeeds([&] { run->look_into_store(); }) && is_good;
  print(run->counts());
  std::cout << fleet::report(run->facts());
  is_good = history::judge(run->facts(), how.plant, how.self_test) && is_good;
  if (!is_good) {
    run->keep_logs(how.record);
    history::keep_facts(run->facts(), how.record + "/facts.jsonl");
    std::cout << "the record is in " << how.record << '\n';
  }
  std::cout << (is_good ? "passed\n" : "FAILED\n");
  return is_good ? 0 : 1;
}
