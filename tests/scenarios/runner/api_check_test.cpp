// SPDX-License-Identifier: Apache-2.0
#include "api_check.hpp"

#include <doctest/doctest.h>

using namespace convoy::scenarios;

namespace {

const http_headers json{{"Content-Type", "application/json"}};

http_call call_of(const std::string& method, const std::string& target,
                  const std::string& body = "") {
  http_call result;
  result.method = method;
  result.target = target;
  result.body = body;
  result.headers = json;
  return result;
}

} // namespace

TEST_CASE("a request is checked where it is described") {
  const auto wrong = [](const http_call& what) {
    return request_problem(what);
  };
  CHECK(wrong(call_of("POST", "/api/user/login",
                      R"({"email":"a@b","password":"x"})"))
        == "");
  CHECK(wrong(call_of("POST", "/api/user/login.json", R"({"email":"a@b"})"))
        == "/body/password: Missing property.");
  CHECK(wrong(call_of("GET", "/api/users?after=1")) == "");
  CHECK(wrong(call_of("GET", "/api/connection/a/messages?limit=x"))
        == "/limit: Expected a number from 1 to 200.");
  CHECK(wrong(call_of("GET", "/api/nothing?limit=x")) == "");
  CHECK(wrong(call_of("GET", "/metrics")) == "");
  auto text = call_of("POST", "/api/connections", R"({"url":"irc://h"})");
  text.headers.clear();
  CHECK(wrong(text) == "the body is not application/json");
}

TEST_CASE("an answer is checked, also that of a path that is none") {
  const auto error = R"({"errors":[{"message":"No.","path":"/"}]})";
  CHECK(answer_problem(call_of("GET", "/api/nothing"), {404, json, error})
        == "");
  CHECK(answer_problem(call_of("GET", "/api/nothing"), {404, json, "{}"})
        == "/errors: Missing property.");
  CHECK(answer_problem(call_of("GET", "/api/connections"),
                       {200, json, R"({"connections":[]})"})
        == "");
  CHECK(answer_problem(call_of("GET", "/api/connections"), {200, json, "{}"})
        == "/connections: Missing property.");
  CHECK(answer_problem(call_of("HEAD", "/api/connections"), {200, json, ""})
        == "");
  CHECK(answer_problem(call_of("GET", "/api/connections"),
                       {503, {{"Content-Type", "text/html"}}, "<p>"})
        != "");
}
