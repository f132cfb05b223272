// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_schema.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

rapidjson::Document parsed(const std::string& json) {
  rapidjson::Document result;
  result.Parse(json.data(), json.size());
  REQUIRE_FALSE(result.HasParseError());
  return result;
}

/// All problems, one a line: `/path text`.
std::string wrong(const std::string& schema, const std::string& value,
                  const std::string& path = "") {
  std::vector<json_problem> problems;
  json_schema{parsed(schema)}.check(parsed(value), path, problems);
  std::string result;
  for (const auto& each : problems)
    result += each.path + " " + each.message + "\n";
  return result;
}

} // namespace

TEST_SUITE("json_schema") {
  TEST_CASE("a type is named in words") {
    CHECK(wrong(R"({"type":"string"})", "7") == " Expected a string.\n");
    CHECK(wrong(R"({"type":"boolean"})", "\"yes\"")
          == " Expected true or false.\n");
    CHECK(wrong(R"({"type":"integer"})", "1.5")
          == " Expected a whole number.\n");
    CHECK(wrong(R"({"type":"number"})", "\"1\"") == " Expected a number.\n");
    CHECK(wrong(R"({"type":"object"})", "[]") == " Expected an object.\n");
    CHECK(wrong(R"({"type":"array","items":{"type":"object"}})", "{}")
          == " Expected an array.\n");
    CHECK(wrong(R"({"type":"array","items":{"type":"string"}})", "{}")
          == " Expected an array of strings.\n");
    CHECK(wrong(R"({"type":"string"})", "null") == " Expected a string.\n");
  }

  TEST_CASE("what fits has no problem") {
    CHECK(wrong(R"({"type":"string","minLength":2,"maxLength":2})", "\"ab\"")
          == "");
    CHECK(wrong(R"({"type":"integer","minimum":1,"maximum":3})", "3") == "");
    CHECK(wrong(R"({"type":"number"})", "1") == "");
    CHECK(wrong(R"({"type":"array","items":{"type":"string"}})", "[]") == "");
    CHECK(wrong(R"({"type":"object"})", R"({"anything":1})") == "");
    CHECK(wrong("{}", "7") == "");
  }

  TEST_CASE("bounds of texts count characters, not bytes") {
    const auto schema = R"({"type":"string","minLength":3,"maxLength":4})";
    CHECK(wrong(schema, "\"\xc3\xa4\xc3\xb6\"")
          == " String is too short: 2/3.\n");
    CHECK(wrong(schema, "\"\xc3\xa4\xc3\xb6\xc3\xbc\"") == "");
    CHECK(wrong(schema, "\"abcde\"") == " String is too long: 5/4.\n");
  }

  TEST_CASE("bounds of numbers and arrays, and choices") {
    CHECK(wrong(R"({"type":"integer","minimum":1,"maximum":32})", "33")
          == " Expected a number from 1 to 32.\n");
    CHECK(wrong(R"({"type":"integer","minimum":1,"maximum":32})", "\"x\"")
          == " Expected a number from 1 to 32.\n");
    CHECK(wrong(R"({"type":"integer","minimum":1})", "0")
          == " Expected a whole number of at least 1.\n");
    CHECK(wrong(R"({"type":"array","maxItems":1})", "[1,2]")
          == " Array is too long: 2/1.\n");
    CHECK(wrong(R"({"type":"array","minItems":1})", "[]")
          == " Array is too short: 0/1.\n");
    CHECK(wrong(R"({"type":"string","enum":["on","off"]})", "\"of\"")
          == " Not in enum list: on, off.\n");
  }

  TEST_CASE("every problem is named, with its place, in the schema's order") {
    const auto schema =
        R"({"type":"object","required":["c","a"],"properties":{)"
        R"("a":{"type":"string"},"b":{"type":"array","items":{"type":"object",)"
        R"("required":["x"],"properties":{"x":{"type":"integer"}}}},)"
        R"("c":{"type":"boolean"}}})";
    CHECK(wrong(schema, R"({"b":[{"x":1},{},{"x":"y"},7]})", "/body")
          == "/body/a Missing property.\n"
             "/body/b/1/x Missing property.\n"
             "/body/b/2/x Expected a whole number.\n"
             "/body/b/3 Expected an object.\n"
             "/body/c Missing property.\n");
    CHECK(wrong(schema, "[]", "/body") == "/body Expected an object.\n");
  }

  TEST_CASE("other members are as `additionalProperties` says") {
    const auto schema = R"({"type":"object","properties":{"a":{}},)"
                        R"("additionalProperties":{"type":"string"}})";
    CHECK(wrong(schema, R"({"a":1,"b":"x"})") == "");
    CHECK(wrong(schema, R"({"a":1,"b":2})") == "/b Expected a string.\n");
    CHECK(
        wrong(R"({"type":"object","additionalProperties":false})", R"({"b":2})")
        == " This is not what was expected.\n");
  }

  TEST_CASE("null fits where it may") {
    const auto schema =
        R"({"type":"object","properties":{"a":{"type":"integer",)"
        R"("nullable":true,"minimum":1},"b":{"type":"string",)"
        R"("enum":["x"],"nullable":true}}})";
    CHECK(wrong(schema, R"({"a":null,"b":null})") == "");
    CHECK(wrong(schema, R"({"a":0,"b":"y"})")
          == "/a Expected a whole number of at least 1.\n"
             "/b Not in enum list: x.\n");
  }

  TEST_CASE("formats are checked where the rest fits") {
    CHECK(wrong(R"({"type":"string","format":"email"})", "\"ann\"")
          == " Does not match email format.\n");
    CHECK(
        wrong(R"({"type":"string","format":"email","minLength":9})", "\"ann\"")
        == " String is too short: 3/9.\n");
    // A member may be called so too.
    CHECK(wrong(R"({"type":"object","properties":{"format":)"
                R"({"type":"string"},"type":{"type":"string"}}})",
                R"({"format":1,"type":"x"})")
          == "/format Expected a string.\n");
  }

  TEST_CASE("`x-expected` says it all") {
    const auto schema =
        R"({"type":"array","maxItems":2,"x-expected":"two nicks",)"
        R"("items":{"type":"string","format":"nick"}})";
    CHECK(wrong(schema, R"(["a"])") == "");
    CHECK(wrong(schema, R"(["a b","c d"])", "/x")
          == "/x Expected two nicks.\n");
    CHECK(wrong(schema, R"([1,2,3])") == " Expected two nicks.\n");
  }

  TEST_CASE("a text that is long or holds NUL is no danger") {
    const auto schema =
        R"({"type":"string","format":"date-time","maxLength":5})";
    CHECK(wrong(schema, "\"" + std::string(1'000'000, '1') + "\"")
          == " String is too long: 1000000/5.\n");
    CHECK(wrong(R"({"type":"string","minLength":3})", R"("a\u0000bcd")")
          == " This is not what was expected.\n");
  }
}
