// SPDX-License-Identifier: Apache-2.0
#include "actors/away_stream.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors;

namespace {

using strings = std::vector<std::string>;

/// Events `first` to `last`; each frame is its number.
deliver batch(protocol::event_seq first, protocol::event_seq last) {
  auto frames = std::make_shared<std::vector<net::payload>>();
  for (auto n = first; n <= last; ++n)
    frames->push_back(std::make_shared<const std::string>(std::to_string(n)));
  return {first, last, std::move(frames)};
}

deliver passing(const std::string& what) {
  auto frames = std::make_shared<std::vector<net::payload>>();
  frames->push_back(std::make_shared<const std::string>(what));
  return {0, 0, std::move(frames)};
}

std::vector<protocol::event> page(protocol::event_seq first,
                                  protocol::event_seq last) {
  std::vector<protocol::event> result;
  for (auto n = first; n <= last; ++n)
    result.emplace_back().seq = n;
  return result;
}

/// `2-4 5-5`: which batches they are.
std::string shown(const std::vector<deliver>& what) {
  std::string result;
  for (const auto& each : what)
    result += (result.empty() ? "" : " ") + std::to_string(each.first) + "-"
              + std::to_string(each.last);
  return result;
}

constexpr auto epoch = protocol::ts_format::epoch;

} // namespace

TEST_CASE("it begins where the home says, with what came before it said so") {
  away_stream it;
  CHECK(it.take(batch(9, 10)).empty());
  CHECK(it.take(batch(11, 11)).empty());
  CHECK(it.take(passing("typing")).empty());
  CHECK_FALSE(it.has_begun());
  CHECK(shown(it.begin(10)) == "11-11");
  CHECK(it.has_begun());
  CHECK(it.seen() == 11);
  CHECK_FALSE(it.has_gap());
  CHECK(shown(it.take(batch(12, 14))) == "12-14");
  CHECK(shown(it.take(passing("typing"))) == "0-0");
}

TEST_CASE("what came twice is shown once") {
  away_stream it;
  it.begin(4);
  CHECK(it.take(batch(3, 4)).empty());
  CHECK(shown(it.take(batch(5, 6))) == "5-6");
  CHECK(it.take(batch(5, 6)).empty());
  // A part of it is news: the session knows which.
  CHECK(shown(it.take(batch(6, 8))) == "6-8");
  CHECK(it.seen() == 8);
}

TEST_CASE("a gap is filled from the journal, and what was kept follows") {
  away_stream it;
  it.begin(4);
  CHECK(it.take(batch(7, 8)).empty());
  CHECK(it.take(batch(9, 9)).empty());
  CHECK(it.has_gap());
  const auto found = it.take_page(page(5, 6), epoch);
  REQUIRE(found);
  CHECK(shown(*found) == "5-6 7-8 9-9");
  CHECK_FALSE(it.has_gap());
}

TEST_CASE("a journal that has more than the gap is shown as well") {
  away_stream it;
  it.begin(4);
  it.take(batch(7, 8));
  const auto found = it.take_page(page(5, 12), epoch);
  REQUIRE(found);
  CHECK(shown(*found) == "5-12");
  CHECK(it.take(batch(9, 12)).empty());
  CHECK(shown(it.take(batch(13, 13))) == "13-13");
}

TEST_CASE("a page may begin with what has been shown meanwhile") {
  away_stream it;
  it.begin(4);
  it.take(batch(7, 7));
  it.take(batch(5, 5));
  CHECK(it.seen() == 5);
  const auto found = it.take_page(page(5, 7), epoch);
  REQUIRE(found);
  CHECK(shown(*found) == "6-7");
}

TEST_CASE("a page that lacks an event is no help") {
  away_stream it;
  it.begin(4);
  it.take(batch(9, 9));
  CHECK_FALSE(it.take_page({}, epoch));
  CHECK_FALSE(it.take_page(page(6, 8), epoch));
  CHECK(it.seen() == 4);
  CHECK(it.has_gap());
}

TEST_CASE("what is kept has a bound, and the journal has the rest") {
  away_stream it;
  it.begin(0);
  const auto many = away_stream::max_kept + 10;
  for (std::size_t n = 3; n <= many; ++n)
    CHECK(it.take(batch(n, n)).empty());
  const auto found = it.take_page(page(1, 2), epoch);
  REQUIRE(found);
  // 3 to 1026 were kept.
  CHECK(it.seen() == 2 + away_stream::max_kept);
  CHECK(it.has_gap());
  CHECK(it.take_page(page(it.seen() + 1, many), epoch));
  CHECK_FALSE(it.has_gap());
  CHECK(it.seen() == many);
}

TEST_CASE("the home may know of more than came") {
  away_stream it;
  it.begin(4);
  CHECK(it.begin(6).empty());
  CHECK(it.seen() == 4);
  CHECK(it.has_gap());
  it.reset();
  CHECK_FALSE(it.has_begun());
  CHECK_FALSE(it.has_gap());
}
