// SPDX-License-Identifier: Apache-2.0
#include "actors/health.hpp"

#include "actors/messages.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

/// A bus that carries nothing.
struct silent_bus : net::bus {
  void publish(std::string_view, net::payload) override {
    // nop
  }
  void request(std::string_view, net::payload, std::chrono::milliseconds,
               std::function<void(net::bus_answer)>) override {
    // nop
  }
  std::unique_ptr<net::bus_subscription>
  subscribe(std::string_view, std::function<void(net::bus_message)>) override {
    return nullptr;
  }
  std::string problem() const override {
    return wrong;
  }
  std::uint64_t connects() const override {
    return made;
  }

  std::string wrong;
  std::uint64_t made = 0; ///< connections
};

/// A lease that is held, or not.
caf::behavior fake_lease(caf::event_based_actor*, store::node_epoch epoch) {
  return {
      [=](const get_lease&) { return lease_is{epoch}; },
  };
}

struct probe {
  ~probe() {
    if (home->lease)
      caf::anon_send_exit(home->lease, caf::exit_reason::user_shutdown);
    world.settle();
  }
  void ask(const std::string& path, const std::string& method = "GET",
           const std::string& from = "127.0.0.1",
           const std::string& origin = "") {
    protocol::http_request request;
    request.method = method;
    request.remote_address = from;
    request.origin = origin;
    REQUIRE(protocol::parse_target(path, request));
    answers.clear();
    handler_of(home)(std::move(request), [this](protocol::http_response one) {
      answers.push_back(std::move(one));
    });
    world.settle();
  }

  http_handler handler_of(node_ptr node) {
    return make_internal_handler(world.system(), std::move(node),
                                 {"n1",
                                  [this] {
                                    return world.counts.text(
                                        world.coordinator().clock().now());
                                  },
                                  [this] { ++drains; }, draining});
  }

  /// The same node, with others beside it.
  void join_fleet(store::node_epoch epoch) {
    auto copy = std::make_shared<node>(*world.home);
    copy->bus = &bus;
    copy->lease = world.system().spawn(fake_lease, epoch);
    copy->registry = world.home->readers[0];
    home = copy;
  }

  deterministic world;
  silent_bus bus;
  node_ptr home = world.home;
  std::shared_ptr<std::atomic<bool>> draining =
      std::make_shared<std::atomic<bool>>(false);
  int drains = 0;
  std::vector<protocol::http_response> answers;
};

} // namespace

TEST_CASE("healthz only says that the process lives") {
  probe it;
  it.world.hold(it.world.home->readers[0]);
  it.draining->store(true);
  it.ask("/healthz");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 200);
  CHECK(it.answers[0].body
        == R"({"version":"Convoy test","checks":{},"ready":true})");
}

TEST_CASE("readyz asks the store") {
  probe it;
  it.ask("/readyz");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 200);
  CHECK(it.answers[0].body
        == R"({"version":"Convoy test","checks":{"draining":"ok","store":"ok",)"
           R"("store_lag":"ok","migrations":"ok"},"ready":true})");
}

TEST_CASE("a node that stops is not ready") {
  probe it;
  it.draining->store(true);
  it.ask("/readyz");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 503);
  CHECK(member_of(it.answers[0].body, "draining") == "The node stops.");
  CHECK(member_of(it.answers[0].body, "store") == "ok");
}

TEST_CASE("metrics say whether the node was ready when they were read before") {
  probe it;
  const auto says = [&](const std::string& line) {
    it.ask("/metrics");
    REQUIRE(it.answers.size() == 1);
    return it.answers[0].body.find('\n' + line + '\n') != std::string::npos;
  };
  CHECK(says("convoy_ready 0"));
  CHECK(says("convoy_ready 1"));
  it.draining->store(true);
  CHECK(says("convoy_ready 1"));
  CHECK(says("convoy_ready 0"));
}

TEST_CASE("metrics do not wait for a store that does not answer") {
  probe it;
  it.ask("/readyz");
  it.world.hold(it.world.home->readers[0]);
  it.ask("/metrics");
  CHECK(it.answers.size() == 1);
  it.world.advance(2s);
  it.ask("/metrics");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].body.find("\nconvoy_ready 0\n") != std::string::npos);
  it.world.advance(2s);
  it.world.let_go(it.world.home->readers[0]);
}

TEST_CASE("a store that does not answer in time is not ready") {
  probe it;
  it.world.hold(it.world.home->readers[0]);
  it.ask("/readyz");
  CHECK(it.answers.empty());
  it.world.advance(2s);
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 503);
  CHECK(member_of(it.answers[0].body, "ready") == "false");
  it.world.let_go(it.world.home->readers[0]);
  it.world.settle();
  CHECK(it.answers.size() == 1);
}

TEST_CASE("a store that cannot be written is not ready, and says why") {
  probe it;
  caf::anon_send_exit(it.world.writer, caf::exit_reason::kill);
  it.world.settle();
  it.world.advance(1s);
  it.ask("/readyz");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 503);
  CHECK(member_of(it.answers[0].body, "store") != "ok");
}

TEST_CASE("a writer that stalls is not ready, until it goes on") {
  probe it;
  it.world.settle();
  it.world.hold(it.world.writer);
  for (auto n = 0; n < 6; ++n)
    it.world.advance(1s);
  it.ask("/readyz");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 503);
  CHECK(member_of(it.answers[0].body, "store") == "The store does not answer.");
  it.world.let_go(it.world.writer);
  it.world.settle();
  it.ask("/readyz");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 200);
}

TEST_CASE("a store that is gone is not ready") {
  probe it;
  caf::anon_send_exit(it.world.home->readers[0], caf::exit_reason::kill);
  it.ask("/readyz");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 503);
}

TEST_CASE("there is nothing else") {
  probe it;
  it.ask("/healthz/x");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 404);
  CHECK(it.answers[0].body
        == R"({"errors":[{"message":"Not found.","path":"/"}]})");
}

TEST_CASE("a node that has no lease is not ready") {
  probe it;
  it.join_fleet(0);
  it.ask("/readyz");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 503);
  CHECK(member_of(it.answers[0].body, "lease")
        == "This node has no lease: it may hold nobody.");
  CHECK(member_of(it.answers[0].body, "bus") == "ok");
}

TEST_CASE("a node that never had the bus is not ready, until it has") {
  probe it;
  it.join_fleet(7);
  it.bus.wrong = "Not connected.";
  it.ask("/readyz");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 503);
  CHECK(member_of(it.answers[0].body, "bus") == "Not connected.");
  CHECK(member_of(it.answers[0].body, "lease") == "ok");
  it.bus.wrong.clear();
  it.ask("/readyz");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 200);
}

TEST_CASE("a node that has lost the bus is ready, and warns") {
  probe it;
  it.join_fleet(7);
  it.bus.wrong = "Not connected.";
  it.bus.made = 1;
  it.ask("/readyz");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 200);
  CHECK(it.answers[0].body
        == R"({"version":"Convoy test","checks":{"draining":"ok","store":"ok",)"
           R"("store_lag":"ok","migrations":"ok","lease":"ok"},)"
           R"("warnings":{"bus":"Not connected."},"ready":true})");
  it.bus.wrong.clear();
  it.ask("/readyz");
  REQUIRE(it.answers.size() == 1);
  CHECK(member_of(it.answers[0].body, "bus") == "ok");
  CHECK(it.answers[0].body.find("warnings") == std::string::npos);
}

TEST_CASE("a lease that does not answer is not ready") {
  probe it;
  it.join_fleet(7);
  it.world.hold(it.home->lease);
  it.ask("/readyz");
  CHECK(it.answers.empty());
  it.world.advance(2s);
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 503);
  CHECK(member_of(it.answers[0].body, "store") == "ok");
  CHECK(member_of(it.answers[0].body, "lease") != "ok");
  it.world.let_go(it.home->lease);
  it.world.settle();
  CHECK(it.answers.size() == 1);
}

TEST_CASE("a store that is behind is not ready") {
  probe it;
  const net::presence many{it.home->meters->uncommitted_events, 20'001};
  it.ask("/readyz");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 503);
  CHECK(member_of(it.answers[0].body, "store_lag")
        == "20001 events wait for the store.");
}

TEST_CASE("status says what the node does") {
  probe it;
  const auto ann = it.world.add_user("ann@example.org");
  it.world.add_connection(ann, {"#room"});
  const auto socket = it.world.open_socket();
  it.world.welcome();
  it.ask("/status");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 200);
  const auto& body = it.answers[0].body;
  CHECK(member_of(body, "node") == "n1");
  CHECK(member_of(body, "sessions") == "1");
  CHECK(member_of(body, "users") == "1");
  CHECK(member_of(body, "homes") == "1");
  CHECK(body.ends_with(R"("nodes":[]})"));
  CHECK(body.find("lease") == std::string::npos);
}

TEST_CASE("status of a node among others names them") {
  probe it;
  const auto epoch =
      it.world.database->fleet().join("n1", "1.2", 10s).value_or(0);
  it.world.database->fleet().join("n2", "1.1", 10s);
  it.join_fleet(epoch);
  it.home->meters->lease.set(it.world.coordinator().clock().now() + 8s);
  it.ask("/status");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 200);
  const auto& body = it.answers[0].body;
  CHECK(body.find("\"lease\":{\"epoch\":" + std::to_string(epoch)
                  + ",\"milliseconds_left\":8000}")
        != std::string::npos);
  CHECK(body.find(R"({"name":"n2","version":"1.1","epoch":)")
        != std::string::npos);
}

TEST_CASE("metrics are shown as Prometheus wants them") {
  probe it;
  it.ask("/metrics");
  REQUIRE(it.answers.size() == 1);
  CHECK(it.answers[0].status == 200);
  CHECK(it.answers[0].content_type
        == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(it.answers[0].body.find("\nconvoy_sessions 0\n") != std::string::npos);
}

TEST_CASE("drain is for commands on this machine") {
  probe it;
  it.ask("/drain", "POST", "192.0.2.1");
  CHECK(it.answers.at(0).status == 403);
  it.ask("/drain", "POST", "127.0.0.1", "https://evil.example");
  CHECK(it.answers.at(0).status == 403);
  it.ask("/drain", "GET");
  CHECK(it.answers.at(0).status == 405);
  CHECK(it.drains == 0);
  it.ask("/drain", "POST");
  CHECK(it.answers.at(0).status == 202);
  it.ask("/drain", "POST", "::1");
  CHECK(it.answers.at(0).status == 202);
  CHECK(it.drains == 2);
}

TEST_CASE("what is read is not written") {
  probe it;
  for (const auto* page : {"/healthz", "/readyz", "/status", "/metrics"}) {
    it.ask(page, "POST");
    REQUIRE(it.answers.size() == 1);
    CHECK(it.answers[0].status == 405);
    CHECK(it.answers[0].headers.at(0).second == "GET, HEAD");
  }
}

TEST_CASE("before there is a node it lives, and is not ready") {
  const auto handler = make_starting_handler("Convoy 1");
  std::vector<protocol::http_response> answers;
  for (const auto* page : {"/healthz", "/readyz", "/status", "/x"}) {
    protocol::http_request request;
    REQUIRE(protocol::parse_target(page, request));
    handler(std::move(request), [&](protocol::http_response one) {
      answers.push_back(std::move(one));
    });
  }
  REQUIRE(answers.size() == 4);
  CHECK(answers[0].status == 200);
  for (auto n : {1u, 2u, 3u}) {
    CHECK(answers[n].status == 503);
    CHECK(member_of(answers[n].body, "migrations")
          == "The store is being opened and brought up to date.");
  }
}
