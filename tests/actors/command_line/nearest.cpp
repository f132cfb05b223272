// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/nearest.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace convoy::actors::command_line;

TEST_CASE("the distance counts letters inserted, removed and replaced") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("store", "store") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("lisen", "listen") == 1);
  CHECK(edit_distance("listten", "listen") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest word is found, the first of equals") {
  const std::vector<std::string> known{"listen", "store", "threads"};
  CHECK(nearest("lisen", known) == "listen");
  CHECK(nearest("thread", known) == "threads");
  CHECK(nearest("stars", known) == "store");
  const std::vector<std::string> equal{"ab", "ac"};
  CHECK(nearest("a", equal) == "ab");
  CHECK(nearest("a", {}).empty());
}
