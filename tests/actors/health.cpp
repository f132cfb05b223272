// SPDX-License-Identifier: Apache-2.0
#include "actors/health.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

struct probe {
  void ask(const std::string& path) {
    protocol::http_request request;
    request.method = "GET";
    REQUIRE(protocol::parse_target(path, request));
    answers.clear();
    handler(std::move(request), [this](protocol::http_response one) {
      answers.push_back(std::move(one));
    });
    world.settle();
  }

  deterministic world;
  std::shared_ptr<std::atomic<bool>> draining =
      std::make_shared<std::atomic<bool>>(false);
  std::function<void(protocol::http_request,
                     std::function<void(protocol::http_response)>)>
      handler = make_health_handler(world.system(), world.home, draining);
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
        == R"({"version":"Convoy test","checks":{"draining":"ok","store":"ok"})"
           R"(,"ready":true})");
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
  for (auto n = 0; n < 4; ++n)
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
