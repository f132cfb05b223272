// SPDX-License-Identifier: Apache-2.0
#include "protocol/text.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::string_literals;

namespace {

using strings = std::vector<std::string>;

} // namespace

TEST_CASE("a list is taken apart part by part") {
  std::string_view rest = "a,,bc=d,";
  CHECK(next_part(rest, ',') == "a");
  CHECK(next_part(rest, ',') == "");
  CHECK(next_part(rest, '=') == "bc");
  CHECK(rest == "d,");
  CHECK(next_part(rest, ',') == "d");
  CHECK(rest == "");
  CHECK(next_part(rest, ',') == "");
}

TEST_CASE("UTF-8 is checked strictly, wherever it begins") {
  for (const auto& good : {""s, "abc"s, "\0"s, "\x7F"s, "\xC2\x80"s,
                           "\xE0\xA0\x80"s, "\xED\x9F\xBF"s, "\xEF\xBF\xBF"s,
                           "\xF0\x90\x80\x80"s, "\xF4\x8F\xBF\xBF"s})
    for (std::size_t before = 0; before < 18; ++before) {
      CAPTURE(good);
      CHECK(is_utf8(std::string(before, 'x') + good));
      CHECK(is_utf8(std::string(before, 'x') + good + "tail of text"));
    }
  for (const auto& bad :
       {"\x80"s, "\xC0\x80"s, "\xC1\xBF"s, "\xC2"s, "\xC2x"s, "\xE0\x80\x80"s,
        "\xE2\x82"s, "\xED\xA0\x80"s, "\xF0\x80\x80\x80"s, "\xF0\x9F\x98"s,
        "\xF4\x90\x80\x80"s, "\xF5\x80\x80\x80"s, "\xFE"s, "\xFF"s})
    for (std::size_t before = 0; before < 18; ++before) {
      CAPTURE(bad);
      CHECK_FALSE(is_utf8(std::string(before, 'x') + bad));
      CHECK_FALSE(is_utf8(std::string(before, 'x') + bad + "tail of text"));
    }
}

TEST_CASE("other bytes are Windows-1252") {
  CHECK(to_utf8("") == "");
  CHECK(to_utf8("café €") == "café €");
  CHECK(to_utf8("caf\xE9") == "café");
  CHECK(to_utf8("\x80\x82\x9F\xA0\xFF") == "€‚Ÿ\u00A0ÿ");
  CHECK(to_utf8("\x93quoted\x94 \x96 \x85") == "“quoted” – …");
  CHECK(to_utf8("\x81\x8D\x8F\x90\x9D") == "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
  CHECK(to_utf8("a\0\xE9"s) == "a\0é"s);
  std::string all;
  for (int c = 0; c < 256; ++c)
    all += static_cast<char>(c);
  CHECK(is_utf8(to_utf8(all)));
}

TEST_CASE("lower case is Unicode's, whatever the locale") {
  CHECK(to_lower("#Convoy[A]^") == "#convoy[a]^");
  CHECK(to_lower("ÀÉÞŸŁŽ") == "àéþÿłž");
  CHECK(to_lower("ΑΒΓΔΩΆ") == "αβγδωά");
  CHECK(to_lower("ЖЯЁЂ") == "жяёђ");
  CHECK(to_lower("ԱՖ") == "աֆ");
  CHECK(to_lower("𐐀") == "𐐨");
  CHECK(to_lower("ßß日本😀") == "ßß日本😀");
  CHECK(to_lower("") == "");
  CHECK(to_lower("A\0É"s) == "a\0é"s);
  CHECK(to_lower("AB\xC9") == "ab\xC9");
  CHECK(to_lower(to_lower("ΣΑΣ İ")) == to_lower("ΣΑΣ İ"));
}

TEST_CASE("ASCII case leaves all else alone") {
  CHECK(to_lower_ascii("AZaz@[`{É") == "azaz@[`{É");
  CHECK(equal_ascii("NickServ", "nICKsERV"));
  CHECK(equal_ascii("", ""));
  CHECK_FALSE(equal_ascii("[", "{"));
  CHECK_FALSE(equal_ascii("É", "é"));
  CHECK_FALSE(equal_ascii("a", "ab"));
  CHECK_FALSE(equal_ascii("ab", "a"));
}

TEST_CASE("white space is trimmed and cut at") {
  CHECK(trim(" \t\r\n\v\fa b\n") == "a b");
  CHECK(trim("  ") == "");
  CHECK(trim("") == "");
  CHECK(words("  a \t b\nc ") == std::vector<std::string_view>{"a", "b", "c"});
  CHECK(words("one") == std::vector<std::string_view>{"one"});
  CHECK(words(" ").empty());
  CHECK(words("").empty());
}

TEST_CASE("input is cleaned before it is looked at") {
  CHECK(clean_input("\x02"
                    "bold\x0F and\ttab\r\n")
        == "bold andtab");
  CHECK(clean_input("a\0b\x1F"s) == "ab");
  CHECK(clean_input("a\n\nb\n\r\n") == "a\n\nb");
  CHECK(clean_input("\n /me hi") == "/me hi");
  CHECK(clean_input("\t/me hi ") == "/me hi ");
  CHECK(clean_input(" hi /me") == " hi /me");
  CHECK(clean_input("\x01"
                    "ACTION x\x01")
        == "ACTION x");
  CHECK(clean_input("\n\n") == "");
  CHECK(clean_input(" ") == " ");
  CHECK(clean_input("") == "");
  CHECK(clean_input("é\x7F") == "é\x7F");
}

TEST_CASE("a mention stands between word boundaries") {
  CHECK(mentions("hey Superman!", "superman"));
  CHECK(mentions("superman", "SuperMan"));
  CHECK(mentions("@superman: hi", "superman"));
  CHECK_FALSE(mentions("supermans", "superman"));
  CHECK_FALSE(mentions("asuperman", "superman"));
  CHECK_FALSE(mentions("superman_", "superman"));
  CHECK_FALSE(mentions("superman2", "superman"));
  CHECK(mentions("supermans superman", "superman"));
  CHECK(mentions("aaa aa", "aa"));
  CHECK_FALSE(mentions("anything", ""));
  CHECK_FALSE(mentions("", "x"));
}

TEST_CASE("a word character is a letter, a mark, a digit or `_`") {
  CHECK(has_word_character("!a"));
  CHECK(has_word_character("\xc3\xbc"));
  CHECK(has_word_character("- 7"));
  CHECK(has_word_character("_"));
  CHECK_FALSE(has_word_character(""));
  CHECK_FALSE(has_word_character("!? \xe2\x80\xa6"));
  CHECK_FALSE(has_word_character("\xff"));
}

TEST_CASE("boundaries are tested only next to word characters") {
  CHECK(mentions("I like c++ ", "c++"));
  CHECK(mentions("c++x", "c++"));
  CHECK(mentions("c++", "C++"));
  CHECK_FALSE(mentions("objc++", "c++"));
  CHECK(mentions("x|away|y", "|away|"));
  CHECK(mentions("a.b", "."));
  CHECK_FALSE(mentions("axb", "a.b"));
}

TEST_CASE("mentions know letters beyond ASCII") {
  CHECK(mentions("hei ÅSE!", "åse"));
  CHECK_FALSE(mentions("asé", "as"));
  CHECK_FALSE(mentions("éas", "as"));
  CHECK(mentions("日 as 本", "as"));
  CHECK(mentions("ΟΔΟΣ", "οδοσ"));
  CHECK(mentions("“as”", "as"));
  CHECK_FALSE(mentions("as\u0301", "as"));
}

TEST_CASE("a text that fits is cut at LF only") {
  CHECK(split_text("hello", 100) == strings{"hello"});
  CHECK(split_text("a\n\nb", 100) == strings{"a", "", "b"});
  CHECK(split_text("a\nb\n\n", 100) == strings{"a", "b"});
  CHECK(split_text("\na", 100) == strings{"", "a"});
  CHECK(split_text(" a \n b", 100) == strings{" a ", " b"});
  CHECK(split_text(" ", 100) == strings{" "});
  CHECK(split_text("", 100) == strings{});
  CHECK(split_text("\n\n", 100) == strings{});
  CHECK(split_text("12345", 5) == strings{"12345"});
}

TEST_CASE("a text that is too long is cut at LF and white space") {
  CHECK(split_text("one two three", 8) == strings{"one two", "three"});
  CHECK(split_text("one two three", 7) == strings{"one two", "three"});
  CHECK(split_text("one two three", 6) == strings{"one", "two", "three"});
  CHECK(split_text("one  \t two", 5) == strings{"one", "two"});
  CHECK(split_text("abc\n\n  \ndef ghi\n", 7) == strings{"abc", "def ghi"});
  CHECK(split_text("a b\n x \nlonger line", 7)
        == strings{"a b", " x ", "longer", "line"});
  CHECK(split_text("          ", 5) == strings{});
}

TEST_CASE("a word that is too long is cut between sequences") {
  CHECK(split_text("abcdefgh", 3) == strings{"abc", "def", "gh"});
  CHECK(split_text("a bcdefgh", 3) == strings{"a", "bcd", "efg", "h"});
  CHECK(split_text("ééé", 3) == strings{"é", "é", "é"});
  CHECK(split_text("ééé", 4) == strings{"éé", "é"});
  CHECK(split_text("x😀😀", 6) == strings{"x😀", "😀"});
  // A limit below one sequence still makes progress and splits none.
  CHECK(split_text("é😀", 1) == strings{"é", "😀"});
  CHECK(split_text("ab", 0) == strings{"a", "b"});
}

TEST_CASE("the parts hold all the words of the text, each within the limit") {
  std::string text;
  for (int i = 0; i < 300; ++i)
    text += "wörd" + std::to_string(i * i) + (i % 7 == 0 ? "\n" : " ");
  for (std::size_t max : {20U, 64U, 399U, 512U}) {
    std::string joined;
    for (const auto& part : split_text(text, max)) {
      CHECK(part.size() <= max);
      CHECK(is_utf8(part));
      joined += part + " ";
    }
    CHECK(words(joined) == words(text));
  }
}

TEST_CASE("a word is not cut inside what people see as one character") {
  // e and an accent, a family of three joined people, a flag.
  const std::string accent = "e\u0301";
  const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";
  const std::string flag = "\U0001F1F3\U0001F1F4";
  CHECK(split_text("xx" + accent, 4) == strings{"xx", accent});
  CHECK(split_text("x" + family, 18) == strings{"x", family});
  CHECK(split_text(flag + flag, 12) == strings{flag, flag});
  // There is no room for it as a whole.
  CHECK(split_text(flag, 7) == strings{flag.substr(0, 4), flag.substr(4)});
}

TEST_CASE("a line in parts is the line again when they are put together") {
  using views = std::vector<std::string_view>;
  CHECK(cut_line("", 5) == views{""});
  CHECK(cut_line("hello", 5) == views{"hello"});
  CHECK(cut_line("one two three", 8) == views{"one two ", "three"});
  CHECK(cut_line("one  two", 5) == views{"one  ", "two"});
  CHECK(cut_line("  longer", 4) == views{"  ", "long", "er"});
  CHECK(cut_line("longer", 4) == views{"long", "er"});
  CHECK(cut_line("\u00E4\u00E4", 3) == views{"\u00E4", "\u00E4"});
  CHECK(cut_line("ab", 0) == views{"a", "b"});
}

TEST_CASE("a whole number is all digits and fits") {
  CHECK(whole_number("0") == 0);
  CHECK(whole_number("18446744073709551615") == 18446744073709551615U);
  for (const auto* text : {"", "-1", "+1", " 1", "1 ", "1.5", "0x1", "many",
                           "18446744073709551616"})
    CHECK_FALSE(whole_number(text));
}

TEST_CASE("a name is in a list whatever its case") {
  CHECK(lists("PLAIN,external,SCRAM-SHA-256", "plain"));
  CHECK(lists("PLAIN,external,SCRAM-SHA-256", "SCRAM-SHA-256"));
  CHECK_FALSE(lists("PLAIN,external,SCRAM-SHA-256", "SCRAM"));
  CHECK_FALSE(lists("", "plain"));
}
