// SPDX-License-Identifier: Apache-2.0
#include "actors/doorman.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

double wait_of(deterministic& world, const std::string& address) {
  caf::scoped_actor self{world.system()};
  auto result = -1.0;
  self->send(world.home->doorman, knock{address});
  world.run();
  self->receive([&](double seconds) { result = seconds; });
  return result;
}

settings strict() {
  auto result = deterministic::quick();
  result.login_burst = 2;
  result.login_interval = 10s;
  return result;
}

} // namespace

TEST_CASE("an address knocks so often at once, and then has to wait") {
  deterministic world{strict()};
  CHECK(wait_of(world, "192.0.2.7") == 0);
  CHECK(wait_of(world, "192.0.2.7") == 0);
  CHECK(wait_of(world, "192.0.2.7") == doctest::Approx(10));
  CHECK(wait_of(world, "192.0.2.8") == 0);
  world.advance(10s);
  CHECK(wait_of(world, "192.0.2.7") == 0);
  CHECK(wait_of(world, "192.0.2.7") == doctest::Approx(10));
}

TEST_CASE("who has knocked too often is told when to come again") {
  deterministic world{strict()};
  protocol::http_request request;
  request.method = "POST";
  request.path = {"api", "user", "login"};
  request.remote_address = "192.0.2.7";
  request.content_type = "application/json";
  request.body = R"({"email":"ann@example.org","password":"wrong horse"})";
  CHECK(world.rest(request).status == 400);
  CHECK(world.rest(request).status == 400);
  const auto refused = world.rest(request);
  CHECK(refused.status == 429);
  CHECK(member_of(refused.body, "message") == "Too many requests.");
  auto after = std::string{};
  for (const auto& [key, value] : refused.headers)
    if (key == "Retry-After")
      after = value;
  CHECK(after == "10");
  request.remote_address = "192.0.2.8";
  CHECK(world.rest(request).status == 400);
}
