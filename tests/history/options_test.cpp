// SPDX-License-Identifier: Apache-2.0
#include "tests/history/options.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace convoy::history;

TEST_CASE("options are read, and the rest is as usual") {
  const auto given = read_options(
      {"--convoy=x/convoy", "--seed=7", "--seconds=90", "--users=2",
       "--faults=kill,drop", "--plant=drop-frame", "--self-test"});
  CHECK(given.convoy == "x/convoy");
  CHECK(given.seed == 7);
  CHECK(given.duration == std::chrono::seconds(90));
  CHECK(given.users == 2);
  CHECK(given.clients == 3);
  CHECK(given.faults == std::set<std::string>{"kill", "drop"});
  CHECK(given.plant == "drop-frame");
  CHECK(given.self_test);
}

TEST_CASE("no faults at all can be asked for") {
  CHECK(read_options({"--convoy=x", "--faults="}).faults.empty());
  CHECK(read_options({"--convoy=x"}).faults.size() == 7);
}

TEST_CASE("without a seed there is a new one each time") {
  CHECK(read_options({"--convoy=x"}).seed != read_options({"--convoy=x"}).seed);
}

TEST_CASE("what is wrong is named") {
  const auto problem = [](std::vector<std::string> arguments) -> std::string {
    try {
      read_options(arguments);
    } catch (const std::invalid_argument& why) {
      return why.what();
    }
    return "";
  };
  CHECK(problem({}) == "--convoy=PROGRAM is missing");
  CHECK(problem({"--convoy=x", "--sed=1"}) == "unknown option --sed");
  CHECK(problem({"--convoy=x", "--seed=1x"}) == "--seed: not a number: 1x");
  CHECK(problem({"--convoy=x", "--users=0"}) == "--users: at least 1");
  CHECK(problem({"--convoy=x", "--faults=kill,fire"})
        == "--faults: one of kill stop stall fail drop quit flood, not fire");
}
