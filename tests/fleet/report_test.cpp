// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/report.hpp"

#include <doctest/doctest.h>

using namespace convoy::history;

namespace {

using milliseconds = std::chrono::milliseconds;

/// Facts of a run, with their times.
struct story {
  std::vector<fact> facts;

  story& at(int time, fact_kind what) {
    facts.push_back({milliseconds(time), std::move(what)});
    return *this;
  }
  /// A connection that is accepted, named and joined within 20 ms.
  story& connect(int time, link_number link, const std::string& user) {
    return at(time + 10, irc_opened{link, user, milliseconds(time), 0})
        .at(time + 20, irc_joined{link});
  }
};

} // namespace

TEST_CASE("a run without trouble has nothing to report") {
  CHECK(convoy::fleet::report({}).empty());
  CHECK(convoy::fleet::report(story().connect(0, 1, "ann").facts).empty());
}

TEST_CASE("times are those of the trouble in which they began") {
  story run;
  run.connect(0, 1, "ann").connect(5, 2, "bob");
  run.at(1000, trouble{"kill n1"})
      .at(1001, home_lost{"ann", "n1", milliseconds(5000)})
      .at(1003, irc_closed{1, true})
      .at(2000, trouble{"calm: n2 2"})
      .connect(3981, 3, "ann");
  run.at(5000, trouble{"drain n2"})
      .at(5100, irc_closed{2, true})
      .connect(5150, 4, "bob")
      .at(6000, irc_closed{3, true})
      .connect(6280, 5, "ann");
  CHECK(convoy::fleet::report(run.facts)
        == "drain: back on IRC none; without a connection 2 (median 0.300 s, "
           "longest 0.300 s)\n"
           "kill: back on IRC 1 (median 3.000 s, longest 3.000 s); without a "
           "connection 1 (median 2.998 s, longest 2.998 s)\n"
           "shortest time between two connections of one user: 0.050000 s\n");
}

TEST_CASE("who may lose lines only has nothing to come back from") {
  story run;
  run.connect(0, 1, "ann")
      .at(1000, trouble{"postgres"})
      .at(1001, home_lost{"ann", "all", {}})
      .at(1500, irc_closed{1, true})
      .connect(1980, 2, "ann");
  CHECK(convoy::fleet::report(run.facts).starts_with(
      "postgres: back on IRC none; without a connection 1 (median 0.500 s"));
}
