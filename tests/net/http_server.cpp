// SPDX-License-Identifier: Apache-2.0
#include "net/http_server.hpp"

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
