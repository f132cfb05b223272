// SPDX-License-Identifier: Apache-2.0
#include "tests/history/meddler.hpp"

#include <doctest/doctest.h>

#include <vector>

using convoy::history::meddler;

namespace {

/// What arrives of 1, 2 … 100.
std::vector<int> passed(meddler::habit what) {
  std::vector<int> result;
  meddler between(what);
  for (auto i = 1; i <= 100; ++i)
    between.pass(std::to_string(i), [&](const std::string& item) {
      result.push_back(std::stoi(item));
    });
  return result;
}

} // namespace

TEST_CASE("an honest meddler passes on everything") {
  const auto all = passed(meddler::habit::none);
  REQUIRE(all.size() == 100);
  CHECK(all[19] == 20);
}

TEST_CASE("a meddler drops, repeats or swaps every twentieth, three times") {
  const auto dropped = passed(meddler::habit::drop);
  REQUIRE(dropped.size() == 97);
  CHECK(dropped[18] == 19);
  CHECK(dropped[19] == 21);
  CHECK(dropped[76] == 80);
  const auto repeated = passed(meddler::habit::repeat);
  REQUIRE(repeated.size() == 103);
  CHECK(repeated[19] == 20);
  CHECK(repeated[20] == 20);
  CHECK(repeated[21] == 21);
  const auto swapped = passed(meddler::habit::swap);
  REQUIRE(swapped.size() == 100);
  CHECK(swapped[19] == 21);
  CHECK(swapped[20] == 20);
  CHECK(swapped[21] == 22);
}

TEST_CASE("what is held back is lost with its connection") {
  std::vector<std::string> got;
  meddler between(meddler::habit::swap);
  for (auto i = 1; i <= 20; ++i)
    between.pass(std::to_string(i),
                 [&](const std::string& item) { got.push_back(item); });
  between.forget();
  between.pass("next", [&](const std::string& item) { got.push_back(item); });
  REQUIRE(got.size() == 20);
  CHECK(got.back() == "next");
}
