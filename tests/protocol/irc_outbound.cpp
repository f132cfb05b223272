// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_outbound.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

using verdict = irc_outbound::verdict;

/// A queue of three lines at once and one in two seconds, and its clock.
struct bucket {
  explicit bucket(irc_pace pace = {3, 2s}, std::size_t limit = 10) {
    queue.configure(pace, limit, std::nullopt);
  }

  verdict add(std::vector<std::string> lines = {"x"}) {
    return queue.add(lines, now);
  }

  /// The first lines of all that may leave now.
  std::string released() {
    std::string result;
    while (const auto parcel = queue.release(now))
      result += parcel->lines.front();
    return result;
  }

  irc_outbound queue;
  instant now = instant{} + 1h;
};

} // namespace

TEST_CASE("lines leave at once, then one in each interval, in order") {
  bucket it;
  CHECK(it.add() == verdict::leaves);
  CHECK(it.add() == verdict::leaves);
  CHECK(it.add() == verdict::leaves);
  CHECK_FALSE(it.queue.deadline());
  CHECK(it.queue.last() == 0);
  CHECK_FALSE(it.queue.is_free(it.now));
  CHECK(it.queue.is_free(it.now + 2s));
  CHECK(it.add({"a"}) == verdict::waits);
  CHECK(it.queue.last() == 1);
  CHECK(it.add({"b"}) == verdict::waits);
  CHECK(it.queue.last() == 2);
  CHECK(it.queue.size() == 2);
  CHECK(it.queue.wait(it.now) == 4s);
  REQUIRE(it.queue.deadline());
  CHECK(*it.queue.deadline() == it.now + 2s);
  it.now += 1999ms;
  CHECK(it.released() == "");
  it.now += 1ms;
  CHECK(it.released() == "a");
  CHECK(it.queue.wait(it.now) == 2s);
  CHECK(it.queue.last() == 2);
  it.now += 10s;
  CHECK_FALSE(it.queue.is_free(it.now));
  // Nothing overtakes what waits, even if there are tokens for all.
  CHECK(it.add({"c"}) == verdict::waits);
  CHECK(it.released() == "bc");
  CHECK(it.queue.last() == 0);
  CHECK(it.queue.size() == 0);
  CHECK(it.queue.wait(it.now) == 0ms);
  CHECK(it.add() == verdict::leaves);
}

TEST_CASE("a rest fills the bucket, and no more than that") {
  bucket it;
  for (int i = 0; i < 3; ++i)
    it.add();
  it.now += 1h;
  CHECK(it.queue.busy(it.now) == false);
  for (int i = 0; i < 3; ++i)
    CHECK(it.add() == verdict::leaves);
  CHECK(it.queue.busy(it.now));
  CHECK(it.add() == verdict::waits);
  it.queue.clear();
  CHECK(it.add() == verdict::waits);
  it.queue.clear();
  it.queue.rest();
  CHECK(it.add() == verdict::leaves);
}

TEST_CASE("without an interval nothing waits") {
  bucket it({1, 0s}, 0);
  for (int i = 0; i < 100; ++i)
    CHECK(it.add() == verdict::leaves);
  CHECK(it.queue.is_free(it.now));
  it.queue.slow_down(it.now);
  CHECK(it.add() == verdict::leaves);
  CHECK_FALSE(it.queue.learned());
}

TEST_CASE("lines that belong together leave together") {
  bucket it({1, 2s}, 5);
  CHECK(it.add({"a", "b", "c"}) == verdict::leaves);
  CHECK(it.add({"d", "e", "f"}) == verdict::waits);
  CHECK(it.queue.size() == 3);
  CHECK(it.queue.has_room(2, it.now));
  CHECK_FALSE(it.queue.has_room(3, it.now));
  std::vector<std::string> more{"g", "h", "i"};
  CHECK(it.queue.add(more, it.now) == verdict::full);
  CHECK(more.size() == 3);
  CHECK(it.queue.last() == 0);
  CHECK(it.add({"g", "h"}) == verdict::waits);
  CHECK_FALSE(it.queue.has_room(1, it.now));
  CHECK_FALSE(it.queue.has_room(6, it.now));
  it.now += 2s;
  const auto parcel = it.queue.release(it.now);
  REQUIRE(parcel);
  CHECK(parcel->lines == std::vector<std::string>{"d", "e", "f"});
  CHECK(it.queue.has_room(3, it.now));
}

TEST_CASE("there is room for what leaves at once and for what waits") {
  bucket it({3, 2s}, 2);
  CHECK(it.queue.has_room(5, it.now));
  CHECK_FALSE(it.queue.has_room(6, it.now));
  it.add();
  CHECK(it.queue.has_room(4, it.now));
  CHECK_FALSE(it.queue.has_room(5, it.now));
  it.now += 1999ms;
  CHECK_FALSE(it.queue.has_room(5, it.now));
  it.now += 1ms;
  CHECK(it.queue.has_room(5, it.now));
  for (int i = 0; i < 4; ++i)
    it.add();
  CHECK(it.queue.has_room(1, it.now));
  CHECK_FALSE(it.queue.has_room(2, it.now));
  // What waits goes first.
  it.now += 1h;
  CHECK_FALSE(it.queue.has_room(2, it.now));
}

TEST_CASE("what depends on a line stays with it") {
  bucket it({1, 2s});
  it.add();
  CHECK(it.queue.last_parcel() == nullptr);
  it.add({"a"});
  REQUIRE(it.queue.last_parcel() != nullptr);
  it.queue.last_parcel()->askers.push_back({irc_asker::origin::person, 7});
  it.add({"b"});
  it.queue.pass();
  CHECK(it.queue.last_parcel() == nullptr);
  const auto all = it.queue.clear();
  REQUIRE(all.size() == 2);
  CHECK(all.front().askers.at(0).to == 7);
  CHECK(all.front().id == 1);
  CHECK(all.back().askers.empty());
  CHECK(it.queue.size() == 0);
  CHECK_FALSE(it.queue.deadline());
}

TEST_CASE("a complaint slows down, up to a limit, and is forgiven") {
  bucket it;
  CHECK_FALSE(it.queue.learned());
  it.queue.slow_down(it.now);
  CHECK(it.queue.learned() == 4s);
  CHECK(it.add() == verdict::waits);
  CHECK(*it.queue.deadline() == it.now + 4s);
  // Complaints about the same lines.
  it.now += 3s;
  it.queue.slow_down(it.now);
  CHECK(it.queue.learned() == 4s);
  it.now += 1s;
  it.queue.slow_down(it.now);
  CHECK(it.queue.learned() == 8s);
  it.now += 1min;
  it.queue.slow_down(it.now);
  CHECK(it.queue.learned() == 10s);
  it.now += 1min;
  it.queue.slow_down(it.now);
  CHECK(it.queue.learned() == 10s);
  it.now += irc_outbound::forgiveness - 1ms;
  it.released();
  CHECK(it.queue.learned() == 10s);
  it.now += 1ms;
  it.released();
  CHECK(it.queue.learned() == 5s);
  it.now += 2 * irc_outbound::forgiveness;
  it.released();
  CHECK_FALSE(it.queue.learned());
}

TEST_CASE("what was learned holds for the next connect") {
  bucket it;
  it.queue.configure({3, 2s}, 10, 8s);
  CHECK(it.queue.learned() == 8s);
  for (int i = 0; i < 3; ++i)
    CHECK(it.add() == verdict::leaves);
  CHECK(it.add() == verdict::waits);
  CHECK(*it.queue.deadline() == it.now + 8s);
  it.queue.configure({3, 2s}, 10, 1h);
  CHECK(it.queue.learned() == irc_outbound::slowest);
  it.queue.configure({3, 20s}, 10, 8s);
  CHECK_FALSE(it.queue.learned());
  it.queue.configure({3, 0s}, 10, 8s);
  CHECK_FALSE(it.queue.learned());
}
