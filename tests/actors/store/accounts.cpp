// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace convoy;
using namespace convoy::tests;
using store::create_verdict;
using words = std::vector<std::string>;

TEST_SUITE("store accounts") {
  TEST_CASE("the first account is number 1 and admin, the next is not") {
    store::database db(options_for(":memory:"));
    db.migrate();
    auto first = account_of("ann@example.com");
    CHECK(db.create_account(first, false) == create_verdict::created);
    CHECK(protocol::number(first.id) == 1);
    CHECK(first.roles == words{"admin"});
    auto second = account_of("bob@example.com");
    CHECK(db.create_account(second, true) == create_verdict::created);
    CHECK(protocol::number(second.id) == 2);
    CHECK(second.roles.empty());
  }

  TEST_CASE("nobody gets the number of somebody who is gone") {
    one_user one;
    auto bob = account_of("bob@example.com");
    one.db.create_account(bob, true);
    CHECK(protocol::number(bob.id) == 2);
    while (!one.db.delete_account(bob.id, 100)) {
      // nop
    }
    auto again = account_of("bob@example.com");
    CHECK(one.db.create_account(again, true) == create_verdict::created);
    CHECK(protocol::number(again.id) == 3);
  }

  TEST_CASE("who was refused has taken no number") {
    one_user one;
    auto taken = account_of("ann@example.com");
    CHECK(one.db.create_account(taken, true) == create_verdict::email_taken);
    auto bob = account_of("bob@example.com");
    one.db.create_account(bob, true);
    CHECK(protocol::number(bob.id) == 2);
  }

  TEST_CASE("roles, words and whether one may come in can be changed") {
    one_user one;
    one.db.change_account(
        one.id, {words{"bot", "line\nbreak"}, words{"p\xc3\xa4rl"}, "hash"});
    one.db.set_disabled(one.id, true);
    const auto found = one.db.find_account(one.id);
    REQUIRE(found);
    CHECK(found->roles == words{"bot", "line\nbreak"});
    CHECK(found->highlight_keywords == words{"p\xc3\xa4rl"});
    CHECK(found->disabled);
    CHECK(found->password_hash == "hash");
    one.db.change_account(one.id, {words{}});
    CHECK(one.db.find_account(one.id)->roles.empty());
    CHECK(one.db.find_account(one.id)->highlight_keywords
          == words{"p\xc3\xa4rl"});
    const protocol::user_id nobody{7};
    CHECK_THROWS_AS(one.db.change_account(nobody, {words{}}),
                    store::store_error);
    CHECK_THROWS_AS(one.db.set_disabled(nobody, true), store::store_error);
  }

  TEST_CASE("the first account is admin only once") {
    store::database db(options_for(":memory:"));
    db.migrate();
    auto first = account_of("ann@example.com");
    first.roles = {"bot", "admin"};
    db.create_account(first, false);
    CHECK(first.roles == words{"bot", "admin"});
  }

  TEST_CASE("whether an account is not made is decided in this order") {
    one_user one;
    auto other = account_of("ann@example.com");
    CHECK(one.db.create_account(other, false) == create_verdict::not_open);
    CHECK(one.db.create_account(other, true) == create_verdict::email_taken);
    CHECK(protocol::number(other.id) == 0);
    CHECK(one.db.accounts().size() == 1);
  }

  TEST_CASE("all of an account comes back") {
    store::database db(options_for(":memory:"));
    db.migrate();
    auto made = account_of("ann@example.com");
    made.roles = {"bot", "", "line\nbreak", "back\\slash"};
    made.highlight_keywords = {"convoy", "p\xc3\xa4rl"};
    made.remote_address = "2001:db8::1";
    made.disabled = true;
    db.create_account(made, false);
    for (const auto& found :
         {db.find_account(made.id), db.find_account("ann@example.com")}) {
      REQUIRE(found);
      CHECK(found->id == made.id);
      CHECK(found->email == made.email);
      CHECK(found->password_hash == made.password_hash);
      CHECK(found->roles
            == words{"bot", "", "line\nbreak", "back\\slash", "admin"});
      CHECK(found->highlight_keywords == made.highlight_keywords);
      CHECK(found->remote_address == made.remote_address);
      CHECK(found->stream == made.stream);
      CHECK(found->registered == made.registered);
      CHECK(found->disabled);
    }
  }

  TEST_CASE("unknown accounts are not found") {
    one_user one;
    CHECK_FALSE(one.db.find_account("Ann@example.com"));
    CHECK_FALSE(one.db.find_account(""));
    CHECK_FALSE(one.db.find_account("' OR 1=1 --"));
    CHECK_FALSE(one.db.find_account(protocol::user_id{2}));
  }

  TEST_CASE("accounts are listed by id") {
    one_user one;
    for (const auto* email : {"zoe@example.com", "bob@example.com"}) {
      auto account = account_of(email);
      one.db.create_account(account, true);
    }
    const auto all = one.db.accounts();
    REQUIRE(all.size() == 3);
    CHECK(all[0].email == "ann@example.com");
    CHECK(all[1].email == "zoe@example.com");
    CHECK(all[2].email == "bob@example.com");
  }

  TEST_CASE("password and address change for one user alone") {
    one_user one;
    auto other = account_of("bob@example.com");
    one.db.create_account(other, true);
    one.db.set_password(one.id, "new hash");
    one.db.set_remote_address(one.id, "192.0.2.7");
    CHECK(one.db.find_account(one.id)->password_hash == "new hash");
    CHECK(one.db.find_account(one.id)->remote_address == "192.0.2.7");
    CHECK(one.db.find_account(other.id)->password_hash == other.password_hash);
    CHECK(one.db.find_account(other.id)->remote_address == "127.0.0.1");
    CHECK(error_of(
              [&] { one.db.set_password(protocol::user_id{9}, "secret hash"); })
          == error_from(":memory:") + "set password: there is no user 9");
    CHECK(error_of(
              [&] { one.db.set_remote_address(protocol::user_id{9}, "::1"); })
          == error_from(":memory:") + "set remote address: there is no user 9");
  }

  TEST_CASE("of two who race to be first, one is admin") {
    scratch dir;
    const auto options = options_for(dir.path("a.db"));
    store::database(options).migrate();
    const auto make = [&options](const std::string& email) {
      store::database db(options);
      auto account = account_of(email);
      db.create_account(account, true);
    };
    std::thread other([&] { make("ann@example.com"); });
    make("bob@example.com");
    other.join();
    const auto all = store::database(options).accounts();
    REQUIRE(all.size() == 2);
    CHECK(all[0].roles == words{"admin"});
    CHECK(all[1].roles.empty());
  }
}
