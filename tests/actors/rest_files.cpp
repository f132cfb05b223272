// SPDX-License-Identifier: Apache-2.0
#include "actors/rest_call.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;

namespace {

struct site {
  site() {
    user = world.add_user("ann@example.org");
  }
  void add(const std::string& id, const std::string& type,
           const std::string& name = "a.txt") {
    world.database->add_file({id, user, name, type, world.wall, "<b>x</b>"},
                             1'000);
  }
  /// Without a session.
  protocol::http_response get(const std::string& target) {
    return world.rest("GET", target, "", "");
  }

  deterministic world;
  protocol::user_id user{};
};

std::string header(const protocol::http_response& response,
                   std::string_view name) {
  std::string result;
  for (const auto& [key, value] : response.headers)
    if (key == name)
      result += value;
  return result;
}

} // namespace

TEST_CASE("whoever knows its id may read a file, and it cannot run") {
  site it;
  it.add("f1", "text/plain; charset=utf-8");
  for (const auto* path : {"/file/1/f1", "/file/1/f1.txt", "/api/files/1/f1"}) {
    CAPTURE(path);
    const auto found = it.get(path);
    CHECK(found.status == 200);
    CHECK(found.content_type == "text/plain; charset=utf-8");
    CHECK(found.body == "<b>x</b>");
    CHECK(header(found, "Content-Security-Policy")
          == "default-src 'none'; sandbox");
    CHECK(header(found, "Cache-Control") == "max-age=86400");
    CHECK(header(found, "Content-Disposition") == "");
    CHECK(header(found, "Set-Cookie") == "");
  }
}

TEST_CASE("what a browser might run is saved instead") {
  site it;
  auto n = 0;
  const auto disposition = [&](const std::string& type,
                               const std::string& name = "a.html") {
    const auto id = "f" + std::to_string(++n);
    it.add(id, type, name);
    return header(it.get("/file/1/" + id), "Content-Disposition");
  };
  for (const auto* type :
       {"image/png", "image/gif", "image/jpeg", "audio/flac", "video/mp4"})
    CHECK(disposition(type) == "");
  for (const auto* type : {"text/html", "image/svg+xml", "application/pdf",
                           "text/javascript", "text/plainly"})
    CHECK(disposition(type) == "attachment; filename=\"a.html\"");
  CHECK(disposition("x/y", "q\"\\/\r\n\x7f.html")
        == "attachment; filename=\"q______.html\"");
}

TEST_CASE("a file that is not there is not found, whoever asks") {
  site it;
  it.add("f1", "text/plain");
  for (const auto* path :
       {"/file/1/f2", "/file/2/f1", "/file/x/f1", "/file/1x/f1", "/file/1/.txt",
        "/file/-1/f1", "/file/99999999999999999999/f1"}) {
    CAPTURE(path);
    const auto found = it.get(path);
    CHECK(found.status == 404);
    CHECK(member_of(found.body, "message") == "File not found.");
  }
  CHECK(it.get("/file/1").status == 404);
  CHECK(it.world.rest("POST", "/file/1/f1", "{}").status == 405);
}
