// SPDX-License-Identifier: Apache-2.0
#include "protocol/saslprep.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace convoy::protocol;

TEST_CASE("names and passwords get one form (RFC 4013 §3)") {
  CHECK(saslprep("I\xC2\xADX") == "IX");
  CHECK(saslprep("user") == "user");
  CHECK(saslprep("USER") == "USER");
  CHECK(saslprep("\xC2\xAA") == "a");
  CHECK(saslprep("\xE2\x85\xA8") == "IX");
  CHECK(saslprep("") == "");
}

TEST_CASE("every space is a space, and what is not seen is gone") {
  CHECK(saslprep("correct\xC2\xA0horse\xE3\x80\x80staple")
        == "correct horse staple");
  CHECK(saslprep("a\xE2\x80\x8B\xEF\xBB\xBF"
                 "b\xEF\xB8\x8F")
        == "ab");
  CHECK(saslprep("e\xCC\x81") == "\xC3\xA9");
  CHECK(saslprep("gr\xC3\xBC\xC3\x9F\xF0\x9F\x91\x8D")
        == "gr\xC3\xBC\xC3\x9F\xF0\x9F\x91\x8D");
}

TEST_CASE("what no name may have is refused") {
  CHECK_FALSE(saslprep("\x07"));
  CHECK_FALSE(saslprep("a\x7F"));
  CHECK_FALSE(saslprep(std::string("a\0b", 3)));
  CHECK_FALSE(saslprep("a\xC2\x85")); // a C1 control
  CHECK_FALSE(saslprep("\xE2\x80\xAE"
                       "a"));                // right-to-left override
  CHECK_FALSE(saslprep("\xEE\x80\x80"));     // private use
  CHECK_FALSE(saslprep("\xF4\x8F\xBF\xBF")); // no character
  CHECK_FALSE(saslprep("\xCD\xB8"));         // unassigned
  CHECK_FALSE(saslprep("\xEF\xBF\xBD"));     // replacement character
  CHECK_FALSE(saslprep("\xE2\xBF\xB0"));     // ideographic description
}

TEST_CASE("what is not UTF-8 is refused") {
  for (const auto* text : {"\xFF", "a\x80", "\xC3", "\xED\xA0\x80", "\xC0\xAF"})
    CHECK_FALSE(saslprep(text));
}

TEST_CASE("directions are not mixed (RFC 3454 §6)") {
  CHECK(saslprep("\xD7\x90\xD7\x91")); // two Hebrew letters
  CHECK(saslprep("\xD8\xA7"
                 "1\xD8\xA7"));
  CHECK_FALSE(saslprep("\xD8\xA7"
                       "1"));
  CHECK_FALSE(saslprep("1\xD8\xA7"));
  CHECK_FALSE(saslprep("\xD7\x90"
                       "a\xD7\x90"));
}
