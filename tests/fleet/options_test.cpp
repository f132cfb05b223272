// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/options.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace convoy::fleet;

TEST_CASE("what is not said has a default, and the seed is random") {
  const auto how = read_options({"--convoy=c"});
  CHECK(how.convoy == "c");
  CHECK(how.nodes == 3);
  CHECK(how.users == 200);
  CHECK(how.lease == std::chrono::seconds(10));
  CHECK(how.duration == std::chrono::seconds(0));
  CHECK(how.faults.size() == 12);
  CHECK(how.faults.contains("freeze"));
  CHECK(how.seed != read_options({"--convoy=c"}).seed);
}

TEST_CASE("what is said is taken") {
  const auto how = read_options(
      {"--convoy=c", "--seed=7", "--nodes=5", "--users=9", "--seconds=60",
       "--lease=3", "--faults=kill,cut-all", "--record=r", "--dump=d",
       "--plant=second-connection", "--self-test"});
  CHECK(how.seed == 7);
  CHECK(how.nodes == 5);
  CHECK(how.users == 9);
  CHECK(how.duration == std::chrono::seconds(60));
  CHECK(how.lease == std::chrono::seconds(3));
  CHECK(how.faults == std::set<std::string>{"cut-all", "kill"});
  CHECK(how.record == "r");
  CHECK(how.dump == "d");
  CHECK(how.plant == "second-connection");
  CHECK(how.self_test);
}

TEST_CASE("what is wrong is named") {
  const auto wrong = [](const std::string& option) {
    try {
      read_options({"--convoy=c", option});
    } catch (const std::invalid_argument& why) {
      return std::string(why.what());
    }
    return std::string();
  };
  CHECK(wrong("--nodes=0") == "--nodes: at least 1");
  CHECK(wrong("--users=0") == "--users: at least 1");
  CHECK(wrong("--lease=x") == "--lease: not a number: x");
  CHECK(wrong("--faults=kill,flood").starts_with("--faults: one of kill"));
  CHECK(wrong("--plant=tree").starts_with("--plant: one of drop-frame"));
  CHECK(wrong("--nonsense") == "unknown option --nonsense");
  CHECK_THROWS_WITH(read_options({}), "--convoy=PROGRAM is missing");
}
