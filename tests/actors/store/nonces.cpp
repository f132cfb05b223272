// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

namespace {

store::nonce_record begun(const std::string& nonce, long long when,
                          long long forgotten = 0) {
  store::nonce_record result;
  result.nonce = nonce;
  result.begun = at(when);
  result.forgotten = at(forgotten);
  return result;
}

store::nonce_record answered(const std::string& nonce, long long when,
                             const std::string& result) {
  auto made = begun(nonce, when);
  made.answered = true;
  made.result = result;
  return made;
}

struct sending : one_user {
  void write(const store::nonce_record& nonce) {
    store::journal_batch batch;
    batch.user = id;
    batch.nonces.push_back(nonce);
    append(db, {batch});
  }
};

} // namespace

TEST_SUITE("store nonces") {
  TEST_CASE("a nonce is not known, begins and is answered") {
    sending one;
    CHECK_FALSE(one.db.find_nonce(one.id, "n"));
    one.write(begun("n", 10));
    auto found = one.db.find_nonce(one.id, "n");
    REQUIRE(found);
    CHECK(found->nonce == "n");
    CHECK(found->begun == at(10));
    CHECK_FALSE(found->answered);
    one.write(answered("n", 10, R"({"a":1})"));
    found = one.db.find_nonce(one.id, "n");
    REQUIRE(found);
    CHECK(found->answered);
    CHECK(found->begun == at(10));
    CHECK(found->error.empty());
    CHECK(found->result == R"({"a":1})");
    CHECK_FALSE(one.db.find_nonce(one.id, "N"));
    CHECK_FALSE(one.db.find_nonce(protocol::user_id{9}, "n"));
  }

  TEST_CASE("an error is an answer") {
    sending one;
    one.write(begun("n", 10));
    auto no = answered("n", 10, "");
    no.error = "Not connected.";
    no.path = "/connection_id";
    one.write(no);
    const auto found = one.db.find_nonce(one.id, "n");
    REQUIRE(found);
    CHECK(found->answered);
    CHECK(found->error == "Not connected.");
    CHECK(found->path == "/connection_id");
  }

  TEST_CASE("an answer commits with its event or not at all") {
    sending one;
    one.write(begun("n", 10));
    auto batch = batch_of(one.id, {message(2, 20)});
    batch.nonces.push_back(answered("n", 10, ""));
    CHECK_THROWS_AS(append(one.db, {batch}), store::store_conflict);
    CHECK_FALSE(one.db.find_nonce(one.id, "n")->answered);
    batch.events[0].seq = 1;
    append(one.db, {batch});
    CHECK(one.db.find_nonce(one.id, "n")->answered);
  }

  TEST_CASE("a nonce that begins at two times is a conflict") {
    sending one;
    one.write(begun("n", 10));
    CHECK_THROWS_AS(one.write(begun("n", 11)), store::store_conflict);
    CHECK(error_of([&] { one.write(begun("n", 11)); })
          == error_from(":memory:")
                 + "begin a send of user 1: its nonce has been used");
    // What is appended again may have been committed the first time.
    CHECK_NOTHROW(one.write(begun("n", 10)));
    one.write(answered("n", 10, ""));
    CHECK_THROWS_AS(one.write(begun("n", 10)), store::store_conflict);
    CHECK(one.db.find_nonce(one.id, "n")->answered);
  }

  TEST_CASE("one of long ago begins anew") {
    sending one;
    one.write(begun("n", 10));
    one.write(answered("n", 10, R"({"old":1})"));
    CHECK_THROWS_AS(one.write(begun("n", 99, 10)), store::store_conflict);
    one.write(begun("n", 99, 11));
    const auto found = one.db.find_nonce(one.id, "n");
    REQUIRE(found);
    CHECK(found->begun == at(99));
    CHECK_FALSE(found->answered);
    CHECK(found->result.empty());
  }

  TEST_CASE("one that is withdrawn was never there") {
    sending one;
    one.write(begun("n", 10));
    auto gone = begun("n", 9);
    gone.withdrawn = true;
    one.write(gone);
    CHECK(one.db.find_nonce(one.id, "n"));
    gone.begun = at(10);
    one.write(gone);
    CHECK_FALSE(one.db.find_nonce(one.id, "n"));
    CHECK_NOTHROW(one.write(gone));
  }

  TEST_CASE("old ones are deleted, so many at a time") {
    sending one;
    for (auto n = 0; n < 5; ++n)
      one.write(begun(std::to_string(n), n));
    CHECK(one.db.delete_nonces(at(4), 3) == 3);
    CHECK(one.db.delete_nonces(at(4), 3) == 1);
    CHECK(one.db.delete_nonces(at(4), 3) == 0);
    CHECK(one.db.find_nonce(one.id, "4"));
    CHECK_FALSE(one.db.find_nonce(one.id, "3"));
    // An answer that comes when its beginning was cleaned up is kept.
    one.write(answered("3", 3, ""));
    CHECK(one.db.find_nonce(one.id, "3")->answered);
  }
}
