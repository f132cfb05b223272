// SPDX-License-Identifier: Apache-2.0
#include "protocol/folded_text.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("case, accents and full-width forms are folded, and nothing else") {
  CHECK(fold_text("Crème BRÛLÉE") == "creme brulee");
  CHECK(fold_text("STRASSE Straße") == "strasse strasse");
  CHECK(fold_text("ΟΔΟΣ οδος") == "οδοσ οδοσ");
  CHECK(fold_text("Ёлка Ещё") == "елка еще");
  CHECK(fold_text("ＩＲＣ！") == "irc!");
  CHECK(fold_text("漢字 かな 한국") == "漢字 かな 한국");
  CHECK(fold_text("a.b, c++ :-)") == "a.b, c++ :-)");
  CHECK(fold_text("").empty());
  // Both ways to write an accent.
  CHECK(fold_text("e\u0301te\u0301") == fold_text("été"));
}

TEST_CASE("a part of a text folds to a part of the folded text") {
  const std::string text = "Das ist ein Größenvergleich: Ǖber";
  CHECK(fold_text(text).find(fold_text("GRÖSSEN")) != std::string::npos);
  CHECK(fold_text(text).find(fold_text("über")) != std::string::npos);
}

TEST_CASE("what is not UTF-8 folds too") {
  CHECK(fold_text("a\xff"
                  "b")
        == "a\uFFFD"
           "b");
}

TEST_CASE("each folded byte knows where it came from") {
  // ß is two bytes and becomes two letters; é becomes one.
  const auto folded = fold_with_origin("aßéb");
  CHECK(folded.text == "asseb");
  CHECK(folded.origin == std::vector<std::size_t>{0, 1, 1, 3, 5, 6});
}

TEST_CASE("scripts without spaces are known") {
  CHECK(is_unspaced(U'漢'));
  CHECK(is_unspaced(U'か'));
  CHECK(is_unspaced(U'ไ'));
  CHECK_FALSE(is_unspaced(U'a'));
  CHECK_FALSE(is_unspaced(U'я'));
  CHECK_FALSE(is_unspaced(U'한'));
}

TEST_CASE("characters are taken apart") {
  CHECK(code_points("aé漢😀") == U"aé漢😀");
}
