// SPDX-License-Identifier: Apache-2.0
#include "actors/rest_call.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

constexpr auto closed_to_public =
    "401 Convoy registration is not open to public. /";
constexpr auto bad_invitation =
    "401 Invalid token. You have to ask your Convoy admin for a new link. /";

std::string credentials(const std::string& email, const std::string& password,
                        const std::string& more = "") {
  return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"" + more
         + "}";
}

std::string error_of(const protocol::http_response& response) {
  return std::to_string(response.status) + " "
         + member_of(response.body, "message") + " "
         + member_of(response.body, "path");
}

/// The token of the cookie that an answer sets, "" when there is none.
std::string cookie_of(const protocol::http_response& response) {
  for (const auto& [key, value] : response.headers)
    if (key == "Set-Cookie" && value.starts_with("convos="))
      return value.substr(7, value.find(';') - 7);
  return "";
}

/// The query of an invitation's URL.
std::string invitation_part(const std::string& url, const std::string& key) {
  const auto at = url.find(key + "=");
  REQUIRE(at != std::string::npos);
  const auto from = at + key.size() + 1;
  return url.substr(from, url.find('&', from) - from);
}

std::string invitation(deterministic& world, const std::string& email) {
  const auto answer =
      world.rest("POST", "/api/user/" + email + "/invite", "", "token");
  REQUIRE(answer.status == 200);
  const auto url = member_of(answer.body, "url");
  return ",\"token\":\"" + invitation_part(url, "token") + "\",\"exp\":\""
         + invitation_part(url, "exp") + "\"";
}

protocol::http_response register_as(deterministic& world,
                                    const std::string& body) {
  return world.rest("POST", "/api/user/register", body, "");
}

} // namespace

// -- register -----------------------------------------------------------------

TEST_CASE("the first to register is admin, the next are not let in") {
  deterministic world;
  const auto first =
      register_as(world, credentials(" Ann@Example.org ", "correct horse"));
  CHECK(first.status == 200);
  CHECK(member_of(first.body, "email") == "ann@example.org");
  CHECK(first.body.find(R"("roles":["admin"])") != std::string::npos);
  const auto token = cookie_of(first);
  REQUIRE_FALSE(token.empty());
  CHECK(world.rest("GET", "/api/user", "", token).status == 200);
  CHECK(error_of(register_as(world,
                             credentials("bob@example.org", "battery staple")))
        == closed_to_public);
  CHECK_FALSE(world.database->find_account("bob@example.org"));
}

TEST_CASE("a new account gets the default connection and is on IRC") {
  auto config = deterministic::quick();
  config.default_connection = "irc://irc.example.net:6697/%23convoy";
  deterministic world{config};
  const auto made =
      register_as(world, credentials("ann@example.org", "correct horse"));
  CHECK(made.body.find("irc-example") != std::string::npos);
  CHECK(made.body.find("#convoy") != std::string::npos);
  CHECK(world.connector.links.size() == 1);
  CHECK(world.database->load_user(protocol::user_id{1})
            ->connections.at(0)
            .conversations.at(0)
            .id
        == "#convoy");
}

TEST_CASE("open registration lets all in, each once") {
  auto config = deterministic::quick();
  config.open_registration = true;
  deterministic world{config};
  world.add_user("ann@example.org");
  const auto bob = credentials("bob@example.org", "battery staple");
  CHECK(register_as(world, bob).status == 200);
  CHECK(world.database->find_account("bob@example.org")->roles.empty());
  CHECK(error_of(register_as(world, bob)) == "401 Email is taken. /body/email");
}

TEST_CASE("credentials that are none are refused with their place") {
  deterministic world;
  CHECK(error_of(register_as(world, credentials("ann", "correct horse")))
        == "400 Does not match email format. /body/email");
  CHECK(error_of(register_as(world, credentials("ann@example.org", "short")))
        == "400 String is too short: 5/10. /body/password");
  CHECK(error_of(register_as(
            world, credentials("ann@example.org", std::string(1025, 'x'))))
        == "400 String is too long: 1025/1024. /body/password");
  CHECK(register_as(world, "{}").body.find("/body/password")
        != std::string::npos);
}

// -- invitations --------------------------------------------------------------

TEST_CASE("an invitation makes the account it is for, and no other") {
  deterministic world;
  world.add_user("ann@example.org");
  const auto signature = invitation(world, "bob@example.org");
  CHECK(error_of(register_as(
            world, credentials("eve@example.org", "battery staple", signature)))
        == bad_invitation);
  CHECK(register_as(world,
                    credentials("bob@example.org", "battery staple", signature))
            .status
        == 200);
  // It is used up: the account has a password now.
  CHECK(error_of(register_as(world, credentials("bob@example.org",
                                                "another password", signature)))
        == bad_invitation);
}

TEST_CASE("an invitation of who exists sets another password") {
  deterministic world;
  world.add_user("ann@example.org");
  const auto signature = invitation(world, "ann@example.org");
  CHECK(register_as(world,
                    credentials("ann@example.org", "new password", signature))
            .status
        == 200);
  CHECK(world
            .rest("POST", "/api/user/login",
                  credentials("ann@example.org", "new password"), "")
            .status
        == 200);
  CHECK(world
            .rest("POST", "/api/user/login",
                  credentials("ann@example.org", "correct horse"), "")
            .status
        == 400);
}

TEST_CASE("an invitation ends, and its end cannot be moved") {
  deterministic world;
  world.add_user("ann@example.org");
  auto signature = invitation(world, "bob@example.org");
  auto moved = signature;
  moved.replace(moved.rfind(':') + 2, 1, "9");
  CHECK(error_of(register_as(
            world, credentials("bob@example.org", "battery staple", moved)))
        == bad_invitation);
  CHECK(error_of(
            register_as(world, credentials("bob@example.org", "battery staple",
                                           R"(,"token":"x","exp":"soon")")))
        == bad_invitation);
  world.advance(24h + 1s);
  CHECK(error_of(register_as(
            world, credentials("bob@example.org", "battery staple", signature)))
        == bad_invitation);
}

TEST_CASE("only admins invite") {
  deterministic world;
  world.add_user("ann@example.org");
  world.add_user("bob@example.org", "b");
  CHECK(
      error_of(world.rest("POST", "/api/user/eve@example.org/invite", "", "b"))
      == "403 Only admins can invite users. /");
  CHECK(error_of(world.rest("POST", "/api/user/eve/invite"))
        == "400 Does not match email format. /email");
}

// -- log in and out -----------------------------------------------------------

TEST_CASE("a login opens a session; a logout ends it") {
  deterministic world;
  world.add_user("ann@example.org");
  const auto answer =
      world.rest("POST", "/api/user/login",
                 credentials("ANN@example.org", "correct horse"), "");
  CHECK(answer.status == 200);
  const auto token = cookie_of(answer);
  REQUIRE_FALSE(token.empty());
  const auto me = world.rest("GET", "/api/user", "", token);
  CHECK(me.status == 200);
  CHECK(error_of(world.rest("GET", "/logout?csrf=wrong", "", token))
        == "403 Invalid csrf token /csrf");
  CHECK(world.rest("GET", "/api/user", "", token).status == 200);
  const auto out = world.rest(
      "GET", "/logout?csrf=" + member_of(me.body, "csrf"), "", token);
  CHECK(out.status == 302);
  CHECK(cookie_of(out).empty());
  CHECK(world.rest("GET", "/api/user", "", token).status == 401);
}

TEST_CASE("an unknown email and a wrong password look the same") {
  deterministic world;
  world.add_user("ann@example.org");
  const auto refused = "400 Invalid email or password. /";
  CHECK(error_of(world.rest("POST", "/api/user/login",
                            credentials("ann@example.org", "wrong horse"), ""))
        == refused);
  CHECK(error_of(world.rest("POST", "/api/user/login",
                            credentials("eve@example.org", "wrong horse"), ""))
        == refused);
  CHECK(error_of(world.rest("POST", "/api/user/login",
                            credentials("eve@example.org", "nobody's"), ""))
        == refused);
}

TEST_CASE("a session ends when its time is up") {
  auto config = deterministic::quick();
  config.session_lifetime = 3600s;
  deterministic world{config};
  world.add_user("ann@example.org", "other");
  const auto token = cookie_of(
      world.rest("POST", "/api/user/login",
                 credentials("ann@example.org", "correct horse"), ""));
  world.advance(3601s);
  CHECK(world.rest("GET", "/api/user", "", token).status == 401);
}

TEST_CASE("a session that is used gets a whole life again past its half") {
  auto config = deterministic::quick();
  config.session_lifetime = 3600s;
  deterministic world{config};
  world.add_user("ann@example.org", "other");
  const auto token = cookie_of(
      world.rest("POST", "/api/user/login",
                 credentials("ann@example.org", "correct horse"), ""));
  const auto cookies = [](const protocol::http_response& response) {
    return std::ranges::count(response.headers, "Set-Cookie",
                              &std::pair<std::string, std::string>::first);
  };
  world.advance(1700s);
  CHECK(cookies(world.rest("GET", "/api/user", "", token)) == 0);
  world.advance(1700s);
  const auto renewed = world.rest("GET", "/api/user", "", token);
  CHECK(renewed.status == 200);
  CHECK(cookies(renewed) == 1);
  CHECK(cookie_of(renewed) == token);
  world.advance(1700s);
  CHECK(world.rest("GET", "/api/user", "", token).status == 200);
}

TEST_CASE("the cookie is for us alone, and only over TLS when there is TLS") {
  deterministic world;
  world.add_user("ann@example.org");
  protocol::http_request request;
  request.method = "POST";
  request.path = {"api", "user", "login"};
  request.body = credentials("ann@example.org", "correct horse");
  request.content_type = "application/json";
  const auto attributes = [&] {
    const auto answer = world.rest(request);
    for (const auto& [key, value] : answer.headers)
      if (key == "Set-Cookie")
        return value.substr(value.find(';'));
    return std::string{};
  };
  CHECK(attributes() == "; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000");
  request.secure = true;
  CHECK(attributes()
        == "; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure");
}

TEST_CASE("the user object has the lists that are asked for") {
  deterministic world;
  world.add_connection(world.add_user("ann@example.org"), {"#room"});
  const auto ask = [&](const std::string& query) {
    const auto body = world.rest("GET", "/api/user" + query).body;
    return std::pair{body.find("\"connections\":") != std::string::npos,
                     body.find("\"conversations\":") != std::string::npos};
  };
  CHECK(ask("") == std::pair{false, false});
  CHECK(ask("?connections=true") == std::pair{true, false});
  CHECK(ask("?conversations=1") == std::pair{true, true});
  CHECK(ask("?connections=false&conversations=0") == std::pair{false, false});
}
