// SPDX-License-Identifier: Apache-2.0
#include "protocol/casemapping.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("mappings are known by their names") {
  CHECK(parse_casemapping("ascii") == casemapping::ascii);
  CHECK(parse_casemapping("rfc1459") == casemapping::rfc1459);
  CHECK(parse_casemapping("RFC1459") == casemapping::rfc1459);
  CHECK(parse_casemapping("rfc1459-strict") == casemapping::rfc1459_strict);
  CHECK(parse_casemapping("strict-rfc1459") == casemapping::rfc1459_strict);
  CHECK_FALSE(parse_casemapping("rfc7613"));
  CHECK_FALSE(parse_casemapping(""));
}

TEST_CASE("folding changes the letters of the mapping only") {
  CHECK(fold("#AZaz[]\\^{}|~09@_`É", casemapping::ascii)
        == "#azaz[]\\^{}|~09@_`É");
  CHECK(fold("#AZaz[]\\^{}|~09@_`É", casemapping::rfc1459)
        == "#azaz{}|~{}|~09@_`É");
  CHECK(fold("#AZaz[]\\^{}|~09@_`É", casemapping::rfc1459_strict)
        == "#azaz{}|^{}|~09@_`É");
  CHECK(fold("", casemapping::rfc1459).empty());
}

TEST_CASE("names are compared as the server does") {
  CHECK(equal("Bob[away]", "bOB{AWAY}", casemapping::rfc1459));
  CHECK_FALSE(equal("Bob[away]", "bob{away}", casemapping::ascii));
  CHECK(equal("a^", "A~", casemapping::rfc1459));
  CHECK_FALSE(equal("a^", "A~", casemapping::rfc1459_strict));
  CHECK(equal("x\\", "X|", casemapping::rfc1459_strict));
  CHECK_FALSE(equal("bob", "bobo", casemapping::rfc1459));
  CHECK_FALSE(equal("bobo", "bob", casemapping::rfc1459));
  CHECK_FALSE(equal("@", "`", casemapping::rfc1459));
  CHECK(equal("", "", casemapping::ascii));
}
