// SPDX-License-Identifier: Apache-2.0
#include "actors/credentials.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors;

TEST_CASE("an email is something, one @, something, without blanks") {
  CHECK(is_email("a@b"));
  CHECK(is_email("jörg+irc@example.org"));
  for (const auto* wrong :
       {"", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\n", "a/b@c", "a@b\x7f"})
    CHECK_FALSE_MESSAGE(is_email(wrong), wrong);
  CHECK(is_email(std::string(252, 'a') + "@b"));
  CHECK_FALSE(is_email(std::string(253, 'a') + "@b"));
}

TEST_CASE("emails are compared trimmed and in lower case") {
  CHECK(normal_email(" Ann@Example.ORG\n") == "ann@example.org");
}

TEST_CASE("a password has 10 to 1024 bytes") {
  CHECK(password_problem("123456789") == "String is too short: 9/10.");
  CHECK(password_problem("1234567890").empty());
  CHECK(password_problem(std::string(1024, 'x')).empty());
  CHECK(password_problem(std::string(1025, 'x')) == "String is too long.");
}
