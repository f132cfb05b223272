// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

namespace {

store::api_token token_of(protocol::user_id user, const std::string& id) {
  return {id, "hash-" + id, user, "a bot", {"read", "send"}, at(100), {}, {}};
}

} // namespace

TEST_SUITE("store tokens") {
  TEST_CASE("all of a token comes back") {
    one_user one;
    auto made = token_of(one.id, "a");
    made.expires = at(200);
    made.last_used = at(150);
    one.db.create_token(made);
    const auto found = one.db.find_token("hash-a", at(199));
    REQUIRE(found);
    CHECK(found->id == "a");
    CHECK(found->token_hash == "hash-a");
    CHECK(found->user == one.id);
    CHECK(found->name == "a bot");
    CHECK(found->scopes == std::vector<std::string>{"read", "send"});
    CHECK(found->created == at(100));
    CHECK(found->expires == at(200));
    CHECK(found->last_used == at(150));
  }

  TEST_CASE("it works until it expires, or for ever") {
    one_user one;
    auto some = token_of(one.id, "a");
    some.expires = at(200);
    one.db.create_token(some);
    one.db.create_token(token_of(one.id, "b"));
    CHECK_FALSE(one.db.find_token("hash-a", at(200)));
    CHECK(one.db.find_token("hash-b", at(9'000'000)));
    CHECK_FALSE(one.db.find_token("hash-c", at(100)));
    CHECK_FALSE(one.db.find_token("a", at(100)));
  }

  TEST_CASE("not for somebody who is disabled") {
    one_user one;
    one.db.create_token(token_of(one.id, "a"));
    one.db.set_disabled(one.id, true);
    CHECK_FALSE(one.db.find_token("hash-a", at(100)));
    one.db.set_disabled(one.id, false);
    CHECK(one.db.find_token("hash-a", at(100)));
  }

  TEST_CASE("they are listed newest first, each person's own") {
    one_user one;
    auto bob = account_of("bob@example.com");
    one.db.create_account(bob, true);
    auto later = token_of(one.id, "b");
    later.created = at(101);
    one.db.create_token(token_of(one.id, "a"));
    one.db.create_token(later);
    one.db.create_token(token_of(bob.id, "c"));
    const auto found = one.db.tokens_of(one.id);
    REQUIRE(found.size() == 2);
    CHECK(found[0].id == "b");
    CHECK(found[1].id == "a");
  }

  TEST_CASE("its last use is noted") {
    one_user one;
    one.db.create_token(token_of(one.id, "a"));
    one.db.touch_token("a", at(777));
    CHECK(one.db.find_token("hash-a", at(100))->last_used == at(777));
    CHECK_NOTHROW(one.db.touch_token("b", at(777)));
  }

  TEST_CASE("only its owner deletes it, and is told its hash") {
    one_user one;
    auto bob = account_of("bob@example.com");
    one.db.create_account(bob, true);
    one.db.create_token(token_of(one.id, "a"));
    std::string hash;
    CHECK_FALSE(one.db.delete_token(bob.id, "a", hash));
    CHECK(hash.empty());
    CHECK(one.db.delete_token(one.id, "a", hash));
    CHECK(hash == "hash-a");
    CHECK_FALSE(one.db.find_token("hash-a", at(100)));
    CHECK_FALSE(one.db.delete_token(one.id, "a", hash));
  }

  TEST_CASE("an id is given once, and only to a user") {
    one_user one;
    one.db.create_token(token_of(one.id, "a"));
    CHECK(error_of([&] {
            one.db.create_token(token_of(one.id, "a"));
          }).starts_with(error_from(":memory:") + "create API token: "));
    CHECK_THROWS_AS(one.db.create_token(token_of(protocol::user_id{7}, "b")),
                    store::store_error);
  }
}
