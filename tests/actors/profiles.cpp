// SPDX-License-Identifier: Apache-2.0
#include "actors/profiles.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

struct site {
  explicit site(
      settings config = deterministic::quick(),
      std::shared_ptr<store::database> store = deterministic::empty_store())
      : world(std::move(config), std::move(store)) {
    admin = world.add_user("ann@example.org", "admin");
    user = world.add_user("bob@example.org", "bob");
  }
  protocol::http_response save(const std::string& json,
                               const std::string& token = "admin") {
    return world.rest("POST", "/api/connection-profiles", json, token);
  }

  deterministic world;
  protocol::user_id admin{};
  protocol::user_id user{};
};

constexpr auto profile =
    R"({"url":"irc://irc.example.net:6697","service_accounts":["helper"]})";

} // namespace

TEST_CASE("admins set profiles, and everybody's connections show them") {
  site it;
  it.world.add_connection(it.user, {}, false);
  const auto services = [&] {
    return it.world.rest("GET", "/api/connections", "", "bob")
               .body.find(R"("service_accounts":["helper"])")
           != std::string::npos;
  };
  CHECK_FALSE(services());
  CHECK(it.save(profile).status == 200);
  CHECK(services());
  REQUIRE(it.world.database->profiles().size() == 1);
  CHECK(it.world.database->profiles()[0].id == "irc-example");
  CHECK(it.world
            .rest("DELETE", "/api/connection-profiles/irc-example", "", "admin")
            .status
        == 200);
  CHECK_FALSE(services());
  CHECK(it.world.database->profiles().empty());
}

TEST_CASE("a node begins with the profiles of its store") {
  const auto store = deterministic::empty_store();
  {
    site it{deterministic::quick(), store};
    it.save(profile);
  }
  deterministic world{deterministic::quick(), store};
  world.add_connection(protocol::user_id{2}, {}, false);
  CHECK(world.rest("GET", "/api/connections", "", "bob")
            .body.find(R"("service_accounts":["helper"])")
        != std::string::npos);
}

TEST_CASE("who is no admin changes nothing and sees no password") {
  site it;
  it.save(R"({"url":"irc://irc.example.net","webirc_password":"s3cret"})");
  const auto refused = it.save(profile, "bob");
  CHECK(refused.status == 403);
  CHECK(member_of(refused.body, "message")
        == "Only admins can save connection profiles.");
  CHECK(
      it.world.rest("DELETE", "/api/connection-profiles/irc-example", "", "bob")
          .status
      == 403);
  const auto read = [&](const std::string& token) {
    return it.world.rest("GET", "/api/connection-profiles", "", token).body;
  };
  CHECK(member_of(read("admin"), "webirc_password") == "s3cret");
  CHECK(read("bob").find("webirc") == std::string::npos);
  CHECK(read("bob").find("irc-example") != std::string::npos);
}

TEST_CASE("the profile of the default connection cannot be deleted") {
  auto config = deterministic::quick();
  config.default_connection = "irc://irc.example.net:6697/#convoy";
  site it{config};
  const auto remove = [&](const std::string& id) {
    const auto answer =
        it.world.rest("DELETE", "/api/connection-profiles/" + id, "", "admin");
    return std::to_string(answer.status) + " "
           + member_of(answer.body, "message");
  };
  CHECK(remove("irc-example")
        == "400 You cannot delete the default connection.");
  it.save(profile);
  CHECK(remove("irc-example")
        == "400 You cannot delete the default connection.");
  CHECK(remove("irc-none") == "404 Connection profile not found.");
}

TEST_CASE("a host that skips the queue does not wait for another connect") {
  site it;
  it.world.add_connection(it.admin);
  it.world.add_connection(it.user);
  CHECK(it.save(R"({"url":"irc://irc.example.net","skip_queue":true})").status
        == 200);
  it.world.user_actor(it.admin);
  it.world.user_actor(it.user);
  CHECK(it.world.connector.links.size() == 2);
}

TEST_CASE("without a profile one connect waits for the other") {
  site it;
  it.world.add_connection(it.admin);
  it.world.add_connection(it.user);
  it.world.user_actor(it.admin);
  it.world.user_actor(it.user);
  CHECK(it.world.connector.links.size() == 1);
}
