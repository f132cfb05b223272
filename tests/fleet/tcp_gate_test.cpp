// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/server_program.hpp"
#include "tests/fleet/tcp_gate.hpp"
#include "tests/scenarios/runner/irc_server.hpp"
#include "tests/scenarios/runner/world.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using fleet::tcp_gate;

namespace {

constexpr std::chrono::seconds patience{20};

/// A client and a server with a gate between them.
struct passage_fixture {
  scenarios::world loop;
  scenarios::irc_server server{loop.io(), "127.0.0.1", nullptr};
  tcp_gate gate{loop.io(), fleet::quiet_port(loop), server.port()};
  scenarios::line_peer client{loop.io(), "127.0.0.1", gate.port()};

  passage_fixture() {
    REQUIRE(loop.wait(patience, [this] { return far() != nullptr; }));
  }
  scenarios::line_peer* far() const {
    return server.connections().empty() ? nullptr
                                        : server.connections().back().get();
  }
  /// Whether what one says is what the other gets next.
  bool passes(scenarios::peer& from, scenarios::peer& to,
              const std::string& text) {
    from.send(text);
    return loop.wait(patience, [&] { return !to.inbox.empty(); })
           && to.take() == text;
  }
};

} // namespace

TEST_CASE_FIXTURE(passage_fixture, "both ways lead through an open gate") {
  CHECK(passes(client, *far(), "hello"));
  CHECK(passes(*far(), client, "hello yourself"));
  CHECK(gate.connections() == 1);
}

TEST_CASE_FIXTURE(passage_fixture, "the end of one side is the other's") {
  SUBCASE("here") {
    client.close();
    CHECK(loop.wait(patience, [&] { return far()->closed.has_value(); }));
  }
  SUBCASE("there") {
    far()->close();
    CHECK(loop.wait(patience, [&] { return client.closed.has_value(); }));
  }
}

TEST_CASE_FIXTURE(passage_fixture, "what is said in silence comes later") {
  gate.set(tcp_gate::passage::silent);
  client.send("one");
  far()->send("two");
  scenarios::line_peer other{loop.io(), "127.0.0.1", gate.port()};
  other.send("three");
  CHECK(loop.wait(patience, [&] { return gate.connections() == 2; }));
  loop.io().poll();
  CHECK(far()->inbox.empty());
  CHECK(client.inbox.empty());
  CHECK_FALSE(client.closed);
  CHECK(server.connections().size() == 1);
  gate.set(tcp_gate::passage::open);
  CHECK(loop.wait(patience, [&] {
    return !client.inbox.empty() && server.connections().size() == 2
           && !server.connections().front()->inbox.empty()
           && !server.connections().back()->inbox.empty();
  }));
  CHECK(server.connections().front()->take() == "one");
  CHECK(client.take() == "two");
  CHECK(server.connections().back()->take() == "three");
}

TEST_CASE_FIXTURE(passage_fixture, "a closed gate resets and refuses") {
  gate.set(tcp_gate::passage::refused);
  CHECK(loop.wait(patience, [&] {
    return client.closed.has_value() && far()->closed.has_value();
  }));
  scenarios::line_peer early{loop.io(), "127.0.0.1", gate.port()};
  CHECK(loop.wait(patience, [&] { return early.closed.has_value(); }));
  CHECK(gate.connections() == 0);
  gate.set(tcp_gate::passage::open);
  scenarios::line_peer late{loop.io(), "127.0.0.1", gate.port()};
  CHECK(loop.wait(patience, [&] { return server.connections().size() == 2; }));
  CHECK(passes(late, *far(), "hello again"));
}
