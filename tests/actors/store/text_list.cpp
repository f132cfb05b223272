// SPDX-License-Identifier: Apache-2.0
#include "actors/store/text_list.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors::store;
using words = std::vector<std::string>;

TEST_SUITE("store text list") {
  TEST_CASE("any list comes back") {
    const std::vector<words> lists{{},
                                   {""},
                                   {"", ""},
                                   {"a"},
                                   {"a\nb"},
                                   {"a\\nb"},
                                   {"\\", "\n", ""},
                                   {"ends with \\"},
                                   {"a", "", "\\\n\\n"},
                                   {std::string("\0x", 2)}};
    for (const auto& list : lists)
      CHECK(split_list(join_list(list)) == list);
  }

  TEST_CASE("each item is one line") {
    CHECK(join_list({"a", "b\nc"}) == "a\nb\\nc\n");
    CHECK(join_list({}) == "");
  }
}
