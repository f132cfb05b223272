// SPDX-License-Identifier: Apache-2.0
#include "variables.hpp"

#include <doctest/doctest.h>

using namespace convoy::scenarios;

TEST_CASE("names are replaced by their plain text") {
  variables names;
  names.set("libera.port", "6667");
  names.set("seq", parse_json("12"));
  names.set("who", parse_json(R"("a\"b")"));
  CHECK(names.expand("irc://h:$libera.port/?n=$seq") == "irc://h:6667/?n=12");
  CHECK(names.expand("${seq}th $who. $$5 $ $9") == "12th a\"b. $5 $ $9");
  CHECK(names.expand("$seq.") == "12.");
  CHECK(names.expand("$seq.txt") == "12.txt");
  CHECK(names.expand("<${ab*3}>") == "<ababab>");
  CHECK(names.expand("${n$i,*3}${*2}") == "n0,n1,n2,");
}

TEST_CASE("what cannot be replaced is an error") {
  variables names;
  CHECK_THROWS_AS(names.expand("$unknown"), script_error);
  CHECK_THROWS_AS(names.expand("${x*many}"), script_error);
  CHECK_THROWS_AS(names.expand("${x"), script_error);
}

TEST_CASE("escapes name bytes") {
  CHECK(unescape(R"(a\x01\xff\r\n\t\\b)") == "a\x01\xff\r\n\t\\b");
  CHECK(unescape(R"(\0)") == std::string(1, '\0'));
  CHECK_THROWS_AS(unescape(R"(\xg1)"), script_error);
  CHECK_THROWS_AS(unescape(R"(\q)"), script_error);
}

TEST_CASE("people see control characters and no endless lines") {
  CHECK(printable("a\x01\n\x7f") == "a\\x01\\x0a\\x7f");
  auto shown = printable(std::string(3000, 'x'));
  CHECK(shown.size() < 2100);
  CHECK(shown.ends_with("(3000 bytes)"));
}
