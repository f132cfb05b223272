// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;
using words = std::vector<std::string>;

namespace {

protocol::event mention(protocol::event_seq seq, const std::string& text) {
  auto result = message(seq, static_cast<long long>(seq), text);
  result.highlight = true;
  return result;
}

} // namespace

TEST_SUITE("store notifications") {
  TEST_CASE_FIXTURE(one_user, "mentions in channels, oldest first") {
    auto alone = mention(2, "alone");
    alone.conversation_id = "bob";
    auto server = mention(3, "server");
    server.conversation_id = "";
    append(db, {batch_of(id, {mention(1, "one"), alone, server,
                              message(4, 4, "no mention"), mention(5, "two"),
                              mention(6, "three")})});
    const auto all = db.notifications(id, 0, 40);
    CHECK(texts(all) == words{"one", "two", "three"});
    CHECK_FALSE(all.before);
    CHECK(db.notifications(protocol::user_id{9}, 0, 40).messages.empty());
  }

  TEST_CASE_FIXTURE(one_user, "the newest, and then those before them") {
    std::vector<protocol::event> events;
    for (protocol::event_seq n = 1; n <= 9; ++n) {
      events.push_back(mention(n, std::to_string(n)));
      // Most are not to be shown.
      if (n % 3 != 0)
        events.back().conversation_id = "bob";
    }
    append(db, {batch_of(id, events)});
    auto page = db.notifications(id, 0, 2);
    CHECK(texts(page) == words{"6", "9"});
    REQUIRE(page.before);
    CHECK(page.before->seq == 6);
    page = db.notifications(id, page.before->seq, 2);
    CHECK(texts(page) == words{"3"});
    CHECK_FALSE(page.before);
  }
}
