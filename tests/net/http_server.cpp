// SPDX-License-Identifier: Apache-2.0
#include "net/http_server.hpp"

#include "net/metrics.hpp"
#include "tests/net/fake_gateway.hpp"
#include "tests/net/test_client.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;

TEST_CASE("a server without a gateway gives every path to its handler") {
  runtime loop{1};
  http_server server{
      loop, {}, [](convoy::protocol::http_request request, http_reply reply) {
        reply({.body = request.path.at(0), .content_type = "text/plain"});
      }};
  REQUIRE(server.start().empty());
  loop.run();
  test_client client{server.port()};
  CHECK(client.ask("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n").body()
        == "healthz");
  CHECK(client.ask("GET /events HTTP/1.1\r\nHost: h\r\n\r\n").body()
        == "events");
  loop.abandon();
  loop.join();
}

TEST_CASE("a port in use and a host that is none are said so") {
  server_fixture f;
  http_settings settings;
  settings.port = f.port();
  http_server second{f.loop, settings, f.routes};
  CHECK(second.start()
        == "Cannot listen on 127.0.0.1:" + std::to_string(f.port())
               + ": Address already in use.");
  settings.host = "256.256.256.256";
  http_server third{f.loop, settings, f.routes};
  CHECK(third.start().starts_with("Cannot listen on 256.256.256.256:"));
}

TEST_CASE("a proxy that is no address is said so") {
  runtime loop{1};
  http_settings settings;
  settings.trusted_proxies = {"loopback", "somewhere"};
  http_server server{loop, settings, std::make_shared<fake_gateway>()};
  CHECK(server.start()
        == "Not an address, a CIDR block or a known word: somewhere.");
}

TEST_CASE(
    "who has stopped listening keeps its connections until they are shut") {
  server_fixture f;
  test_client client{f.port()};
  client.send("GET /api HTTP/1.1\r\nHost: h\r\n\r\n");
  auto reply = f.routes->questions.take().second;
  CHECK(f.server.connections() == 1);
  f.server.stop_listening();
  reply({.body = "ok"});
  CHECK(client.read().body() == "ok");
  f.server.shut_connections();
  CHECK(client.is_closed());
}

TEST_CASE("every answer names its request, as who traces it or by itself") {
  server_fixture f;
  test_client client{f.port()};
  client.send(
      "GET /api HTTP/1.1\r\nHost: h\r\ntraceparent: "
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n\r\n");
  auto [request, reply] = f.routes->questions.take();
  CHECK(request.trace_id == "4bf92f3577b34da6a3ce929d0e0e4736");
  reply({.body = "ok"});
  CHECK(client.read()["X-Request-Id"] == request.trace_id);
  // The next one on that connection is another.
  client.send("GET /api HTTP/1.1\r\nHost: h\r\n\r\n");
  auto [second, answer] = f.routes->questions.take();
  CHECK(second.trace_id.size() == 32);
  CHECK(second.trace_id != request.trace_id);
  answer({.body = "ok"});
  CHECK(client.read()["X-Request-Id"] == second.trace_id);
  // Also where nothing could be read.
  test_client wrong{f.port()};
  const auto refused = wrong.ask("no HTTP\r\n\r\n");
  CHECK(refused.result_int() == 400);
  CHECK(refused["X-Request-Id"].size() == 32);
}

TEST_CASE("a WebSocket has the name of its upgrade") {
  server_fixture f;
  test_client client{f.port()};
  const auto upgraded =
      client.ask("GET /events HTTP/1.1\r\nHost: h\r\ntraceparent: "
                 "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"
                 "Connection: upgrade\r\nUpgrade: websocket\r\n"
                 "Sec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  CHECK(upgraded.result_int() == 101);
  CHECK(upgraded["X-Request-Id"] == "4bf92f3577b34da6a3ce929d0e0e4736");
  CHECK(f.routes->sessions.take()->opened_with.trace_id
        == "4bf92f3577b34da6a3ce929d0e0e4736");
}

TEST_CASE("requests are counted by what they are for") {
  const metrics all{"1"};
  http_settings settings;
  settings.counts = &all.instruments();
  server_fixture f{settings};
  test_client client{f.port()};
  client.send("GET /api HTTP/1.1\r\nHost: h\r\n\r\n");
  f.routes->questions.take().second({.body = "ok"});
  client.read();
  CHECK(client.ask("GET /apiary HTTP/1.1\r\nHost: h\r\n\r\n").result_int()
        == 404);
  const auto text = all.text({});
  const std::string name = "\nconvoy_http_requests_total";
  CHECK(text.find(name + R"({class="api",status="2xx"} 1)")
        != std::string::npos);
  CHECK(text.find(name + R"({class="static",status="4xx"} 1)")
        != std::string::npos);
  CHECK(text.find("\nconvoy_http_request_seconds_count{class=\"api\"} 1")
        != std::string::npos);
}

TEST_CASE("what may change while the server runs does, for the next request") {
  http_settings settings;
  server_fixture f{settings};
  const std::string upgrade =
      "GET /events HTTP/1.1\r\nHost: h\r\nOrigin: https://other.example\r\n"
      "Connection: upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  test_client client{f.port()};
  CHECK(client.ask(upgrade).result_int() == 403);
  settings.allowed_origins = {"https://other.example"};
  settings.trusted_proxies = {"somewhere"};
  CHECK(f.server.change(settings)
        == "Not an address, a CIDR block or a known word: somewhere.");
  CHECK(client.ask(upgrade).result_int() == 403);
  settings.trusted_proxies = {"loopback"};
  CHECK(f.server.change(settings) == "");
  CHECK(client.ask(upgrade).result_int() == 101);
  CHECK(f.routes->sessions.take()->opened_with.remote_address == "127.0.0.1");
  test_client proxied{f.port()};
  proxied.send("GET /api HTTP/1.1\r\nHost: h\r\n"
               "X-Forwarded-For: 192.0.2.9\r\n\r\n");
  auto [request, reply] = f.routes->questions.take();
  CHECK(request.remote_address == "192.0.2.9");
  reply({.body = "ok"});
  proxied.read();
}
