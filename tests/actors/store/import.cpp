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
          == error_from(":memory:")
                 + "import: these emails are taken:"
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

  TEST_CASE("one user comes with events and files, as a whole") {
    one_user one;
    auto bob = imported("bob@example.com");
    bob.account.id = protocol::user_id{7};
    int pages = 0;
    const auto events = [&]() -> std::vector<protocol::event> {
      if (++pages > 2)
        return {};
      bob.connections[0].conversations[0].read_seq = 2;
      return {message(0, 10 * pages, "one"), message(0, 10 * pages, "two")};
    };
    int files = 0;
    const auto file = [&]() -> std::optional<store::file_record> {
      if (++files > 2)
        return std::nullopt;
      return store::file_record{"id", {}, "a.txt", "text/plain", at(1), "text"};
    };
    REQUIRE(one.db.take_in(bob, events, file));
    CHECK(protocol::number(bob.account.id) == 7);
    const auto there = one.db.load_user(bob.account.id);
    REQUIRE(there);
    CHECK(there->last_seq == 4);
    // As it was when the events had been read.
    CHECK(there->connections[0].conversations[0].read_seq == 2);
    CHECK(texts(one.db.history(convoy_channel(bob.account.id)))
          == std::vector<std::string>{"one", "two", "one", "two"});
    CHECK(one.db.find_file(bob.account.id, "id")->content == "text");
    // The second of that id has got another.
    CHECK(one.db.files_of(bob.account.id, "", 10).size() == 2);
    // The numbering goes on, of events and of users.
    append(one.db, {batch_of(bob.account.id, {message(5, 99)})});
    auto zoe = account_of("zoe@example.com");
    one.db.create_account(zoe, true);
    CHECK(protocol::number(zoe.id) == 8);
  }

  TEST_CASE("an id that was given before is not given again") {
    one_user one;
    auto bob = imported("bob@example.com");
    bob.account.id = one.id;
    const auto nothing = [] {
      return std::vector<protocol::event>{};
    };
    const auto none = [] {
      return std::optional<store::file_record>{};
    };
    REQUIRE(one.db.take_in(bob, nothing, none));
    CHECK(protocol::number(bob.account.id) == 2);
    CHECK_FALSE(one.db.take_in(bob, nothing, none));
    CHECK(one.db.accounts().size() == 2);
  }

  TEST_CASE("of a user who cannot be taken in as a whole nothing is there") {
    one_user one;
    auto bob = imported("bob@example.com");
    int pages = 0;
    const auto events = [&]() -> std::vector<protocol::event> {
      if (++pages > 1)
        throw std::runtime_error("the log cannot be read");
      return {message(0, 10)};
    };
    CHECK(error_of([&] {
            one.db.take_in(bob, events,
                           [] { return std::optional<store::file_record>{}; });
          })
          == "the log cannot be read");
    CHECK_FALSE(one.db.find_account("bob@example.com"));
    CHECK(one.db.journal(protocol::user_id{2}, 0, 10).empty());
  }
}
