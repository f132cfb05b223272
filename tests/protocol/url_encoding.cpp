// SPDX-License-Identifier: Apache-2.0
#include "protocol/url_encoding.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("percent escapes are decoded") {
  CHECK(percent_decode("") == "");
  CHECK(percent_decode("a%20b%2f%2F") == "a b//");
  CHECK(percent_decode("%C3%A9") == "é");
  CHECK(percent_decode("a+b") == "a+b");
  CHECK(percent_decode("a+b%2B", plus_sign::space) == "a b+");
  CHECK(percent_decode("%0D%0A") == "\r\n");
  CHECK(percent_decode("%2541") == "%41");
}

TEST_CASE("bad escapes, NUL and text that is not UTF-8 are refused") {
  using namespace std::string_view_literals;
  for (auto text : {"%"sv, "a%"sv, "%4"sv, "%4g"sv, "%g4"sv, "%%41"sv, "%00"sv,
                    "a\0b"sv, "%FF"sv, "%C3"sv, "\xE9"sv, "%ED%A0%80"sv}) {
    CAPTURE(text);
    CHECK_FALSE(percent_decode(text));
  }
}

TEST_CASE("all but unreserved characters are encoded") {
  CHECK(percent_encode("") == "");
  CHECK(percent_encode("AZaz09-._~") == "AZaz09-._~");
  CHECK(percent_encode("#a b/c?d=e&f+%@:")
        == "%23a%20b%2Fc%3Fd%3De%26f%2B%25%40%3A");
  CHECK(percent_encode("é\r\n") == "%C3%A9%0D%0A");
}

TEST_CASE("a query is a list of pairs") {
  using pairs = std::vector<std::pair<std::string, std::string>>;
  CHECK(parse_query("a=1&b=x%3Dy=z&&c&=v")
        == pairs{{"a", "1"}, {"b", "x=y=z"}, {"c", ""}, {"", "v"}});
  CHECK(parse_query("") == pairs{});
  CHECK_FALSE(parse_query("a=1&b=%"));
  CHECK_FALSE(parse_query("%=1"));
}
