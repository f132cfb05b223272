// SPDX-License-Identifier: Apache-2.0
#include "protocol/text_format.hpp"

#include <doctest/doctest.h>

using convoy::protocol::format_problem;

TEST_SUITE("text_format") {
  TEST_CASE("a time") {
    CHECK(format_problem("date-time", "2026-11-22T07:01:18Z") == "");
    CHECK(format_problem("date-time", "2026-11-22T07:01:18.5") == "");
    CHECK(format_problem("date-time", "1647381.5") == "");
    CHECK(format_problem("date-time", "yesterday")
          == "Expected a time such as 2026-11-22T07:01:18Z.");
  }

  TEST_CASE("an email, with white space around it or not") {
    CHECK(format_problem("email", " ann@example.org ") == "");
    CHECK(format_problem("email", "ann") == "Does not match email format.");
  }

  TEST_CASE("a nick and a word") {
    CHECK(format_problem("nick", "Ann|away") == "");
    CHECK(format_problem("nick", "") == "Expected a nick.");
    CHECK(format_problem("nick", "a b") == "Expected a nick.");
    CHECK(format_problem("nick", "a,b") == "Expected a nick.");
    CHECK(format_problem("nick", "a:b") == "Expected a nick.");
    CHECK(format_problem("word", "pa:ss") == "");
    CHECK(format_problem("word", "") == "");
    CHECK(format_problem("word", ":pass") == "Expected a word.");
    CHECK(format_problem("word", "a\x7f") == "Expected a word.");
  }

  TEST_CASE("a format that is not known takes any text") {
    CHECK(format_problem("binary", "\x01 :") == "");
    CHECK(format_problem("", "x") == "");
  }
}
