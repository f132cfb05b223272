// SPDX-License-Identifier: Apache-2.0
#include "actors/rest_call.hpp"

#include "deterministic.hpp"

#include <algorithm>

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

struct site {
  explicit site(settings config = deterministic::quick())
      : world(std::move(config)) {
    user = world.add_user("ann@example.org");
    world.add_connection(user, {"#room"});
  }
  protocol::http_response rest(const std::string& method,
                               const std::string& target,
                               const std::string& body = "",
                               const std::string& token = "token") {
    return world.rest(method, target, body, token);
  }

  deterministic world;
  protocol::user_id user{};
};

std::string header(const protocol::http_response& response,
                   std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name)
      return value;
  return "";
}

std::string error_of(const protocol::http_response& response) {
  return std::to_string(response.status) + " "
         + member_of(response.body, "message") + " "
         + member_of(response.body, "path");
}

constexpr auto room = "/api/connection/irc-example/conversation/%23room";

} // namespace

// -- finding the way ----------------------------------------------------------

TEST_CASE("a path that is none and a method that is not known are refused") {
  site it;
  CHECK(error_of(it.rest("GET", "/api/nothing")) == "404 Not found. /");
  const auto wrong = it.rest("PUT", "/api/user");
  CHECK(error_of(wrong) == "405 Method not allowed. /");
  CHECK(header(wrong, "Allow") == "GET");
  const auto two = it.rest("GET", "/api/connection/irc-example");
  CHECK(two.status == 405);
  CHECK(header(two, "Allow") == "POST, DELETE");
}

TEST_CASE("a path also works with .json, a slash behind it and HEAD") {
  site it;
  CHECK(it.rest("GET", "/api/user.json").status == 200);
  CHECK(it.rest("GET", "/api/user/").status == 200);
  CHECK(it.rest("HEAD", "/api/user").status == 200);
}

TEST_CASE("answers are not kept by caches") {
  site it;
  CHECK(header(it.rest("GET", "/api/user"), "Cache-Control") == "no-store");
}

TEST_CASE("what needs a session says so") {
  site it;
  using access = protocol::api_operation::access;
  for (const auto& each : protocol::the_api().operations()) {
    if (each.needs == access::anybody)
      continue;
    const auto path = "/api" + each.path;
    CHECK(error_of(it.rest(each.method, path, "", ""))
          == "401 Need to log in first. /");
    CHECK(it.rest(each.method, path, "", "wrong").status == 401);
  }
}

TEST_CASE("what is described is done, and what is done is described") {
  const auto handled = handled_operations();
  for (const auto& each : protocol::the_api().operations())
    CHECK_MESSAGE(std::ranges::count(handled, each.id) == 1, each.id);
  for (const auto each : handled)
    CHECK_MESSAGE(protocol::the_api().find(each), each);
}

TEST_CASE("a request that is not as described is refused with all reasons") {
  site it;
  const auto answer = it.rest("POST", "/api/connections",
                              R"({"url":7,"wanted_state":"asleep"})");
  CHECK(answer.status == 400);
  CHECK(answer.body.find("/body/url") != std::string::npos);
  CHECK(answer.body.find("/body/wanted_state") != std::string::npos);
}

TEST_CASE("a body must be JSON, and say so") {
  site it;
  protocol::http_request request;
  request.method = "POST";
  request.path = {"api", "user", "login"};
  request.body = "email=ann";
  request.content_type = "application/x-www-form-urlencoded";
  CHECK(error_of(it.world.rest(request))
        == "415 Expected application/json. /body");
  CHECK(it.rest("POST", "/api/user/login", "{").status == 400);
  CHECK(it.rest("POST", "/api/user/login", "[]").status == 400);
}

TEST_CASE("the description says where it was asked for") {
  site it;
  const auto answer = it.rest("GET", "/api", "", "");
  CHECK(answer.status == 200);
  CHECK(answer.body.find(R"("url":"http://chat.example.org/api")")
        != std::string::npos);
}

// -- failures -----------------------------------------------------------------

TEST_CASE("a store that does not answer is 503, and only once") {
  site it;
  it.world.hold(it.world.home->readers[0]);
  std::vector<protocol::http_response> answers;
  protocol::http_request request;
  request.method = "GET";
  request.path = {"api", "user"};
  request.session = "token";
  it.world.gateway->on_request(request, [&](protocol::http_response one) {
    answers.push_back(std::move(one));
  });
  it.world.settle();
  it.world.advance(29s);
  CHECK(answers.empty());
  it.world.advance(1s);
  REQUIRE(answers.size() == 1);
  CHECK(error_of(answers[0]) == "503 The store does not answer. /");
  it.world.let_go(it.world.home->readers[0]);
  it.world.settle();
  CHECK(answers.size() == 1);
}

TEST_CASE("a store that has died is 503 for whatever needs it") {
  site it;
  it.rest("GET", "/api/user");
  caf::anon_send_exit(it.world.writer, caf::exit_reason::kill);
  it.world.settle();
  const auto failed = "503 The store does not answer. /";
  CHECK(error_of(it.rest("POST", "/api/connections",
                         R"({"url":"irc://irc.other.net"})"))
        == failed);
  CHECK(error_of(it.rest("POST", "/api/connection/irc-example",
                         R"({"wanted_state":"disconnected"})"))
        == failed);
  CHECK(error_of(it.rest("DELETE", "/api/connection/irc-example")) == failed);
  CHECK(error_of(it.rest("POST", "/api/user/login",
                         R"({"email":"ann@example.org",)"
                         R"("password":"correct horse"})"))
        == failed);
  CHECK(error_of(it.rest("GET", "/api/user/logout?csrf=" + csrf_of("token")))
        == failed);
  // It would wait for its last commit for ever.
  caf::anon_send_exit(it.world.user_actor(it.user), caf::exit_reason::kill);
  it.world.settle();
}

TEST_CASE("a call that is ended from outside still gives its answer") {
  site it;
  it.world.hold(it.world.home->readers[0]);
  std::vector<protocol::http_response> answers;
  protocol::http_request request;
  request.method = "GET";
  request.path = {"api", "user"};
  request.session = "token";
  const auto call = it.world.system().spawn(
      rest_call, it.world.home, request,
      [&](protocol::http_response one) { answers.push_back(std::move(one)); });
  it.world.settle();
  caf::anon_send_exit(call, caf::exit_reason::kill);
  it.world.settle();
  REQUIRE(answers.size() == 1);
  CHECK(error_of(answers[0]) == "503 The node stops. /");
}

// -- connections --------------------------------------------------------------

TEST_CASE("connections are listed, made, changed and removed") {
  site it;
  CHECK(it.rest("GET", "/api/connections").body.find("irc-example")
        != std::string::npos);
  const auto made = it.rest(
      "POST", "/api/connections",
      R"({"url":"irc://joe:secret@irc.other.net:6697/%23new","wanted_state":"disconnected","on_connect_commands":["/msg a b"]})");
  CHECK(made.status == 200);
  CHECK(member_of(made.body, "connection_id") == "irc-other");
  CHECK(made.body.find("secret") == std::string::npos);
  const auto stored = it.world.database->load_user(it.user)->connections;
  REQUIRE(stored.size() == 2);
  CHECK(stored[1].password == "secret");
  CHECK_FALSE(stored[1].wanted);
  REQUIRE(stored[1].conversations.size() == 1);
  CHECK(stored[1].conversations[0].id == "#new");
  const auto changed = it.rest("POST", "/api/connection/IRC-other",
                               R"({"on_connect_commands":[]})");
  CHECK(changed.status == 200);
  CHECK(changed.body.find(R"("on_connect_commands":[])") != std::string::npos);
  CHECK(it.rest("DELETE", "/api/connection/irc-other").status == 200);
  CHECK(it.rest("DELETE", "/api/connection/irc-other").status == 200);
  CHECK(it.world.database->load_user(it.user)->connections.size() == 1);
}

TEST_CASE("a connection that cannot be is refused with its place") {
  site it;
  const auto create = [&](const std::string& body) {
    return error_of(it.rest("POST", "/api/connections", body));
  };
  CHECK(create("{}") == "400 Missing property. /body/url");
  CHECK(create(R"({"url":"irc://"})") == "400 Missing \\ /url");
  CHECK(create(R"({"url":"irc://irc.example.net"})")
        == "400 Connection already exists. /url");
  CHECK(create(R"({"url":"irc://a.b","wanted_state":"on"})")
        == "400 Not in enum list: connected, disconnected. /body/wanted_state");
  CHECK(error_of(it.rest("POST", "/api/connection/irc-none", "{}"))
        == "404 Connection not found. /");
}

TEST_CASE("a user has so many connections and no more") {
  auto config = deterministic::quick();
  config.max_connections_per_user = 1;
  site it{config};
  CHECK(error_of(it.rest("POST", "/api/connections",
                         R"({"url":"irc://irc.other.net"})"))
        == "400 Too many connections. /");
}

TEST_CASE("what is read must exist") {
  site it;
  CHECK(it.rest("POST", "/api/connection/irc-example/read").status == 200);
  CHECK(error_of(it.rest("POST", "/api/connection/irc-none/read"))
        == "404 Connection not found. /");
  CHECK(it.rest("POST", std::string{room} + "/read").status == 200);
  CHECK(error_of(it.rest("POST",
                         "/api/connection/irc-example/conversation/%23x/read"))
        == "404 Conversation not found. /");
}

// -- history ------------------------------------------------------------------

TEST_CASE("history comes in pages") {
  site it;
  it.world.open_socket();
  auto& irc = it.world.welcome();
  for (auto n = 0; n < 5; ++n) {
    irc.tell(":bob!b@host PRIVMSG #room :line " + std::to_string(n));
    it.world.settle();
    it.world.wall += 1s;
  }
  const auto messages = std::string{room} + "/messages";
  const auto all = it.rest("GET", messages).body;
  CHECK(all.find("line 0") != std::string::npos);
  CHECK(all.find("line 4") != std::string::npos);
  const auto newest = it.rest("GET", messages + "?limit=2").body;
  CHECK(newest.find("line 2") == std::string::npos);
  CHECK(newest.find("line 3") < newest.find("line 4"));
  const auto older =
      it.rest("GET", messages + "?limit=2&before=2026-11-22T07:01:30Z").body;
  CHECK(older.find("line 0") == std::string::npos);
  CHECK(older.find("line 1") != std::string::npos);
  CHECK(older.find("line 2") != std::string::npos);
  CHECK(older.find("line 3") == std::string::npos);
  CHECK(it.rest("GET", "/api/connection/irc-example/messages")
            .body.find("Welcome")
        != std::string::npos);
}

TEST_CASE("bounds of history that are none are refused with their place") {
  site it;
  const auto ask = [&](const std::string& query) {
    return error_of(it.rest("GET", std::string{room} + "/messages?" + query));
  };
  CHECK(ask("limit=x") == "400 Expected a number from 1 to 200. /limit");
  CHECK(ask("limit=0") == "400 Expected a number from 1 to 200. /limit");
  CHECK(ask("before=soon")
        == "400 Expected a time such as 2026-11-22T07:01:18Z. /before");
  CHECK(ask("after=2026-01-02T00:00:00Z&before=2026-01-01T00:00:00Z")
        == "400 Must be before \\ /before");
  CHECK(error_of(it.rest(
            "GET", "/api/connection/irc-none/conversation/%23room/messages"))
        == "404 Connection not found. /");
  CHECK(error_of(it.rest(
            "GET", "/api/connection/irc-example/conversation/%23x/messages"))
        == "404 Conversation not found. /");
}
