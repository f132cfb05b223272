// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;
using words = std::vector<std::string>;

namespace {

std::size_t found(store::database& db, protocol::user_id user,
                  const std::string& word) {
  store::search_query query;
  query.user = user;
  query.match = protocol::text_pattern{word};
  return db.search(query).messages.size();
}

words in(one_user& it, const std::string& conversation_id) {
  auto query = convoy_channel(it.id);
  query.conversation_id = conversation_id;
  return texts(it.db.history(query));
}

/// A whole round, in small pieces; how many were deleted.
std::size_t clean(store::database& db, const store::retention& what) {
  store::cleaning_place place;
  while (!db.clean_messages(what, place, 2)) {
    // nop
  }
  return place.deleted;
}

} // namespace

TEST_SUITE("store retention") {
  TEST_CASE_FIXTURE(one_user, "each class of events has its own time") {
    std::vector<protocol::event> events;
    for (protocol::event_seq n = 1; n <= 9; ++n) {
      events.push_back(
          message(n, static_cast<long long>(n) * 10, std::to_string(n)));
      if (n % 3 == 0)
        events.back().conversation_id = "";
      if (n % 3 == 1)
        events.back().kind = protocol::event_kind::join;
    }
    append(db, {batch_of(id, events)});
    CHECK(in(*this, "#convoy") == words{"2", "5", "8"});
    CHECK(in(*this, "") == words{"3", "6", "9"});
    store::retention what;
    CHECK(clean(db, what) == 0);
    CHECK(db.journal(id, 0, 100).size() == 9);
    what.notices_before = at(60);
    CHECK(clean(db, what) == 1);
    CHECK(in(*this, "") == words{"6", "9"});
    CHECK(in(*this, "#convoy") == words{"2", "5", "8"});
    what.messages_before = at(51);
    CHECK(clean(db, what) == 2);
    CHECK(in(*this, "#convoy") == words{"8"});
    CHECK(db.journal(id, 0, 100).size() == 6);
    CHECK(db.clean_states(at(70), 1) == 1);
    CHECK(db.clean_states(at(70), 10) == 1);
    CHECK(db.clean_states(at(70), 10) == 0);
    CHECK(db.journal(id, 0, 100).size() == 4);
    // Numbers stay given.
    CHECK(db.load_user(id)->last_seq == 9);
    CHECK_FALSE(db.has_all(id, 0, 9));
    CHECK(db.has_all(id, 7, 9));
  }

  TEST_CASE_FIXTURE(one_user, "errors go with the state events") {
    auto failed = message(1, 10);
    failed.kind = protocol::event_kind::error;
    append(db, {batch_of(id, {failed})});
    CHECK(db.clean_states(at(11), 10) == 1);
  }

  TEST_CASE_FIXTURE(one_user, "a journal that is too large loses its oldest") {
    const std::string text(100, 'x');
    std::vector<protocol::event> events;
    for (protocol::event_seq n = 1; n <= 10; ++n)
      events.push_back(message(n, 1, text));
    append(db, {batch_of(id, events)});
    const auto bytes = text.size() + std::string{"bob#Convoy"}.size();
    CHECK(db.clean_largest(10 * bytes, 3) == 0);
    CHECK(db.clean_largest(0, 3) == 0);
    CHECK(db.clean_largest(4 * bytes, 3) == 3);
    CHECK(db.clean_largest(4 * bytes, 4) == 3);
    CHECK(db.clean_largest(4 * bytes, 4) == 0);
    const auto left = db.journal(id, 0, 100);
    REQUIRE(left.size() == 4);
    CHECK(left.front().seq == 7);
  }

  TEST_CASE_FIXTURE(one_user, "what is gone is not in the index either") {
    std::vector<protocol::event> events;
    for (protocol::event_seq n = 1; n <= 300; ++n)
      events.push_back(message(n, static_cast<long long>(n), "needle"));
    append(db, {batch_of(id, events)});
    CHECK(db.index_some(1000) == 300);
    CHECK(db.index_some(1000) == 0);
    CHECK(found(db, id, "needle") == 60);
    store::retention what;
    what.messages_before = at(291);
    clean(db, what);
    CHECK(found(db, id, "needle") == 10);
    CHECK(db.clear_history(id, "irc-libera", "#convoy", 300, 1000));
    CHECK(found(db, id, "needle") == 0);
  }

  TEST_CASE("indexing goes on where it ended, for those with enough to do") {
    one_user one;
    std::vector<protocol::event> events;
    for (protocol::event_seq n = 1; n <= 255; ++n)
      events.push_back(message(n, 1, "needle"));
    append(one.db, {batch_of(one.id, events)});
    CHECK(one.db.index_some(1000) == 0);
    append(one.db, {batch_of(one.id, {message(256, 1)})});
    CHECK(one.db.index_some(100) == 100);
    // The rest is too little now.
    CHECK(one.db.index_some(100) == 0);
    CHECK(found(one.db, one.id, "needle") == 60);
  }
}
