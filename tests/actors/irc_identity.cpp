// SPDX-License-Identifier: Apache-2.0
#include "actors/irc_connection.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

/// A person at 192.0.2.7 with one connection, whose link the test plays.
struct person {
  explicit person(
      const std::string& url, settings config = deterministic::quick(),
      std::shared_ptr<store::database> store = deterministic::empty_store())
      : world(std::move(config), std::move(store)) {
    user = world.add_user("ann@example.org");
    world.add_connection(user, {}, true, url);
    socket = world.open_socket();
  }

  fake_irc_link& link() {
    return world.connector.last();
  }
  std::size_t dials() const {
    return world.connector.links.size();
  }
  const net::irc_endpoint& where() {
    return link().where;
  }
  /// TCP, and TLS where it was asked for, are up; the server says `lines`.
  void talk(std::initializer_list<std::string_view> lines) {
    link().observer->on_connected(
        {"198.51.100.7", where().port, where().tls, ""});
    world.settle();
    link().tell(lines);
    world.settle();
  }
  void lose() {
    link().end("Connection closed.");
    world.settle();
  }
  std::vector<store::sts_policy> policies() {
    return world.database->sts_policies();
  }
  protocol::connection_record stored() {
    return world.database->load_user(user)->connections.at(0);
  }
  void update(const std::string& url) {
    world.rest("POST", "/api/connection/irc-example",
               R"({"url":")" + url + "\"}");
  }

  deterministic world;
  protocol::user_id user{};
  std::shared_ptr<fake_websocket> socket;
};

constexpr auto secure = "ircs://irc.example.net:6697";
constexpr auto insecure = "irc://irc.example.net:6667?tls=0";
constexpr auto policy =
    ":irc.example.net CAP * LS :sts=port=7000,duration=1000";

} // namespace

// -- certificates -------------------------------------------------------------

TEST_CASE("a connection with TLS gets a certificate, once") {
  person it{secure};
  CHECK(it.where().certificate == "PEM of ann");
  CHECK(it.stored().certificate == "PEM of ann");
  it.talk({});
  strings infos;
  it.socket->load();
  it.world.settle();
  for (const auto& each : it.socket->take()) {
    // The key is in it.
    CHECK(each.find("PEM of") == std::string::npos);
    if (member_of(each, "type") == "info")
      infos.push_back(member_of(each, "fingerprint") + ", "
                      + member_of(each, "sha256"));
  }
  REQUIRE_FALSE(infos.empty());
  CHECK(infos.back() == "512 of ann, 256 of ann");
  it.lose();
  it.world.advance(10s);
  REQUIRE(it.dials() == 2);
  CHECK(it.where().certificate == "PEM of ann");
}

TEST_CASE("one that is stored is used") {
  person it{"irc://irc.example.net?nick=ann"};
  it.world.rest("POST", "/api/connection/irc-example",
                R"({"wanted_state":"disconnected"})");
  auto record = it.stored();
  CHECK(record.certificate == "PEM of ann");
  it.update("irc://irc.example.net?nick=ann&realname=Ann");
  CHECK(it.stored().certificate == "PEM of ann");
}

TEST_CASE("without TLS there is none") {
  person it{insecure};
  CHECK(it.where().certificate == "");
  CHECK(it.stored().certificate == "");
}

// -- where to -----------------------------------------------------------------

TEST_CASE("the address to connect from: the URL's, else the node's") {
  auto config = deterministic::quick();
  config.irc_local_address = "192.0.2.1";
  CHECK(person(secure, config).where().local_address == "192.0.2.1");
  CHECK(person("ircs://irc.example.net?local_address=192.0.2.9", config)
            .where()
            .local_address
        == "192.0.2.9");
  CHECK(person(secure).where().local_address == "");
}

TEST_CASE("a pinned certificate is passed on, and a change reconnects") {
  const std::string digits(62, 'a');
  person it{"ircs://irc.example.net?tls_fingerprint=AA:" + digits};
  CHECK(it.where().pinned == "aa" + digits);
  it.talk({":irc.example.net 001 ann :Welcome"});
  it.update("ircs://irc.example.net?nick=ann&tls_fingerprint=bb" + digits);
  it.world.advance(4s);
  REQUIRE(it.dials() == 2);
  CHECK(it.where().pinned == "bb" + digits);
}

TEST_CASE("the server is told where the person is, where it knows us") {
  person it{insecure};
  const auto profile =
      R"({"id":"irc-example","url":"irc://irc.example.net","webirc_password":"hunter2"})";
  CHECK(it.world.rest("POST", "/api/connection-profiles", profile).status
        == 200);
  it.lose();
  it.world.advance(10s);
  it.talk({});
  CHECK(it.link().take().at(0) == "WEBIRC hunter2 convoy 192.0.2.7 192.0.2.7");
}

// -- policies -----------------------------------------------------------------

TEST_CASE("a server that wants TLS gets it at once") {
  person it{insecure};
  CHECK_FALSE(it.where().tls);
  it.talk({policy});
  it.world.advance(0s);
  REQUIRE(it.dials() == 2);
  CHECK(it.where().host == "irc.example.net");
  CHECK(it.where().tls);
  CHECK(it.where().tls_verify);
  CHECK(it.where().port == 7000);
  CHECK(it.where().certificate == "PEM of ann");
  // Nothing is known for others yet.
  CHECK(it.policies().empty());

  SUBCASE("and never goes back by itself") {
    it.lose();
    it.world.advance(10s);
    REQUIRE(it.dials() == 3);
    CHECK(it.where().tls);
    CHECK(it.where().port == 7000);
  }
  SUBCASE("and waits for its turn like others when it is lost") {
    it.talk({});
    const auto bob = it.world.add_user("bob@example.org", "b");
    it.world.add_connection(bob, {}, true, insecure);
    it.world.open_socket("b");
    it.world.advance(4s);
    REQUIRE(it.dials() == 3);
    it.world.connector.links.at(1)->end("Connection closed.");
    it.world.settle();
    it.world.advance(10s);
    CHECK(it.dials() == 3);
    it.link().end("Connection refused.");
    it.world.settle();
    CHECK(it.dials() == 4);
    CHECK(it.where().port == 7000);
  }
  SUBCASE("and the policy holds for all") {
    it.talk({policy});
    REQUIRE(it.policies().size() == 1);
    CHECK(it.policies()[0].port == 7000);
    CHECK(it.policies()[0].expires == it.world.wall + 1000s);
    const auto bob = it.world.add_user("bob@example.org", "b");
    it.world.add_connection(bob, {}, true, insecure);
    it.world.open_socket("b");
    it.world.advance(4s);
    REQUIRE(it.dials() == 3);
    CHECK(it.where().tls);
    CHECK(it.where().tls_verify);
    CHECK(it.where().port == 7000);
  }
}

TEST_CASE("a policy is stored, renewed at the end and taken back") {
  person it{secure};
  it.talk({policy, ":irc.example.net 001 ann :Welcome"});
  REQUIRE(it.policies().size() == 1);
  CHECK(it.policies()[0].host == "irc.example.net");
  CHECK(it.policies()[0].port == 6697);
  it.world.advance(50s);
  it.lose();
  CHECK(it.policies()[0].expires == it.world.wall + 1000s);
  it.world.advance(10s);
  it.talk({":irc.example.net CAP * LS :sts=duration=0"});
  CHECK(it.policies().empty());
  it.lose();
  CHECK(it.policies().empty());
}

TEST_CASE("a policy that changes all the time is stored when it is over") {
  person it{secure};
  it.talk({policy, ":irc.example.net 001 ann :Welcome"});
  for (const auto* value : {"duration=0", "duration=2000"})
    it.link().tell(std::string(":irc.example.net CAP ann NEW :sts=") + value);
  it.world.settle();
  REQUIRE(it.policies().size() == 1);
  CHECK(it.policies()[0].expires == it.world.wall + 1000s);
  it.lose();
  REQUIRE(it.policies().size() == 1);
  CHECK(it.policies()[0].expires == it.world.wall + 2000s);
}

TEST_CASE("a policy outlives the node, until it expires") {
  const auto store = deterministic::empty_store();
  store->put_sts_policy(
      {"irc.example.net", 7000, protocol::timestamp{1795330887s} + 100s});
  SUBCASE("with a verified certificate, and its own port only without TLS") {
    person it{"irc://irc.example.net:9999?tls=1&tls_verify=0",
              deterministic::quick(), store};
    CHECK(it.where().tls);
    CHECK(it.where().tls_verify);
    CHECK(it.where().port == 9999);
  }
  SUBCASE("for those who do not want TLS") {
    person it{insecure, deterministic::quick(), store};
    CHECK(it.where().tls);
    CHECK(it.where().port == 7000);
    it.lose();
    it.world.advance(200s);
    REQUIRE(it.dials() > 1);
    CHECK_FALSE(it.where().tls);
    CHECK(it.where().port == 6667);
  }
}

TEST_CASE("whoever is not verified sets no rule for others") {
  person it{"ircs://irc.example.net?tls_verify=0"};
  it.talk({policy});
  CHECK(it.policies().empty());
  person pinned{"ircs://irc.example.net?tls_fingerprint="
                + std::string(64, 'a')};
  pinned.talk({policy});
  CHECK(pinned.policies().empty());
}
