// SPDX-License-Identifier: Apache-2.0
#include "actors/credentials.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors;

TEST_CASE("an email that is none is named so") {
  CHECK(email_problem("ann@example.org").empty());
  CHECK(email_problem("ann") == "Does not match email format.");
}

TEST_CASE("emails are compared trimmed and in lower case") {
  CHECK(normal_email(" Ann@Example.ORG\n") == "ann@example.org");
}

TEST_CASE("a password has 10 to 1024 bytes") {
  CHECK(password_problem("123456789") == "String is too short: 9/10.");
  CHECK(password_problem("1234567890").empty());
  CHECK(password_problem(std::string(1024, 'x')).empty());
  CHECK(password_problem(std::string(1025, 'x'))
        == "String is too long: 1025/1024.");
}
