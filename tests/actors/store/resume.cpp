// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

namespace {

using numbers = std::vector<protocol::event_seq>;

numbers seqs(const std::vector<protocol::event>& events) {
  numbers result;
  for (const auto& each : events)
    result.push_back(each.seq);
  return result;
}

/// Five events; the third says what is wrong.
struct five_events : one_user {
  five_events() {
    auto error = message(3, 30, "oops");
    error.kind = protocol::event_kind::error;
    auto join = message(5, 50, "");
    join.kind = protocol::event_kind::join;
    append(db, {batch_of(id, {message(1, 10), message(2, 20), error,
                              message(4, 40), join})});
  }
};

} // namespace

TEST_SUITE("store resume") {
  TEST_CASE("the journal is read in order, from behind a place") {
    five_events one;
    CHECK(seqs(one.db.journal(one.id, 0, 100)) == numbers{1, 2, 3, 4, 5});
    CHECK(seqs(one.db.journal(one.id, 2, 2)) == numbers{3, 4});
    CHECK(one.db.journal(one.id, 5, 100).empty());
    CHECK(one.db.journal(one.id, 9, 100).empty());
    CHECK(one.db.journal(protocol::user_id{9}, 0, 100).empty());
  }

  TEST_CASE("the journal has all of an event, whatever its kind") {
    five_events one;
    const auto found = one.db.journal(one.id, 2, 3);
    REQUIRE(found.size() == 3);
    CHECK(found[0].kind == protocol::event_kind::error);
    CHECK(found[0].text == "oops");
    CHECK(found[0].time == at(30));
    CHECK(found[0].from == "bob");
    CHECK(found[0].connection_id == "irc-libera");
    CHECK(found[0].conversation_id == "#convoy");
    CHECK(found[0].name == "#Convoy");
    CHECK(found[2].kind == protocol::event_kind::join);
  }

  TEST_CASE("all is there until something goes") {
    five_events one;
    CHECK(one.db.has_all(one.id, 0, 5));
    CHECK(one.db.has_all(one.id, 4, 5));
    CHECK(one.db.has_all(one.id, 5, 5));
    CHECK_FALSE(one.db.has_all(one.id, 5, 6));
    CHECK_FALSE(one.db.has_all(one.id, 6, 5));
    CHECK_FALSE(one.db.has_all(protocol::user_id{9}, 0, 5));
    CHECK(one.db.clear_history(one.id, "irc-libera", "#convoy", 2, 100));
    CHECK_FALSE(one.db.has_all(one.id, 0, 5));
    CHECK_FALSE(one.db.has_all(one.id, 1, 5));
    CHECK(one.db.has_all(one.id, 2, 5));
  }
}
