// SPDX-License-Identifier: Apache-2.0
#include "actors/rest_call.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

std::string error_of(const protocol::http_response& response) {
  return std::to_string(response.status) + " "
         + member_of(response.body, "message");
}

/// Ann, who is an admin, and Bob; their tokens are their names.
struct two_people {
  two_people() {
    ann = world.add_user("ann@example.org", "ann");
    bob = world.add_user("bob@example.org", "bob");
  }

  deterministic world;
  protocol::user_id ann{};
  protocol::user_id bob{};
};

} // namespace

TEST_CASE("somebody who is deleted while they are on IRC leaves it first") {
  two_people it;
  it.world.add_connection(it.bob);
  it.world.user_actor(it.bob);
  const auto socket = it.world.open_socket("bob");
  it.world.settle();
  REQUIRE(it.world.connector.links.size() == 1);
  const auto gone =
      it.world.rest("DELETE", "/api/user/bob@example.org", "", "ann");
  CHECK(gone.status == 200);
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1008);
  CHECK_FALSE(it.world.database->find_account("bob@example.org"));
  CHECK(error_of(it.world.rest("GET", "/api/user", "", "bob"))
        == "401 Need to log in first.");
}

TEST_CASE("the last one cannot go") {
  two_people it;
  CHECK(it.world.rest("DELETE", "/api/user/bob@example.org", "", "bob").status
        == 200);
  CHECK(
      error_of(it.world.rest("DELETE", "/api/user/ann@example.org", "", "ann"))
      == "400 You are the only user left.");
}

TEST_CASE("somebody who can log in has to be left, and an admin") {
  two_people it;
  it.world.database->set_disabled(it.bob, true);
  const auto go = [&] {
    return error_of(
        it.world.rest("DELETE", "/api/user/ann@example.org", "", "ann"));
  };
  const auto step_down = [&] {
    return error_of(it.world.rest("POST", "/api/user/ann@example.org",
                                  R"({"roles":["bot"]})", "ann"));
  };
  CHECK(go() == "400 You are the only user left.");
  CHECK(step_down() == "400 Somebody else has to be an admin first.");
  it.world.database->set_disabled(it.bob, false);
  CHECK(go() == "400 You are the only admin left.");
  CHECK(step_down() == "400 Somebody else has to be an admin first.");
  it.world.database->change_account(it.bob,
                                    {std::vector<std::string>{"admin"}});
  // What is refused changes nothing.
  CHECK(it.world.database->find_account(it.ann)->roles
        == std::vector<std::string>{"admin"});
  CHECK(it.world
            .rest("POST", "/api/user/ann@example.org", R"({"roles":["bot"]})",
                  "ann")
            .status
        == 200);
  CHECK(it.world.rest("DELETE", "/api/user/ann@example.org", "", "ann").status
        == 200);
}

TEST_CASE("a deletion that is cut short is known to be one") {
  two_people it;
  it.world.add_connection(it.bob);
  it.world.user_actor(it.bob);
  it.world.open_socket("bob");
  it.world.welcome();
  protocol::http_request request;
  request.method = "DELETE";
  request.path = {"api", "user", "bob@example.org"};
  request.session = "bob";
  auto status = 0U;
  it.world.gateway->on_request(
      request, [&](const auto& answer) { status = answer.status; });
  // IRC is not left yet.
  it.world.run();
  CHECK(status == 0);
  CHECK(it.world.database->half_deleted() == it.bob);
  it.world.settle();
  CHECK(status == 200);
  CHECK_FALSE(it.world.database->half_deleted());
}

TEST_CASE("of a password that somebody else has set no key is left") {
  two_people it;
  const auto add = [&](const std::string& secret) {
    it.world.database->create_token({"id of " + secret,
                                     hash_token(secret),
                                     it.bob,
                                     "bot",
                                     {"read"},
                                     it.world.wall});
  };
  const auto set = [&](const std::string& who) {
    return it.world
        .rest("POST", "/api/user/bob@example.org",
              R"({"password":"battery staple"})", who)
        .status;
  };
  add("one");
  CHECK(set("bob") == 200);
  CHECK(it.world.database->tokens_of(it.bob).size() == 1);
  CHECK(it.world.rest("GET", "/api/user", "", "bob").status == 200);
  CHECK(set("ann") == 200);
  CHECK(it.world.database->tokens_of(it.bob).empty());
  CHECK(it.world.rest("GET", "/api/user", "", "bob").status == 401);
}

TEST_CASE("a deletion that was cut short goes on when it is asked for again") {
  two_people it;
  it.world.database->set_disabled(it.bob, true);
  CHECK(it.world.rest("DELETE", "/api/user/bob@example.org", "", "ann").status
        == 200);
  CHECK(it.world.database->accounts().size() == 1);
}

TEST_CASE("somebody who is disabled is changed, and not started") {
  two_people it;
  it.world.database->set_disabled(it.bob, true);
  const auto changed = it.world.rest("POST", "/api/user/bob@example.org",
                                     R"({"roles":["bot"]})", "ann");
  CHECK(changed.status == 200);
  CHECK(changed.body.find(R"("roles":["bot"])") != std::string::npos);
}

TEST_CASE("a store that fails is told, and nothing is half done") {
  two_people it;
  it.world.rest("GET", "/api/user", "", "ann");
  caf::anon_send_exit(it.world.writer, caf::exit_reason::kill);
  it.world.settle();
  CHECK(error_of(it.world.rest("POST", "/api/user/bob@example.org",
                               R"({"roles":["bot"]})", "ann"))
        == "503 The store does not answer.");
  CHECK(
      error_of(it.world.rest("DELETE", "/api/user/bob@example.org", "", "ann"))
      == "503 The store does not answer.");
}

TEST_CASE("when a session was used last is noted once a minute") {
  two_people it;
  const auto seen = [&] {
    return it.world.database->find_session(hash_token("bob"), it.world.wall)
        ->last_seen;
  };
  it.world.rest("GET", "/api/user", "", "bob");
  const auto first = it.world.wall;
  CHECK(seen() == first);
  it.world.wall += 59s;
  it.world.rest("GET", "/api/user", "", "bob");
  CHECK(seen() == first);
  it.world.wall += 1s;
  it.world.rest("GET", "/api/user", "", "bob");
  CHECK(seen() == first + 60s);
}

TEST_CASE("a token acts for its owner, within its scopes and its time") {
  two_people it;
  const auto now = it.world.wall;
  it.world.database->create_token(
      {"id", hash_token("secret"), it.bob, "bot", {"read"}, now, now + 1h, {}});
  protocol::http_request request;
  request.method = "GET";
  request.path = {"api", "user"};
  request.bearer = "secret";
  auto answer = it.world.rest(request);
  CHECK(answer.status == 200);
  CHECK(member_of(answer.body, "email") == "bob@example.org");
  // There is no login that it could end.
  CHECK(answer.body.find("csrf") == std::string::npos);
  CHECK(it.world.database->tokens_of(it.bob).front().last_used == now);
  request.method = "POST";
  request.path = {"api", "user", "bob@example.org"};
  CHECK(error_of(it.world.rest(request)).starts_with("403 This token"));
  request.method = "GET";
  request.path = {"api", "sessions"};
  CHECK(error_of(it.world.rest(request)).starts_with("403 An API token"));
  request.path = {"api", "user"};
  it.world.wall += 1h;
  CHECK(error_of(it.world.rest(request)) == "401 Need to log in first.");
}
