// SPDX-License-Identifier: Apache-2.0
#include "actors/rest_call.hpp"
#include "actors/secrets.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;

namespace {

using value_map = std::map<std::string, std::string>;

/// A node with a web root whose page is `html`.
struct site {
  explicit site(std::string html = "<p>") {
    std::const_pointer_cast<node>(world.home)->render_page =
        [this, html](const value_map& given) {
          values = given;
          return html;
        };
  }

  protocol::http_response get(const std::string& target,
                              const std::string& cookies = "") {
    protocol::http_request request;
    request.method = "GET";
    REQUIRE(protocol::parse_target(target, request));
    request.host = "chat.example.org";
    request.cookies = cookies;
    request.session = protocol::cookie(cookies, "convos");
    request.base = base;
    return world.rest(std::move(request));
  }

  deterministic world;
  value_map values;
  std::string base;
};

std::string header(const protocol::http_response& response,
                   std::string_view name) {
  std::string result;
  for (const auto& [key, value] : response.headers)
    if (key == name)
      result += value;
  return result;
}

/// `a=b` of a cookie that is set.
std::string pair_of(const std::string& set_cookie) {
  return set_cookie.substr(0, set_cookie.find(';'));
}

} // namespace

TEST_CASE("without a web root there is no page") {
  deterministic world;
  CHECK(world.rest("GET", "/login").status == 404);
}

TEST_CASE("a page is made of what is known when it is asked for") {
  site it;
  const auto found = it.get("/chat/irc-a/%23b.js");
  CHECK(found.status == 200);
  CHECK(found.body == "<p>");
  CHECK(found.content_type == "text/html; charset=utf-8");
  CHECK(header(found, "Cache-Control") == "no-store");
  CHECK(it.values["FIRST_USER"] == "yes");
  CHECK(it.values["BASE_URL"] == "http://chat.example.org");
  it.world.add_user("ann@example.org");
  it.get("/");
  CHECK(it.values["FIRST_USER"] == "no");
  CHECK(it.get("/err/503").status == 503);
  CHECK(it.values["STATUS"] == "503");
}

TEST_CASE("a page that cannot be made is an error") {
  site it{""};
  CHECK(it.get("/login").status == 500);
}

TEST_CASE("the csrf of a page is good for whoever was shown it") {
  site it;
  it.base = "https://site.example/a";
  const auto first = header(it.get("/login"), "Set-Cookie");
  CHECK(first.find("; Path=/a; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure")
        != std::string::npos);
  const auto secret = pair_of(first);
  const auto csrf = it.values["CSRF"];
  CHECK(header(it.get("/chat", secret), "Set-Cookie") == "");
  CHECK(it.values["CSRF"] == csrf);

  it.world.add_user("ann@example.org");
  const auto out = "/logout?csrf=" + csrf;
  CHECK(it.get(out, "convos=token").status == 403);
  CHECK(it.get(out, "convos=token; convos_csrf=another").status == 403);
  CHECK(it.get("/logout?csrf=", "convos=token; convos_csrf=").status != 302);
  const auto gone = it.get(out, "convos=token; " + secret);
  CHECK(gone.status == 302);
  CHECK(header(gone, "Location") == "/a/login");
  CHECK(it.world.rest("GET", "/api/user").status == 401);
}

TEST_CASE("the page of an invitation says whether it is good") {
  site it;
  it.world.add_user("ann@example.org");
  const std::uint64_t exp = 1795330887;
  const auto link = [&](const std::string& email, const std::string& token) {
    return "/register?email=" + email + "&exp=" + std::to_string(exp)
           + "&token=" + token;
  };
  const auto token_for = [&](const std::string& email) {
    const auto account = it.world.database->find_account(email);
    return sign_invite(it.world.home->key, email, exp,
                       account ? account->password_hash : "");
  };
  const auto bob = link("Bob@example.org", token_for("bob@example.org"));
  CHECK(it.get(bob).status == 200);
  CHECK(it.values["EXISTING_USER"] == "no");
  CHECK(it.get(link("ann@example.org", token_for("ann@example.org"))).status
        == 200);
  CHECK(it.values["EXISTING_USER"] == "yes");
  CHECK(it.get(link("ann@example.org", "x")).status == 400);
  CHECK(it.values["STATUS"] == "400");
  CHECK(it.values["EXISTING_USER"] == "no");
  it.world.wall += std::chrono::seconds{1};
  CHECK(it.get(bob).status == 410);
  CHECK(it.values["STATUS"] == "410");
  CHECK(it.get("/register?email=bob@example.org&exp=&token=").status == 200);
}

TEST_CASE("an irc: address leads who is logged in to its conversation") {
  site it;
  it.base = "https://site.example/a";
  const auto user = it.world.add_user("ann@example.org");
  it.world.add_connection(user, {"#room"}, false);
  const std::string target = "/register?uri=irc%3A%2F%2Firc.example.net%2Froom";
  const auto there = it.get(target, "convos=token");
  CHECK(there.status == 302);
  CHECK(header(there, "Location") == "/a/chat/irc-example/%23room");
  CHECK(it.get(target).status == 200);
  CHECK(it.get(target, "convos=another").status == 200);
  CHECK(it.get("/register?uri=x", "convos=token").status == 200);
}
