// SPDX-License-Identifier: Apache-2.0
#include "protocol/email.hpp"

#include <doctest/doctest.h>

#include <string>

using convoy::protocol::is_email;

TEST_SUITE("email") {
  TEST_CASE("something, @, something") {
    CHECK(is_email("ann@example.org"));
    CHECK(is_email("a@b"));
    CHECK(is_email("j\xc3\xb6rg+irc@example.org"));
    CHECK_FALSE(is_email(""));
    CHECK_FALSE(is_email("ann"));
    CHECK_FALSE(is_email("@example.org"));
    CHECK_FALSE(is_email("ann@"));
    CHECK_FALSE(is_email("ann@bob@example.org"));
  }

  TEST_CASE("neither white space, control characters nor a slash") {
    CHECK_FALSE(is_email(" ann@example.org"));
    CHECK_FALSE(is_email("ann@example.org\n"));
    CHECK_FALSE(is_email({"ann@exam\0ple.org", 16}));
    CHECK_FALSE(is_email("ann@example.org/x"));
  }

  TEST_CASE("at most 254 bytes") {
    CHECK(is_email("a@" + std::string(252, 'b')));
    CHECK_FALSE(is_email("a@" + std::string(253, 'b')));
  }
}
