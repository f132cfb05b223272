// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/http_server.hpp"
#include "net/link.hpp"
#include "net/runtime.hpp"
#include "tests/net/mailbox.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace convoy::net {

/// The actor behind a WebSocket, as a test plays it.
struct fake_session : websocket_observer {
  fake_session(protocol::http_request from,
               std::shared_ptr<websocket_link> socket)
      : opened_with(std::move(from)), link(std::move(socket)) {
    // nop
  }

  void on_sent() override {
    sent.put(true);
  }
  void on_requests(std::vector<protocol::request> requests) override {
    for (auto& each : requests)
      came.put(std::move(each));
  }

  void on_closed() override {
    closed.put(true);
  }

  void send(const std::vector<std::string>& texts) {
    std::vector<payload> frames;
    for (const auto& text : texts)
      frames.push_back(std::make_shared<const std::string>(text));
    link->send(frames);
  }

  protocol::http_request opened_with;
  std::shared_ptr<websocket_link> link;
  mailbox<protocol::request> came;
  mailbox<bool> sent;
  mailbox<bool> closed;
};

struct fake_gateway : gateway {
  using question = std::pair<protocol::http_request, http_reply>;

  void on_request(protocol::http_request request, http_reply reply) override {
    questions.put({std::move(request), std::move(reply)});
  }

  std::shared_ptr<websocket_observer>
  on_websocket(protocol::http_request request,
               std::shared_ptr<websocket_link> link) override {
    auto session =
        std::make_shared<fake_session>(std::move(request), std::move(link));
    sessions.put(session);
    return session;
  }

  mailbox<question> questions;
  mailbox<std::shared_ptr<fake_session>> sessions;
};

/// A server on a port that was free, with two threads.
struct server_fixture {
  explicit server_fixture(http_settings settings = {})
      : routes(std::make_shared<fake_gateway>()),
        server(loop, std::move(settings), routes) {
    auto problem = server.start();
    REQUIRE_MESSAGE(problem.empty(), problem);
    loop.run();
  }

  // In the order of a real stop, so that nothing is left to leak.
  ~server_fixture() {
    server.stop_listening();
    server.shut_connections();
    loop.stop();
    loop.join();
  }

  std::uint16_t port() const {
    return server.port();
  }

  runtime loop{2};
  std::shared_ptr<fake_gateway> routes;
  http_server server;
};

} // namespace convoy::net
