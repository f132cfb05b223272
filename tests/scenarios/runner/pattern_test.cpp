// SPDX-License-Identifier: Apache-2.0
#include "pattern.hpp"

#include <doctest/doctest.h>

using namespace convoy::scenarios;

namespace {

std::optional<std::string> compare(const char* pattern, const char* value,
                                   variables& names) {
  return mismatch(parse_json_pattern(pattern), parse_json(value), names);
}

bool same(const char* pattern, const char* value) {
  variables names;
  return !compare(pattern, value, names);
}

bool same_line(const char* pattern, std::string_view line) {
  variables names;
  return !mismatch(std::string_view(pattern), line, names);
}

} // namespace

TEST_CASE("an object is compared whole unless it says ...") {
  CHECK(same(R"({"a":1,"b":[true,null]})", R"({"b":[true,null],"a":1.0})"));
  CHECK_FALSE(same(R"({"a":1})", R"({"a":1,"b":2})"));
  CHECK(same(R"({"a":1,...})", R"({"a":1,"b":2})"));
  CHECK_FALSE(same(R"({"a":1,...})", R"({"b":2})"));
  CHECK(same(R"({...})", "{}"));
}

TEST_CASE("types count") {
  CHECK_FALSE(same(R"({"id":1})", R"({"id":"1"})"));
  CHECK_FALSE(same(R"({"id":"1"})", R"({"id":1})"));
  CHECK_FALSE(same("false", "null"));
  CHECK_FALSE(same("true", "false"));
  CHECK_FALSE(same("[]", "{}"));
}

TEST_CASE("arrays keep their order, with gaps where ... stands") {
  CHECK(same("[1,2]", "[1,2]"));
  CHECK_FALSE(same("[1,2]", "[2,1]"));
  CHECK_FALSE(same("[1]", "[1,2]"));
  CHECK(same("[...,2,...,4]", "[1,2,3,4]"));
  CHECK(same("[...]", "[]"));
  CHECK_FALSE(same("[...,4,...,2]", "[1,2,3,4]"));
}

TEST_CASE("regular expressions see strings and numbers") {
  CHECK(same(R"({"ts":~/^\d{10}\.\d+$/~})", R"({"ts":1593647381.72949})"));
  CHECK_FALSE(same(R"({"ts":~/^\d+$/~})", R"({"ts":"x1"})"));
  CHECK_FALSE(same(R"({"ts":~/.*/~})", R"({"ts":null})"));
}

TEST_CASE("a name captures, then compares with its type") {
  variables names;
  CHECK_FALSE(
      compare(R"({"seq":$n,"id":$id})", R"({"seq":41,"id":"7"})", names));
  CHECK_FALSE(compare(R"({"seq":$n+1})", R"({"seq":42})", names));
  CHECK(compare(R"({"seq":$n})", R"({"seq":42})", names));
  CHECK(compare(R"({"id":$id})", R"({"id":7})", names));
  CHECK_FALSE(
      compare(R"({"text":"n $n, id $id"})", R"({"text":"n 41, id 7"})", names));
}

TEST_CASE("a failed comparison binds nothing and names the place") {
  variables names;
  auto difference = compare(R"({"a":$x,"errors":[{"message":"No."}]})",
                            R"({"a":1,"errors":[{"message":"Yes."}]})", names);
  REQUIRE(difference);
  CHECK(*difference == R"(/errors/0/message: expected "No.", got "Yes.")");
  CHECK(names.find("x") == nullptr);
  CHECK(compare(R"({"a":1})", "{}", names) == "/a: missing");
  CHECK(compare("{}", R"({"a":1})", names) == "/a: not expected");
}

TEST_CASE("lines have wildcards, captures and escapes") {
  CHECK(same_line("NICK ann", "NICK ann"));
  CHECK_FALSE(same_line("NICK ann", "NICK anna"));
  CHECK(same_line("USER * * * :*", "USER ann 0 * :x y"));
  CHECK(same_line(R"(PRIVMSG #a :\x01ACTION waves\x01)", "PRIVMSG #a :\x01"
                                                         "ACTION waves\x01"));
  CHECK(same_line("~/^PRIVMSG #[ab] /~", "PRIVMSG #b :(x)"));
  CHECK(same_line("a.b (c)", "a.b (c)"));
  CHECK_FALSE(same_line("a.b", "axb"));
  variables names;
  CHECK_FALSE(
      mismatch(std::string_view("PING $token :x"), "PING t1 :x", names));
  CHECK_FALSE(mismatch(std::string_view("PONG $token"), "PONG t1", names));
  CHECK(mismatch(std::string_view("PONG $token"), "PONG t2", names));
}

TEST_CASE("the colon before a last word makes no difference") {
  CHECK(same_line("JOIN :#a", "JOIN #a"));
  CHECK(same_line("PRIVMSG #a hi", "PRIVMSG #a :hi"));
  CHECK(same_line(":s 366 a #b :End", ":s 366 a #b End"));
  CHECK_FALSE(same_line("PRIVMSG #a ::)", "PRIVMSG #a :)"));
  CHECK_FALSE(same_line("TOPIC #a", "TOPIC #a :"));
}
