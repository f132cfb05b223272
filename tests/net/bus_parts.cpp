// SPDX-License-Identifier: Apache-2.0
#include "net/bus_parts.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;
using namespace std::chrono_literals;

namespace {

const convoy::protocol::instant start{1h};

bus_part part(std::uint32_t index, std::uint32_t count,
              std::uint64_t message = 1, const std::string& sender = "a") {
  return {sender, message, index, count};
}

} // namespace

TEST_CASE("parts that come in order make the whole") {
  bus_parts it;
  CHECK_FALSE(it.add(part(0, 3), "one", start));
  CHECK_FALSE(it.add(part(0, 2, 7, "b"), "other", start));
  CHECK_FALSE(it.add(part(1, 3), "two", start));
  CHECK(it.add(part(2, 3), "three", start) == "onetwothree");
  CHECK(it.add(part(1, 2, 7, "b"), "!", start) == "other!");
  CHECK(it.is_empty());
  CHECK(it.lost() == 0);
  CHECK(it.add(part(0, 1), "alone", start) == "alone");
}

TEST_CASE("a message that lacks a part is lost, and no other") {
  bus_parts it;
  it.add(part(0, 3), "one", start);
  it.add(part(0, 2, 2), "x", start);
  CHECK_FALSE(it.add(part(2, 3), "three", start));
  CHECK(it.lost() == 1);
  CHECK_FALSE(it.add(part(1, 3, 9), "no beginning", start));
  CHECK(it.add(part(1, 2, 2), "y", start) == "xy");
  CHECK(it.is_empty());
}

TEST_CASE("a message that does not go on is given up") {
  bus_parts it;
  it.add(part(0, 2), "one", start);
  it.expire(start + bus_parts::patience - 1ms);
  CHECK_FALSE(it.is_empty());
  it.expire(start + bus_parts::patience);
  CHECK(it.is_empty());
  CHECK(it.lost() == 1);
}

TEST_CASE("one sender has a bound, and its oldest goes first") {
  bus_parts it;
  const std::string half(bus_parts::max_bytes / 2, 'x');
  it.add(part(0, 9, 1), half, start);
  it.add(part(0, 9, 2), half, start);
  it.add(part(0, 9, 1, "b"), half, start);
  CHECK(it.lost() == 0);
  it.add(part(0, 9, 3), "x", start);
  CHECK(it.lost() == 1);
  CHECK(it.add(part(0, 1, 4), "y", start) == "y");
  // One that is too large by itself.
  it.add(part(1, 9, 2), half, start);
  it.add(part(2, 9, 2), half, start);
  CHECK(it.lost() >= 2);
}

TEST_CASE("there is a bound to the senders") {
  bus_parts it;
  for (std::size_t n = 0; n <= bus_parts::max_senders; ++n)
    it.add(part(0, 2, 1, std::to_string(n)), "x",
           start + std::chrono::milliseconds{n});
  CHECK(it.lost() == 1);
  CHECK_FALSE(it.add(part(1, 2, 1, "0"), "y", start + 2s));
  CHECK(it.add(part(1, 2, 1, "1"), "y", start + 2s) == "xy");
}

TEST_CASE("what a part says of itself is read back, and nothing else is") {
  const auto same = parse_bus_part(to_string(part(3, 7, 12)));
  REQUIRE(same);
  CHECK(same->sender == "a");
  CHECK(same->message == 12);
  CHECK(same->index == 3);
  CHECK(same->count == 7);
  for (const auto* wrong : {"", "a", "a 1 2", "a 1 2 2", "a 1 0 0", "a x 0 1",
                            "a 1 0 4294967296", "a 1 -1 2", " 1 0 1"})
    CHECK_MESSAGE(!parse_bus_part(wrong), wrong);
}
