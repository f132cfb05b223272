// SPDX-License-Identifier: Apache-2.0
#include "protocol/snippet.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

using places = std::vector<std::pair<std::size_t, std::size_t>>;

snippet of(const std::string& message, const std::string& match) {
  return make_snippet(message, text_pattern{match});
}

} // namespace

TEST_CASE("a short message is its own snippet") {
  const auto part = of("Hello, world", "world");
  CHECK(part.text == "Hello, world");
  CHECK(part.matches == places{{7, 5}});
  CHECK(of("Hello", "").text == "Hello");
  CHECK(of("Hello", "").matches.empty());
}

TEST_CASE("of a long one there is what is around the first hit") {
  const auto part =
      of(std::string(100, 'a') + " needle " + std::string(300, 'b'), "needle");
  CHECK(part.text
        == "…" + std::string(39, 'a') + " needle " + std::string(113, 'b')
               + "…");
  CHECK(part.matches == places{{41, 6}});
}

TEST_CASE("places are counted in UTF-16 units of the original") {
  // An emoji is two units, ß is one though it folds to two letters.
  const auto part = of("😀 Straße é", "strasse e");
  CHECK(part.matches == places{{3, 6}, {10, 1}});
}

TEST_CASE("a hit that is cut off at the end is marked up to there") {
  const auto part = of("x " + std::string(200, 'y'), std::string(200, 'y'));
  CHECK(part.matches == places{{2, 158}});
}
