// SPDX-License-Identifier: Apache-2.0
#include "actors/account_rules.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using names = std::vector<std::string>;

constexpr protocol::timestamp now{1'000'000'000s};

struct people {
  people() : db(deterministic::empty_store()) {
    ann = add("ann@example.org", "hash");
    bob = add("bob@example.org", "hash");
  }
  protocol::user_id add(const std::string& email, const std::string& hash) {
    protocol::account fresh;
    fresh.email = email;
    fresh.password_hash = hash;
    fresh.stream = "s";
    REQUIRE(db->create_account(fresh, true) == store::create_verdict::created);
    return fresh.id;
  }
  void log_in(protocol::user_id id, const std::string& hash) {
    db->create_session({hash, id, now, now + 1h, "::1", "x", now});
  }

  std::shared_ptr<store::database> db;
  protocol::user_id ann{};
  protocol::user_id bob{};
};

} // namespace

TEST_CASE("an admin is somebody with that role among others") {
  CHECK(has_admin({"bot", "admin"}));
  CHECK_FALSE(has_admin({"administrator"}));
  CHECK_FALSE(has_admin({}));
}

TEST_CASE("who is no admin may always go while somebody is left") {
  people it;
  CHECK(why_not_to_delete(*it.db, it.bob) == "");
  CHECK(why_to_stay_admin(*it.db, it.bob) == "");
  CHECK(why_not_to_delete(*it.db, it.ann) == "You are the only admin left.");
}

TEST_CASE("another admin who cannot log in does not count") {
  people it;
  const auto cat = it.add("cat@example.org", "");
  for (const auto id : {it.bob, cat})
    it.db->change_account(id, {names{"admin"}});
  CHECK(why_to_stay_admin(*it.db, it.ann) == "");
  it.db->set_disabled(it.bob, true);
  CHECK(why_to_stay_admin(*it.db, it.ann) != "");
  CHECK(why_not_to_delete(*it.db, it.ann) == "You are the only user left.");
  // Nothing is lost with somebody who cannot rule anyway.
  CHECK(why_to_stay_admin(*it.db, it.bob) == "");
  CHECK(why_not_to_delete(*it.db, cat) == "");
}

TEST_CASE("logins end, but for the one that asks, and keys when it is wanted") {
  people it;
  it.log_in(it.ann, "one");
  it.log_in(it.ann, "two");
  it.log_in(it.bob, "three");
  it.db->create_token({"id", "key", it.ann, "bot", {"read"}, now});
  CHECK(end_logins(*it.db, it.ann, ended_logins::sessions, "two", now)
        == names{"one"});
  CHECK(it.db->find_session("two", now));
  CHECK(it.db->find_token("key", now));
  CHECK(end_logins(*it.db, it.ann, ended_logins::all, "", now)
        == names{"two", "key"});
  CHECK_FALSE(it.db->find_session("two", now));
  CHECK_FALSE(it.db->find_token("key", now));
  CHECK(it.db->find_session("three", now));
}
