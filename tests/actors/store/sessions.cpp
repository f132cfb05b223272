// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

namespace {

store::session_record session_of(protocol::user_id user,
                                 const std::string& token) {
  return {token, user, at(100), at(200), "192.0.2.7", "Browser/1.0"};
}

} // namespace

TEST_SUITE("store sessions") {
  TEST_CASE("all of a session comes back until it expires") {
    one_user one;
    one.db.create_session(session_of(one.id, "a"));
    const auto found = one.db.find_session("a", at(199));
    REQUIRE(found);
    CHECK(found->token_hash == "a");
    CHECK(found->user == one.id);
    CHECK(found->created == at(100));
    CHECK(found->expires == at(200));
    CHECK(found->remote_address == "192.0.2.7");
    CHECK(found->user_agent == "Browser/1.0");
    CHECK_FALSE(one.db.find_session("a", at(200)));
    CHECK_FALSE(one.db.find_session("b", at(100)));
  }

  TEST_CASE("a session can be extended and ended") {
    one_user one;
    one.db.create_session(session_of(one.id, "a"));
    one.db.create_session(session_of(one.id, "b"));
    one.db.extend_session("a", at(900));
    CHECK(one.db.find_session("a", at(899)));
    CHECK_FALSE(one.db.find_session("b", at(899)));
    one.db.delete_session("a");
    CHECK_FALSE(one.db.find_session("a", at(150)));
    CHECK(one.db.find_session("b", at(150)));
    CHECK_NOTHROW(one.db.extend_session("a", at(900)));
    CHECK_FALSE(one.db.find_session("a", at(150)));
  }

  TEST_CASE("expired sessions are removed, others stay") {
    one_user one;
    one.db.create_session(session_of(one.id, "a"));
    one.db.create_session(session_of(one.id, "b"));
    one.db.extend_session("b", at(201));
    one.db.delete_expired_sessions(at(200));
    CHECK_FALSE(one.db.find_session("a", at(0)));
    CHECK(one.db.find_session("b", at(0)));
  }

  TEST_CASE("a person's sessions are listed newest first until they expire") {
    one_user one;
    auto bob = account_of("bob@example.com");
    one.db.create_account(bob, true);
    auto later = session_of(one.id, "b");
    later.created = at(101);
    later.expires = at(300);
    later.last_seen = at(150);
    one.db.create_session(session_of(one.id, "a"));
    one.db.create_session(later);
    one.db.create_session(session_of(bob.id, "c"));
    const auto found = one.db.sessions_of(one.id, at(199));
    REQUIRE(found.size() == 2);
    CHECK(found[0].token_hash == "b");
    CHECK(found[0].last_seen == at(150));
    CHECK(found[0].user_agent == "Browser/1.0");
    CHECK(found[1].token_hash == "a");
    CHECK(one.db.sessions_of(one.id, at(200)).size() == 1);
  }

  TEST_CASE("when a session was seen last is noted") {
    one_user one;
    one.db.create_session(session_of(one.id, "a"));
    CHECK(one.db.find_session("a", at(100))->last_seen == at(0));
    one.db.touch_session("a", at(170));
    CHECK(one.db.find_session("a", at(100))->last_seen == at(170));
    CHECK_NOTHROW(one.db.touch_session("b", at(170)));
    CHECK_FALSE(one.db.find_session("b", at(100)));
  }

  TEST_CASE("a token is given once, and only to a user") {
    one_user one;
    one.db.create_session(session_of(one.id, "a"));
    CHECK(error_of([&] {
            one.db.create_session(session_of(one.id, "a"));
          }).starts_with(error_from(":memory:") + "create session: "));
    CHECK_THROWS_AS(
        one.db.create_session(session_of(protocol::user_id{7}, "b")),
        store::store_error);
    CHECK_FALSE(one.db.find_session("b", at(150)));
  }
}
