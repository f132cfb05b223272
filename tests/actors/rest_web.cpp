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

TEST_CASE("an admin sees how the node does, nobody else") {
  deterministic world;
  world.add_user("ann@example.org");
  const auto found = world.rest("GET", "/api/health");
  CHECK(found.status == 200);
  CHECK(member_of(found.body, "version") == "Convoy test");
  CHECK(member_of(found.body, "store") == "ok");
  CHECK(member_of(found.body, "ready") == "true");
  CHECK(member_of(found.body, "waiting_events") == "0");
  CHECK(found.body.find(R"("process":{"cpu_seconds":1.5})")
        != std::string::npos);
  CHECK(world.rest("GET", "/api/health", "", "").status == 401);
}
