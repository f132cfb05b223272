// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_pending_pastes.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

irc_pending_paste paste(ticket to, std::chrono::seconds deadline) {
  irc_pending_paste result;
  result.who.to = to;
  result.deadline = instant{} + deadline;
  return result;
}

} // namespace

TEST_CASE("a pending paste is found by its id, once") {
  irc_pending_pastes it;
  const auto one = it.add(paste(1, 60s));
  const auto two = it.add(paste(2, 60s));
  REQUIRE(one);
  REQUIRE(two);
  CHECK(*one != *two);
  CHECK(it.take(*two)->who.to == 2);
  CHECK_FALSE(it.take(*two));
  CHECK(it.take(*one)->who.to == 1);
  // An id is not used again.
  CHECK(it.add(paste(3, 60s)) != two);
}

TEST_CASE("pending pastes expire one by one") {
  irc_pending_pastes it;
  CHECK_FALSE(it.deadline());
  it.add(paste(1, 60s));
  it.add(paste(2, 30s));
  CHECK(it.deadline() == instant{} + 30s);
  CHECK_FALSE(it.expired(instant{} + 29s));
  CHECK(it.expired(instant{} + 30s)->who.to == 2);
  CHECK_FALSE(it.expired(instant{} + 30s));
  CHECK(it.deadline() == instant{} + 60s);
}

TEST_CASE("pending pastes are bounded") {
  irc_pending_pastes it;
  for (std::size_t i = 0; i < irc_pending_pastes::limit; ++i)
    CHECK(it.add(paste(i, 60s)));
  CHECK_FALSE(it.add(paste(99, 60s)));
  const auto all = it.clear();
  CHECK(all.size() == irc_pending_pastes::limit);
  CHECK(all.front().who.to == 0);
  CHECK(it.add(paste(99, 60s)));
}
