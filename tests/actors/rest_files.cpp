// SPDX-License-Identifier: Apache-2.0
#include "actors/rest_call.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

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
    CHECK(header(found, "ETag") == "\"f1\"");
    CHECK(header(found, "Content-Disposition") == "");
    CHECK(header(found, "Set-Cookie") == "");
  }
}

TEST_CASE("a file that the client has, or only asks about, is not read") {
  site it;
  it.add("f1", "text/plain");
  protocol::http_request request;
  request.method = "GET";
  request.path = {"file", "1", "f1"};
  for (const auto* known : {"\"f1\"", "*", "\"x\", W/\"f1\""}) {
    CAPTURE(known);
    request.known_etags = known;
    const auto same = it.world.rest(request);
    CHECK(same.status == 304);
    CHECK(same.body == "");
    CHECK(header(same, "ETag") == "\"f1\"");
  }
  request.known_etags = "\"f2\"";
  CHECK(it.world.rest(request).body == "<b>x</b>");
  request.method = "HEAD";
  const auto head = it.world.rest(request);
  CHECK(head.status == 200);
  CHECK(head.body == "");
  CHECK(head.size == 8);
  request.path = {"file", "1", "f2"};
  CHECK(it.world.rest(request).status == 404);
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

namespace {

/// A form with one file, as somebody who is logged in sends it.
protocol::http_request upload_of(const std::string& content,
                                 const std::string& name = "a.txt",
                                 const std::string& more = "") {
  protocol::http_request result;
  result.method = "POST";
  result.path = {"api", "files"};
  result.content_type = "multipart/form-data";
  result.boundary = "b";
  result.host = "chat.example.org";
  result.session = "token";
  result.body = more + "--b\r\nContent-Disposition: form-data; name=\"file\"; "
                + "filename=\"" + name
                + "\"\r\nContent-Type: text/plain\r\n\r\n" + content
                + "\r\n--b--\r\n";
  return result;
}

std::string field(const std::string& name, const std::string& value) {
  return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n"
         + value + "\r\n";
}

} // namespace

TEST_CASE("an upload that begins when nobody waits for it takes no room") {
  site it;
  std::vector<protocol::http_response> answers;
  it.world.hold(it.world.writer);
  it.world.gateway->on_request(
      upload_of("12345"),
      [&](protocol::http_response one) { answers.push_back(std::move(one)); });
  it.world.run();
  it.world.advance(31s);
  it.world.advance(31s);
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].status == 503);
  it.world.let_go(it.world.writer);
  it.world.settle();
  CHECK(it.world.database->add_file(
            {"f1", it.user, "a", "text/plain", it.world.wall, "1234"}, 4)
        == store::file_verdict::stored);
}

TEST_CASE("an upload is let in before its body comes, if somebody sends it") {
  site it;
  auto head = upload_of("");
  head.body = "";
  head.awaits_body = true;
  CHECK(it.world.rest(head).status == 100);
  CHECK(it.world.rest(head).person == "1");
  head.session = "another";
  CHECK(it.world.rest(head).status == 401);
  head.session = "";
  CHECK(it.world.rest(head).status == 401);
  CHECK(it.world.database->files_of(it.user, "", 10).empty());
}

TEST_CASE("an upload is stored, whatever it is cut into") {
  site it;
  constexpr std::size_t part = 768 * 1024;
  for (const auto size :
       {std::size_t{0}, std::size_t{1}, part, part + 1, 3 * part - 1}) {
    CAPTURE(size);
    std::string content(size, 'x');
    for (std::size_t n = 0; n < size; n += 1000)
      content[n] = static_cast<char>('a' + n / 1000 % 26);
    const auto answer = it.world.rest(upload_of(content));
    CHECK(answer.status == 200);
    const auto id = member_of(answer.body, "id");
    CHECK(member_of(answer.body, "url")
          == "http://chat.example.org/file/1/" + id);
    CHECK(it.get("/file/1/" + id).body == content);
  }
}

TEST_CASE("what is wrong with an upload is said, and nothing is stored") {
  auto config = deterministic::quick();
  config.max_upload_bytes = 10;
  config.max_file_bytes_per_user = 15;
  deterministic world{config};
  const auto user = world.add_user("ann@example.org");
  const auto refusal = [&](const protocol::http_request& what) {
    const auto answer = world.rest(what);
    CHECK(answer.status == 400);
    return member_of(answer.body, "path") + ' '
           + member_of(answer.body, "message");
  };
  CHECK(refusal(upload_of("12345678901"))
        == "/file Maximum message size exceeded");
  CHECK(refusal(upload_of("x", "")) == "/file Unknown filename.");
  CHECK(refusal(upload_of("x", "a", field("id", std::string(31, 'a'))))
            .starts_with("/id "));
  CHECK(refusal(upload_of("x", "a", field("id", std::string(32, '/'))))
            .starts_with("/id "));
  const auto own = field("id", std::string(32, 'a'));
  CHECK(world.rest(upload_of("1234567890", "a", own)).status == 200);
  CHECK(refusal(upload_of("x", "a", own)) == "/id There is a file of that id.");
  CHECK(refusal(upload_of("123456"))
        == "/file No room for this file: your files may have 15 bytes"
           " together.");
  CHECK(world.database->files_of(user, "", 10).size() == 1);
}

TEST_CASE("a picture of a telephone gets a name of its own") {
  site it;
  const auto answer = it.world.rest(upload_of("x", "image.jpg"));
  CHECK(member_of(answer.body, "filename") == "IMG_1795330887.jpg");
  CHECK(member_of(answer.body, "ext") == "jpg");
}

TEST_CASE("a file that is written only is listed, and never shown") {
  site it;
  const auto answer =
      it.world.rest(upload_of("x", "a.txt", field("write_only", "1")));
  CHECK(answer.status == 200);
  CHECK(it.get("/file/1/" + member_of(answer.body, "id")).status == 404);
  CHECK(it.world.database->files_of(it.user, "", 10).size() == 1);
}

TEST_CASE("files are deleted with what they hold") {
  site it;
  it.add("f1", "text/plain");
  const auto large = it.world.rest(upload_of(std::string(8'000'000, 'x')));
  const auto id = member_of(large.body, "id");
  const auto deleted =
      it.world.rest("DELETE", "/api/files/1/" + id + ",%20f1,f2");
  CHECK(deleted.body == R"({"deleted":2})");
  CHECK(it.get("/file/1/" + id).status == 404);
  CHECK(it.world.database->sweep_files(1));
  CHECK(it.world.rest(upload_of("x", "a", field("id", id))).status == 200);
}
