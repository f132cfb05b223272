// SPDX-License-Identifier: Apache-2.0
#include "net/byte_budget.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;

TEST_CASE("bytes are given while there are some, and come back") {
  const auto budget = std::make_shared<byte_budget>(10);
  auto first = budget->take(6);
  CHECK(first);
  CHECK_FALSE(budget->take(5));
  auto second = budget->take(4);
  CHECK(second);
  CHECK_FALSE(budget->take(1));
  CHECK(budget->take(0));
  first = {};
  CHECK_FALSE(first);
  auto third = budget->take(6);
  CHECK(third);
  second = std::move(third);
  CHECK_FALSE(budget->take(5));
  auto rest = budget->take(4);
  CHECK(rest);
}

TEST_CASE("a share that was moved gives back once") {
  const auto budget = std::make_shared<byte_budget>(10);
  {
    auto one = budget->take(10);
    const auto other = std::move(one);
    CHECK(other);
  }
  auto all = budget->take(10);
  CHECK(all);
  CHECK_FALSE(budget->take(1));
}
