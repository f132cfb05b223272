// SPDX-License-Identifier: Apache-2.0
#include "protocol/search_wish.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

std::vector<std::string> words_of(const search_wish& wish) {
  std::vector<std::string> result;
  for (const auto& each : wish.pattern.terms())
    result.push_back(each.text);
  return result;
}

using strings = std::vector<std::string>;

} // namespace

TEST_CASE("filters stand among the words") {
  const auto wish = parse_search("hello #Convoy @Bob world");
  CHECK(wish.conversation_id == "#convoy");
  CHECK(wish.from == "bob");
  CHECK(words_of(wish) == strings{"hello", "world"});
}

TEST_CASE("the last filter of a kind counts") {
  const auto wish = parse_search("#a @ann from:Carl #b");
  CHECK(wish.conversation_id == "#b");
  CHECK(wish.from == "carl");
  CHECK(wish.pattern.empty());
}

TEST_CASE("what only looks like a filter is a word") {
  const auto wish = parse_search("# @ from: c# a@b \"#quoted one\"");
  CHECK_FALSE(wish.conversation_id);
  CHECK(wish.from.empty());
  CHECK(words_of(wish)
        == strings{"#", "@", "from:", "c#", "a@b", "#quoted one"});
  CHECK(parse_search("").pattern.empty());
  CHECK(words_of(parse_search("\"open phrase")) == strings{"open phrase"});
}
