// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/session_ends.hpp"

#include <doctest/doctest.h>

using namespace convoy::history;
using convoy::fleet::ends_of_sessions;

namespace {

constexpr unsigned restart = 1012;
constexpr unsigned no_close_frame = 1006;

fact opens(const char* session, const char* node) {
  return {{}, session_opened{session, "ann", node, {}, ""}};
}

fact closes(const char* session, unsigned code, bool by_client = false) {
  return {{}, session_closed{session, code, by_client}};
}

} // namespace

TEST_CASE("each session that a node had has an end of one kind") {
  const std::vector<fact> before{opens("a", "n1"), opens("b", "n1"),
                                 opens("c", "n1"), opens("d", "n1"),
                                 opens("e", "n1"), closes("e", no_close_frame)};
  auto facts = before;
  facts.push_back(closes("a", restart));
  facts.push_back(closes("b", no_close_frame));
  facts.push_back(closes("c", no_close_frame, true));
  const auto ends = ends_of_sessions(facts, "n1", before.size());
  CHECK(ends.all == 4);
  CHECK(ends.told == 1);
  CHECK(ends.cut == 1);
  CHECK(ends.left == 1);
  CHECK(ends.open == 1);
  CHECK(to_string(ends) == "4 sessions, told 1, left 1, cut 1, open 1");
}

TEST_CASE("who was elsewhere, or came later, is not counted") {
  const std::vector<fact> facts{opens("a", "n2"), opens("b", "n1"),
                                closes("a", no_close_frame),
                                closes("b", no_close_frame)};
  CHECK(ends_of_sessions(facts, "n1", 1).all == 0);
}
