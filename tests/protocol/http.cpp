// SPDX-License-Identifier: Apache-2.0
#include "protocol/http.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

using strings = std::vector<std::string>;
using pairs = std::vector<std::pair<std::string, std::string>>;

strings path_of(std::string_view target) {
  http_request request;
  REQUIRE(parse_target(target, request));
  return request.path;
}

} // namespace

TEST_CASE("a path is split before it is decoded") {
  CHECK(path_of("/") == strings{});
  CHECK(path_of("/api") == strings{"api"});
  CHECK(path_of("/a/b%2Fc?x=1") == strings{"a", "b/c"});
  CHECK(path_of("/api/connection/irc-libera/conversation/%23with%2fslash/read")
        == strings{"api", "connection", "irc-libera", "conversation",
                   "#with/slash", "read"});
  CHECK(path_of("/a/") == strings{"a", ""});
  CHECK(path_of("//a") == strings{"", "a"});
  CHECK(path_of("/conversation//messages")
        == strings{"conversation", "", "messages"});
  CHECK(path_of("/user.json") == strings{"user.json"});
  CHECK(path_of("/a+b") == strings{"a+b"});
  CHECK(path_of("/caf%C3%A9") == strings{"café"});
  CHECK(path_of("/..%2f..") == strings{"../.."});
  CHECK(path_of("/%2525") == strings{"%25"});
}

TEST_CASE("a query is decoded, in order") {
  http_request request;
  REQUIRE(parse_target("/a?x=1&y=a+b%2B%26&x=2&flag&&e=&u=a?b=c/d", request));
  CHECK(request.query
        == pairs{{"x", "1"},
                 {"y", "a b+&"},
                 {"x", "2"},
                 {"flag", ""},
                 {"e", ""},
                 {"u", "a?b=c/d"}});
  CHECK(request.param("x") == "1");
  CHECK(request.param("y") == "a b+&");
  CHECK(request.param("flag") == "");
  CHECK_FALSE(request.param("z"));
  REQUIRE(parse_target("/a", request));
  CHECK(request.query.empty());
  REQUIRE(parse_target("/a?", request));
  CHECK(request.query.empty());
}

TEST_CASE("what is no target is refused and changes nothing") {
  using namespace std::string_view_literals;
  for (auto target : {""sv,         "a"sv,      "*"sv,        "http://host/a"sv,
                      "?a=1"sv,     "/%"sv,     "/%4"sv,      "/%zz"sv,
                      "/a%2/b"sv,   "/a?x=%"sv, "/a?%x1=1"sv, "/a%00b"sv,
                      "/a?x=%00"sv, "/a\0b"sv,  "/a b"sv,     "/a\r\nb"sv,
                      "/a#b"sv,     "/a\x7F"sv, "/%FF"sv,     "/a?x=%C3"sv}) {
    CAPTURE(target);
    http_request request;
    request.path = {"before"};
    request.query = {{"k", "v"}};
    CHECK_FALSE(parse_target(target, request));
    CHECK(request.path == strings{"before"});
    CHECK(request.query == pairs{{"k", "v"}});
  }
}

TEST_CASE("a cookie is found by its whole name") {
  CHECK(cookie("convos=abc", "convos") == "abc");
  CHECK(cookie("a=1; convos=abc; b=2", "convos") == "abc");
  CHECK(cookie("a=1;convos=abc", "convos") == "abc");
  CHECK(cookie("convos_js=x; convos=y", "convos") == "y");
  CHECK(cookie("xconvos=x", "convos") == "");
  CHECK(cookie("convos=a=b==", "convos") == "a=b==");
  CHECK(cookie("convos=1; convos=2", "convos") == "1");
  CHECK(cookie("CONVOS=1", "convos") == "");
  CHECK(cookie("convos", "convos") == "");
  CHECK(cookie("convos=", "convos") == "");
  CHECK(cookie("; ;=;convos = v ", "convos") == "v");
  CHECK(cookie("", "convos") == "");
}
