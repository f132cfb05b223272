// SPDX-License-Identifier: Apache-2.0
#include "net/http_connection.hpp"

#include "tests/net/fake_gateway.hpp"
#include "tests/net/temporary_folder.hpp"
#include "tests/net/test_client.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;
using namespace std::chrono_literals;
namespace http = boost::beast::http;

namespace {

const std::string get_api = "GET /api HTTP/1.1\r\nHost: h\r\n\r\n";

std::string json_error(const std::string& message) {
  return R"({"errors":[{"message":")" + message + R"(","path":"/"}]})";
}

void answer(server_fixture& f, convoy::protocol::http_response with) {
  f.routes->questions.take().second(std::move(with));
}

} // namespace

TEST_CASE("a request reaches the gateway and its answer the client") {
  server_fixture f;
  test_client client{f.port()};
  client.send("POST /api/user/login?x=%2F HTTP/1.1\r\nHost: h\r\nCookie: "
              "convos=abc\r\nContent-Type: application/json\r\n"
              "Content-Length: 2\r\n\r\n{}");
  auto [request, reply] = f.routes->questions.take();
  CHECK(request.method == "POST");
  CHECK(request.path == std::vector<std::string>{"api", "user", "login"});
  CHECK(request.param("x") == "/");
  CHECK(request.body == "{}");
  CHECK(request.session == "abc");
  CHECK(request.remote_address == "127.0.0.1");
  reply({.status = 201,
         .body = "[1]",
         .headers = {{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}}});
  auto response = client.read();
  CHECK(response.result_int() == 201);
  CHECK(response.body() == "[1]");
  CHECK(response[http::field::content_type]
        == "application/json; charset=utf-8");
  CHECK(response.count(http::field::set_cookie) == 2);
  CHECK(response.count(http::field::date) == 1);
  CHECK(response.keep_alive());
}

TEST_CASE("requests in one packet are answered in order, one at a time") {
  server_fixture f;
  test_client client{f.port()};
  client.send("GET /api/1 HTTP/1.1\r\nHost: h\r\n\r\n"
              "GET /api/2 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  auto [first, reply] = f.routes->questions.take();
  CHECK(first.path.back() == "1");
  CHECK(f.routes->questions.empty());
  reply({.body = "one"});
  CHECK(client.read().body() == "one");
  auto [second, reply_to_second] = f.routes->questions.take();
  CHECK(second.path.back() == "2");
  reply_to_second({.body = "two"});
  auto response = client.read();
  CHECK(response.body() == "two");
  CHECK_FALSE(response.keep_alive());
  CHECK(client.is_closed());
}

TEST_CASE("HEAD is a GET whose answer has no body") {
  server_fixture f;
  test_client client{f.port()};
  client.send("HEAD /api HTTP/1.1\r\nHost: h\r\n\r\n" + get_api);
  auto [request, reply] = f.routes->questions.take();
  CHECK(request.method == "GET");
  reply({.body = "12345"});
  auto head = client.read(true);
  CHECK(head[http::field::content_length] == "5");
  answer(f, {.body = "next"});
  CHECK(client.read().body() == "next");
}

TEST_CASE("204 and 304 have no body") {
  server_fixture f;
  test_client client{f.port()};
  client.send(get_api + get_api);
  answer(f, {.status = 204, .body = "ignored"});
  auto response = client.read();
  CHECK(response.body().empty());
  CHECK(response.count(http::field::content_length) == 0);
  answer(f, {.body = "next"});
  CHECK(client.read().body() == "next");
}

TEST_CASE("what cannot be read is answered with an error and a close") {
  http_settings settings;
  settings.header_limit = 1024;
  settings.body_limit = 100;
  server_fixture f{settings};
  struct sample {
    std::string request;
    unsigned status;
    std::string body;
  };
  for (const auto& each : std::vector<sample>{
           {"nonsense\r\n\r\n", 400, ""},
           {"GET /api HTTP/1.1\r\nBad Header: x\r\n\r\n", 400, ""},
           {"GET /api HTTP/1.1\r\nHost: h\r\nX: " + std::string(2000, 'x')
                + "\r\n\r\n",
            431, json_error("Request header too large.")},
           {"POST /api HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n"
                + std::string(101, 'x'),
            413, json_error("Request body too large.")},
           {"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n", 413,
            "Request body too large.\n"},
           {"POST /api HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
            "chunked\r\n\r\n"
            "c8\r\n"
                + std::string(200, 'x') + "\r\n0\r\n\r\n",
            413, json_error("Request body too large.")},
           {"POST /api HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n"
            "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400, ""},
           {"GET /api/%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400,
            json_error("Malformed request: bad target or host.")},
           {"GET /api HTTP/1.1\r\n\r\n", 400,
            json_error("Malformed request: bad target or host.")},
           {"GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400,
            "Malformed request: bad target or host.\n"}}) {
    CAPTURE(each.request.substr(0, 60));
    test_client client{f.port()};
    auto response = client.ask(each.request);
    CHECK(response.result_int() == each.status);
    if (each.body.empty())
      CHECK(response.body().starts_with(
          R"({"errors":[{"message":"Malformed request: )"));
    else
      CHECK(response.body() == each.body);
    CHECK_FALSE(response.keep_alive());
    CHECK(client.is_closed());
  }
  CHECK(f.routes->questions.empty());
}

TEST_CASE("unknown methods are refused, known ones are the gateway's matter") {
  server_fixture f;
  test_client client{f.port()};
  auto response = client.ask("BREW /api HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(response.result_int() == 501);
  CHECK(response.body() == json_error("Method not implemented."));
  client.send("DELETE /api/x HTTP/1.1\r\nHost: h\r\n\r\n");
  auto [request, reply] = f.routes->questions.take();
  CHECK(request.method == "DELETE");
  reply({.status = 405, .body = "{}"});
  CHECK(client.read().result_int() == 405);
  client.send("GET /logout HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(f.routes->questions.take().first.path
        == std::vector<std::string>{"logout"});
}

TEST_CASE("files of people are the gateway's matter, with its headers") {
  server_fixture f;
  test_client client{f.port()};
  client.send("GET /file/1/f.txt HTTP/1.1\r\nHost: h\r\n\r\n");
  auto [request, reply] = f.routes->questions.take();
  CHECK(request.path == std::vector<std::string>{"file", "1", "f.txt"});
  reply({.body = "x", .headers = {{"Content-Security-Policy", "sandbox"}}});
  auto response = client.read();
  CHECK(response["Content-Security-Policy"] == "sandbox");
  CHECK(response.count("X-Content-Type-Options") == 1);
}

TEST_CASE("Expect: 100-continue is answered before the body") {
  server_fixture f;
  test_client client{f.port()};
  client.send("POST /api HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
              "Content-Length: 2\r\n\r\n");
  const std::string expected = "HTTP/1.1 100 Continue\r\n\r\n";
  CHECK(client.read_exactly(expected.size()) == expected);
  client.send("ok");
  CHECK(f.routes->questions.take().first.body == "ok");
}

TEST_CASE("answers that would break the header are not sent") {
  server_fixture f;
  test_client client{f.port()};
  client.send(get_api);
  answer(f, {.body = "", .headers = {{"X", "a\r\nSet-Cookie: b"}}});
  auto response = client.read();
  CHECK(response.result_int() == 500);
  CHECK(response.count("X") == 0);
  CHECK(response.count(http::field::set_cookie) == 0);
}

TEST_CASE("who sends too slowly is dropped") {
  http_settings settings;
  settings.header_timeout = 50ms;
  settings.body_timeout = 50ms;
  settings.idle_timeout = 50ms;
  server_fixture f{settings};
  for (std::string begun :
       {"", "GET /api HT",
        "POST /api HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx"}) {
    CAPTURE(begun);
    test_client client{f.port()};
    client.send(begun);
    CHECK(client.is_closed());
  }
  test_client idle{f.port()};
  idle.send(get_api);
  answer(f, {.body = "ok"});
  CHECK(idle.read().body() == "ok");
  CHECK(idle.is_closed());
}

TEST_CASE("who comes when all places are taken gets 503") {
  http_settings settings;
  settings.max_connections = 1;
  server_fixture f{settings};
  test_client first{f.port()};
  first.send(get_api);
  auto reply = f.routes->questions.take().second;
  test_client second{f.port()};
  auto response = second.ask(get_api);
  CHECK(response.result_int() == 503);
  CHECK(response.body() == json_error("Too many connections."));
  CHECK(second.is_closed());
  reply({.body = "ok"});
  CHECK(first.read().body() == "ok");
}

TEST_CASE("files are served with validators") {
  temporary_folder folder;
  folder.write("index.html", "<p>hi");
  folder.write("big.bin", std::string(300'000, 'x'));
  http_settings settings;
  settings.web_root = folder.path().string();
  server_fixture f{settings};
  test_client client{f.port()};
  auto response = client.ask("GET /index.html HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(response.result_int() == 200);
  CHECK(response.body() == "<p>hi");
  CHECK(response[http::field::content_type] == "text/html; charset=utf-8");
  CHECK(response["X-Content-Type-Options"] == "nosniff");
  CHECK(response[http::field::cache_control] == "max-age=300");
  std::string etag{response[http::field::etag]};
  client.send("GET /index.html HTTP/1.1\r\nHost: h\r\nIf-None-Match: " + etag
              + "\r\n\r\n");
  auto unchanged = client.read();
  CHECK(unchanged.result_int() == 304);
  CHECK(unchanged[http::field::etag] == etag);
  client.send("HEAD /index.html HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(client.read(true)[http::field::content_length] == "5");
  CHECK(client.ask("GET /big.bin HTTP/1.1\r\nHost: h\r\n\r\n").body()
        == std::string(300'000, 'x'));
  folder.write("big.bin.gz", "packed");
  const std::string ask = "GET /big.bin HTTP/1.1\r\nHost: h\r\n";
  const auto packed = client.ask(ask + "Accept-Encoding: gzip\r\n\r\n");
  CHECK(packed.body() == "packed");
  CHECK(packed[http::field::content_encoding] == "gzip");
  CHECK(packed[http::field::content_type] == "application/octet-stream");
  CHECK(packed[http::field::vary] == "Accept-Encoding");
  CHECK(client.ask(ask + "\r\n").body() == std::string(300'000, 'x'));
  auto missing = client.ask("GET /../x HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(missing.result_int() == 404);
  CHECK(missing.body() == "Not Found.\n");
  auto refused = client.ask("POST / HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(refused.result_int() == 405);
  CHECK(refused[http::field::allow] == "GET, HEAD");
}

TEST_CASE("a page is the gateway's where no file has its name") {
  temporary_folder folder;
  folder.write("index.html", "<p>{{X}}");
  folder.write("help", "a file");
  http_settings settings;
  settings.web_root = folder.path().string();
  settings.content_security_policy = "default-src 'self'";
  server_fixture f{settings};
  for (const std::string target :
       {"/", "/login", "/chat/irc-localhost/%23a.js", "/err/500", "/sw/info"}) {
    CAPTURE(target);
    test_client client{f.port()};
    client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    answer(f, {.body = "made", .content_type = "text/html; charset=utf-8"});
    CHECK(client.read().body() == "made");
  }
  test_client client{f.port()};
  CHECK(client.ask("GET /help HTTP/1.1\r\nHost: h\r\n\r\n").body() == "a file");
  CHECK(client.ask("GET /other HTTP/1.1\r\nHost: h\r\n\r\n").result_int()
        == 404);
  CHECK(client.ask("POST /login HTTP/1.1\r\nHost: h\r\n\r\n").result_int()
        == 405);
  CHECK(f.routes->questions.empty());
}

TEST_CASE("a page says what it may do, unless it says so itself") {
  temporary_folder folder;
  folder.write("index.html", "<p>");
  http_settings settings;
  settings.web_root = folder.path().string();
  settings.content_security_policy = "default-src 'self'";
  server_fixture f{settings};
  test_client client{f.port()};
  auto file = client.ask("GET /index.html HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(file["Content-Security-Policy"] == "default-src 'self'");
  CHECK(file["Referrer-Policy"] == "same-origin");
  CHECK(file["X-Frame-Options"] == "SAMEORIGIN");
  client.send("GET /file/1/a HTTP/1.1\r\nHost: h\r\n\r\n" + get_api);
  answer(f, {.body = "",
             .content_type = "text/html",
             .headers = {{"Content-Security-Policy", "sandbox"}}});
  auto own = client.read();
  CHECK(own["Content-Security-Policy"] == "sandbox");
  CHECK(own.count("Content-Security-Policy") == 1);
  answer(f, {.body = "{}"});
  CHECK(client.read().count("Content-Security-Policy") == 0);
}

TEST_CASE("without a web root a page is not there") {
  server_fixture f;
  test_client client{f.port()};
  CHECK(client.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").result_int() == 404);
  CHECK(client.ask("GET /chat HTTP/1.1\r\nHost: h\r\n\r\n").result_int()
        == 404);
  CHECK(f.routes->questions.empty());
}

TEST_CASE("what a client has already is not sent again") {
  server_fixture f;
  test_client client{f.port()};
  for (const std::string known : {"\"a\"", "\"b\""}) {
    client.send("GET /file/1/a HTTP/1.1\r\nHost: h\r\nIf-None-Match: " + known
                + "\r\n\r\n");
    answer(f, {.body = "x", .headers = {{"ETag", "\"a\""}}});
    auto response = client.read();
    CHECK(response.result_int() == (known == "\"a\"" ? 304 : 200));
    CHECK(response.body() == (known == "\"a\"" ? "" : "x"));
  }
}

TEST_CASE("/events from the host that the proxy names is let in") {
  http_settings settings;
  settings.trusted_proxies = {"loopback"};
  server_fixture f{settings};
  const auto upgrade = [&](const std::string& origin) {
    return "GET /events HTTP/1.1\r\nHost: inner:3000\r\nOrigin: " + origin
           + "\r\nX-Request-Base: https://chat.example.org/convoy\r\n"
             "Connection: upgrade\r\nUpgrade: websocket\r\n"
             "Sec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  };
  test_client client{f.port()};
  client.send(upgrade("https://chat.example.org"));
  CHECK(f.routes->sessions.take()->opened_with.base
        == "https://chat.example.org/convoy");
  test_client other{f.port()};
  CHECK(other.ask(upgrade("https://other.example.org")).result_int() == 403);
}

TEST_CASE("/events without an upgrade is not there, from elsewhere refused") {
  server_fixture f;
  test_client client{f.port()};
  auto plain = client.ask("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(plain.result_int() == 404);
  auto foreign = client.ask(
      "GET /events HTTP/1.1\r\nHost: h\r\nOrigin: https://evil.example\r\n"
      "Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
      "13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  CHECK(foreign.result_int() == 403);
  CHECK(foreign.body() == json_error("Origin not allowed."));
  CHECK(f.routes->sessions.empty());
}
