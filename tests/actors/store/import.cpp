// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

namespace {

store::user_state imported(const std::string& email) {
  store::user_state result;
  result.account = account_of(email);
  auto connection = connection_named("irc-libera");
  connection.password = "sealed";
  connection.conversations = {conversation_named("#one", "#One"),
                              conversation_named("#two", "#Two")};
  connection.conversations[0].key = "k";
  result.connections = {connection};
  return result;
}

} // namespace

TEST_SUITE("store import") {
  TEST_CASE("users come with all they have, and get their ids") {
    one_user one;
    std::vector<store::user_state> users{imported("bob@example.com"),
                                         imported("zoe@example.com")};
    users[1].account.roles = {"bot"};
    one.db.import(users);
    CHECK(protocol::number(users[0].account.id) == 2);
    CHECK(protocol::number(users[1].account.id) == 3);
    const auto zoe = one.db.load_user(users[1].account.id);
    REQUIRE(zoe);
    CHECK(zoe->account.email == "zoe@example.com");
    CHECK(zoe->account.roles == std::vector<std::string>{"bot"});
    CHECK(zoe->last_seq == 0);
    REQUIRE(zoe->connections.size() == 1);
    CHECK(zoe->connections[0].password == "sealed");
    REQUIRE(zoe->connections[0].conversations.size() == 2);
    CHECK(zoe->connections[0].conversations[0].key == "k");
    CHECK(zoe->connections[0].conversations[1].name == "#Two");
  }

  TEST_CASE("taken emails are named and nothing is imported") {
    one_user one;
    std::vector<store::user_state> users{
        imported("bob@example.com"), imported("ann@example.com"),
        imported("zoe@example.com"), imported("bob@example.com")};
    CHECK(error_of([&] { one.db.import(users); })
          == "store :memory:: import: these emails are taken:"
             " ann@example.com, bob@example.com");
    CHECK(one.db.accounts().size() == 1);
    for (const auto& user : users)
      CHECK(protocol::number(user.account.id) == 0);
  }

  TEST_CASE("of many taken emails the first are named") {
    one_user one;
    std::vector<store::user_state> users(13, imported("ann@example.com"));
    const auto error = error_of([&] { one.db.import(users); });
    CHECK(error.ends_with("ann@example.com and 3 more"));
  }

  TEST_CASE("many users are imported into a file at once") {
    scratch dir;
    store::database db(options_for(dir.path("a.db")));
    db.migrate();
    std::vector<store::user_state> users;
    for (int n = 0; n < 1000; ++n)
      users.push_back(imported("user" + std::to_string(n) + "@example.com"));
    db.import(users);
    CHECK(db.accounts().size() == 1000);
    CHECK(db.wanted_users().size() == 1000);
    CHECK(db.load_user(users[999].account.id)->account.email
          == "user999@example.com");
  }
}
