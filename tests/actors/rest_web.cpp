// SPDX-License-Identifier: Apache-2.0
#include "actors/rest_call.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;

TEST_CASE("anybody gets a dictionary") {
  deterministic world;
  const auto found = world.rest("GET", "/api/i18n/xx", "", "");
  CHECK(found.status == 200);
  CHECK(found.body
        == R"({"available_languages":{"en":{"language_team":"English"}},)"
           R"("dictionary":{},"language_team":"English"})");
  CHECK(
      found.headers.at(0)
      == std::pair<std::string, std::string>{"Cache-Control", "max-age=86400"});
}

TEST_CASE("a link is what it was, and never fetched") {
  deterministic world;
  world.add_user("ann@example.org");
  CHECK(world.rest("GET", "/api/embed?url=http%3A%2F%2F127.0.0.1%2F%22").body
        == R"({"type":"link","url":"http://127.0.0.1/\""})");
  for (const auto* bad : {"", "?url=", "?url=ftp%3A%2F%2Fh", "?url=httpx"}) {
    CAPTURE(bad);
    const auto found = world.rest("GET", std::string{"/api/embed"} + bad);
    CHECK(found.status == 400);
    CHECK(member_of(found.body, "path") == "/url");
  }
  CHECK(world.rest("GET", "/api/embed?url=http%3A%2F%2Fh", "", "").status
        == 401);
}

TEST_CASE("a service worker is told which version runs") {
  deterministic world;
  CHECK(world.rest("GET", "/sw/info", "", "").body
        == R"({"mode":"production","version":"Convoy test"})");
}
