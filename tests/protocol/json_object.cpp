// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_object.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

std::string problems_of(const json_object& object) {
  std::string result;
  for (const auto& each : object.problems())
    result += each.path + ": " + each.message + "\n";
  return result;
}

} // namespace

TEST_CASE("members are read by their type") {
  json_object form{
      R"({"s":"x","b":false,"l":["1","2"],"o":{"n":"y"},"a":[{"m":"z"}]})"};
  CHECK(form.string("s") == "x");
  CHECK(form.required_string("s") == "x");
  CHECK(form.boolean("b") == false);
  CHECK(form.strings("l") == std::vector<std::string>{"1", "2"});
  CHECK(form.object("o")->string("n") == "y");
  auto items = form.objects("a");
  REQUIRE(items.size() == 1);
  CHECK(items[0].string("m") == "z");
  CHECK(form.ok());
}

TEST_CASE("missing and null members are nothing") {
  json_object form{R"({"n":null})"};
  CHECK_FALSE(form.has("n"));
  CHECK_FALSE(form.string("n"));
  CHECK_FALSE(form.boolean("m"));
  CHECK_FALSE(form.strings("m"));
  CHECK_FALSE(form.object("m"));
  CHECK(form.objects("m").empty());
  CHECK(form.ok());
}

TEST_CASE("everything that is wrong is named with its place") {
  json_object form{R"({"s":1,"b":"yes","l":["1",2],"a":[1,{"m":[]}]})",
                   "/body"};
  form.required_string("gone");
  form.required_string("s");
  form.boolean("b");
  form.strings("l");
  auto items = form.objects("a");
  REQUIRE(items.size() == 1);
  items[0].string("m");
  form.adopt(items[0]);
  form.refuse("b", "Nonsense.");
  CHECK(problems_of(form)
        == "/body/gone: Missing property.\n"
           "/body/s: Expected a string.\n"
           "/body/b: Expected true or false.\n"
           "/body/l: Expected an array of strings.\n"
           "/body/a/0: Expected an object.\n"
           "/body/a/1/m: Expected a string.\n"
           "/body/b: Nonsense.\n");
}

TEST_CASE("a text that is no object has one problem and no members") {
  for (const auto* text :
       {"", "[]", "1", "{", "{\"a\":1}x", "{\"a\":\"\xff\"}"}) {
    json_object form{text, "/body"};
    CHECK_MESSAGE(form.problems().size() == 1, text);
    CHECK(form.required_string("a").empty());
    CHECK(form.problems().size() == 1);
  }
  CHECK(problems_of(json_object{"[]"}) == "/: Expected an object.\n");
}

TEST_CASE("what is nested too deep is refused without harm") {
  const auto deep =
      "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  CHECK(problems_of(json_object{deep})
        == "/: Invalid JSON: nested deeper than 64 levels.\n");
}
