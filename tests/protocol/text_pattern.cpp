// SPDX-License-Identifier: Apache-2.0
#include "protocol/text_pattern.hpp"

#include "protocol/folded_text.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

bool fits(const std::string& match, const std::string& text) {
  return text_pattern{match}.fits(fold_text(text));
}

bool fits_any(const std::string& match, const std::string& text) {
  return text_pattern{match}.fits_in_any_order(fold_text(text));
}

double score(const std::string& match, const std::string& text) {
  return text_pattern{match}.score(fold_text(text));
}

} // namespace

TEST_CASE("words stand one behind the other, whatever their case") {
  CHECK(fits("hello WORLD", "Hello, wide world"));
  CHECK_FALSE(fits("world hello", "hello world"));
  CHECK(fits_any("world hello", "hello world"));
  CHECK_FALSE(fits_any("world peace", "hello world"));
  CHECK(fits("", "anything"));
}

TEST_CASE("words may stand inside longer ones, and do not overlap") {
  CHECK(fits("schiff", "Donaudampfschifffahrt"));
  CHECK(fits("ab ab", "abab"));
  CHECK_FALSE(fits("aba aba", "ababa"));
}

TEST_CASE("a match is literal") {
  CHECK(fits("c++ .*", "c++ and .*"));
  CHECK_FALSE(fits(".*", "anything"));
  CHECK(fits("<bob>", "<bob> hello"));
}

TEST_CASE("phrases begin and end at word boundaries") {
  CHECK(fits("\"cat\"", "a cat, really"));
  CHECK_FALSE(fits("\"cat\"", "concatenate"));
  CHECK(fits("\"good cat\"", "a good cat"));
  CHECK_FALSE(fits("\"good cat\"", "a good old cat"));
  CHECK(fits("\"c++\"", "I like c++"));
  // The first place may be a wrong one.
  CHECK(fits("\"cat\"", "concat cat"));
  // A quote that is not closed reaches to the end.
  CHECK(fits("\"good cat", "a good cat"));
  // There a word may begin anywhere.
  CHECK(fits("\"漢字\"", "日本漢字です"));
}

TEST_CASE("accents do not matter") {
  CHECK(fits("creme", "Crème brûlée"));
  CHECK(fits("\"brûlée\"", "creme brulee"));
}

TEST_CASE("what is asked for is told") {
  const text_pattern pattern{"one  \"two three\" four"};
  REQUIRE(pattern.terms().size() == 3);
  CHECK(pattern.terms()[0].text == "one");
  CHECK(pattern.terms()[1].text == "two three");
  CHECK(pattern.terms()[1].is_whole);
  CHECK_FALSE(pattern.terms()[2].is_whole);
  CHECK(text_pattern{" \"\" "}.empty());
}

TEST_CASE("the better hit has the higher score") {
  CHECK(score("cat", "a cat") > score("cat", "concatenate"));
  CHECK(score("cat", "cat cat") > score("cat", "cat dog"));
  CHECK(score("cat dog", "cat dog") > score("cat dog", "dog cat"));
  CHECK(score("cat", "cat") > score("cat", "cat among many other words"));
}

TEST_CASE("marks ascend and do not overlap") {
  using spans = std::vector<text_pattern::span>;
  CHECK(text_pattern{"ab b c"}.marks("abc ab")
        == spans{{0, 2}, {2, 1}, {4, 2}});
  CHECK(text_pattern{"zz"}.marks("abc").empty());
}

TEST_CASE("there is an end to what is looked for and to what is marked") {
  std::string words;
  for (auto n = 0; n < 500; ++n)
    words += "a ";
  CHECK(text_pattern{words}.is_too_long());
  CHECK(text_pattern{words}.terms().size() == text_pattern::max_terms + 1);
  CHECK_FALSE(text_pattern{"a b \"c d\""}.is_too_long());
  const std::string letters(60'000, 'a');
  CHECK(text_pattern{"a"}.marks(letters).size() == 256);
  CHECK(score("a", letters) > 0);
}
