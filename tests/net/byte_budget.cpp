// SPDX-License-Identifier: Apache-2.0
#include "net/byte_budget.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;

TEST_CASE("bytes are given while there are some, and come back") {
  const auto budget = std::make_shared<byte_budget>(10, 10);
  auto first = budget->take(6, "ann");
  CHECK(first);
  CHECK_FALSE(budget->take(5, "bob"));
  auto second = budget->take(4, "bob");
  CHECK(second);
  CHECK_FALSE(budget->take(1, "ann"));
  CHECK(budget->take(0, "ann"));
  first = {};
  CHECK_FALSE(first);
  auto third = budget->take(6, "ann");
  CHECK(third);
  second = std::move(third);
  CHECK_FALSE(budget->take(5, "bob"));
  auto rest = budget->take(4, "ann");
  CHECK(rest);
}

TEST_CASE("a share that was moved gives back once") {
  const auto budget = std::make_shared<byte_budget>(10, 10);
  {
    auto one = budget->take(10, "ann");
    const auto other = std::move(one);
    CHECK(other);
  }
  auto all = budget->take(10, "ann");
  CHECK(all);
  CHECK_FALSE(budget->take(1, "ann"));
}

TEST_CASE("nobody holds what others need") {
  const auto budget = std::make_shared<byte_budget>(100, 25);
  auto one = budget->take(20, "ann");
  auto two = budget->take(5, "ann");
  CHECK(two);
  CHECK_FALSE(budget->take(1, "ann"));
  // What is larger than that is taken alone.
  auto large = budget->take(60, "bob");
  CHECK(large);
  CHECK_FALSE(budget->take(1, "bob"));
  two = {};
  CHECK(budget->take(5, "ann"));
  CHECK_FALSE(budget->take(6, "ann"));
  large = {};
  auto again = budget->take(25, "bob");
  CHECK(again);
  CHECK_FALSE(budget->take(1, "bob"));
}
