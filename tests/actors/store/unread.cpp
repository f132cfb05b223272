// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

namespace {

protocol::event counted(protocol::event_seq seq, bool is_mention = false) {
  auto result = message(seq, static_cast<long long>(seq) * 10);
  result.unread = 1;
  result.highlight = is_mention;
  result.notifications = is_mention ? 1 : 0;
  return result;
}

class with_unread : public one_user {
public:
  with_unread() {
    auto mine = message(3, 30);
    auto elsewhere = counted(4, true);
    elsewhere.conversation_id = "#other";
    auto failed = counted(6);
    failed.kind = protocol::event_kind::error;
    auto frozen = message(7, 70);
    frozen.kind = protocol::event_kind::frozen;
    frozen.unread = 1;
    append(db, {batch_of(id, {counted(1), counted(2, true), mine, elsewhere,
                              counted(5, true), failed, frozen, counted(8)})});
  }
  store::read_count count(protocol::event_seq seq,
                          protocol::event_seq last = 8) {
    return db.count_unread(id, "irc-libera", "#convoy", seq, last);
  }
};

} // namespace

TEST_SUITE("store unread") {
  TEST_CASE_FIXTURE(with_unread, "what counts behind a number") {
    CHECK(count(0).unread == 5);
    CHECK(count(0).notifications == 2);
    CHECK(count(2).unread == 3);
    CHECK(count(2).notifications == 1);
    CHECK(count(7).unread == 1);
    CHECK(count(8).unread == 0);
    CHECK(count(8).seq == 8);
    // Only up to what was asked for.
    CHECK(count(0, 5).unread == 3);
  }

  TEST_CASE_FIXTURE(with_unread, "when the last that is read was said") {
    CHECK(count(2).when == at(20));
    CHECK(count(4).when == at(30));
    CHECK(count(7).when == at(50));
    CHECK(count(0).when == protocol::timestamp{});
  }

  TEST_CASE_FIXTURE(with_unread, "what is not committed is not guessed at") {
    CHECK_THROWS_AS(count(2, 9), store::store_error);
  }

  TEST_CASE_FIXTURE(with_unread, "the last message up to a time") {
    const auto last = [&](long long time) {
      return db.last_message(id, "irc-libera", "#convoy", at(time));
    };
    CHECK(last(29) == 2);
    CHECK(last(30) == 3);
    CHECK(last(65) == 5);
    CHECK(last(9) == 0);
    CHECK(last(1000) == 8);
  }
}
