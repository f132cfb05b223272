// SPDX-License-Identifier: Apache-2.0
#include "actors/backlog.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace convoy;
using namespace convoy::actors;

namespace {

using strings = std::vector<std::string>;

/// Live events `first` to `last`: `l3`, `l4`, …
deliver live(protocol::event_seq first, protocol::event_seq last) {
  auto frames = std::make_shared<std::vector<net::payload>>();
  for (auto n = first; n <= last; ++n)
    frames->push_back(
        std::make_shared<const std::string>("l" + std::to_string(n)));
  return {first, last, std::move(frames)};
}

deliver passing() {
  auto frames = std::make_shared<std::vector<net::payload>>();
  frames->push_back(std::make_shared<const std::string>("p"));
  return {0, 0, std::move(frames)};
}

std::vector<protocol::event> page(protocol::event_seq first,
                                  protocol::event_seq last,
                                  std::size_t size = 1) {
  std::vector<protocol::event> result(last - first + 1);
  for (auto& each : result) {
    each.seq = first++;
    each.text = std::string(size, 'x');
  }
  return result;
}

/// The next part; events of a page are shown as `j3`.
strings next(backlog& of) {
  strings result;
  for (const auto& each : of.take(protocol::ts_format::epoch)) {
    const auto at = each->find("\"seq\":");
    result.push_back(at == std::string::npos
                         ? *each
                         : "j" + each->substr(at + 6, each->size() - at - 7));
  }
  return result;
}

/// All parts that there are.
strings all_of(backlog& of) {
  strings result;
  for (auto part = next(of); !part.empty(); part = next(of))
    result.insert(result.end(), part.begin(), part.end());
  return result;
}

} // namespace

TEST_CASE("a page comes first, then what came meanwhile") {
  backlog it{2, 4};
  CHECK_FALSE(it.is_empty());
  CHECK(next(it).empty());
  REQUIRE(it.add(page(3, 4)));
  it.keep(live(5, 6));
  it.keep(passing());
  it.keep(live(7, 7));
  CHECK(next(it) == strings{"j3", "j4", "l5", "l6", "p", "l7"});
  CHECK(it.is_empty());
  CHECK(it.seen() == 7);
  CHECK(next(it).empty());
}

TEST_CASE("what the journal had is not sent again") {
  backlog it{0, 2};
  REQUIRE(it.add(page(1, 5)));
  it.keep(live(3, 4));
  it.keep(live(5, 7));
  CHECK(next(it) == strings{"j1", "j2", "j3", "j4", "j5", "l6", "l7"});
  CHECK(it.is_empty());
}

TEST_CASE("live events do not overtake those of the journal") {
  backlog it{0, 300};
  it.keep(live(301, 301));
  CHECK(next(it).empty());
  REQUIRE(it.add(page(1, 256)));
  CHECK(next(it).size() == 256);
  CHECK(next(it).empty());
  CHECK_FALSE(it.is_empty());
  REQUIRE(it.add(page(257, 300)));
  CHECK(next(it).back() == "l301");
  CHECK(it.is_empty());
}

TEST_CASE("too many live events are read from the journal instead") {
  backlog it{0, 0};
  it.keep(live(1, 1000));
  it.keep(live(1001, 1024));
  it.keep(live(1025, 1025));
  // The first batch was dropped.
  CHECK(next(it).empty());
  CHECK_FALSE(it.is_empty());
  REQUIRE(it.add(page(1, 1000)));
  const auto all = all_of(it);
  REQUIRE(all.size() == 1025);
  CHECK(all[999] == "j1000");
  CHECK(all[1000] == "l1001");
  CHECK(it.is_empty());
}

TEST_CASE("one batch that is too large is not kept either") {
  backlog it{0, 0};
  it.keep(live(1, 2000));
  CHECK(next(it).empty());
  CHECK_FALSE(it.is_empty());
  REQUIRE(it.add(page(1, 2000)));
  CHECK(all_of(it).size() == 2000);
  CHECK(it.is_empty());
}

TEST_CASE("what passes is dropped with the oldest and leaves no hole") {
  backlog it{0, 0};
  it.keep(passing());
  it.keep(live(1, 1024));
  CHECK(next(it).size() == 1024);
  CHECK(it.is_empty());
}

TEST_CASE("a part is bounded") {
  backlog it{0, 10};
  REQUIRE(it.add(page(1, 10, 20'000)));
  CHECK(next(it) == strings{"j1", "j2", "j3", "j4"});
  CHECK(it.seen() == 4);
  CHECK(next(it).size() == 4);
  CHECK(next(it) == strings{"j9", "j10"});
  CHECK(it.is_empty());
}

TEST_CASE("a page with a hole is refused") {
  backlog it{4, 9};
  CHECK_FALSE(it.add({}));
  CHECK_FALSE(it.add(page(6, 9)));
  CHECK_FALSE(it.add(page(4, 9)));
  auto holed = page(5, 9);
  holed.erase(holed.begin() + 2);
  CHECK_FALSE(it.add(std::move(holed)));
  CHECK(next(it).empty());
  CHECK(it.seen() == 4);
  CHECK(it.add(page(5, 9)));
}

TEST_CASE("what is skipped is not sent") {
  backlog it{0, 9};
  it.keep(live(10, 11));
  it.skip_to(9);
  CHECK(next(it) == strings{"l10", "l11"});
  CHECK(it.is_empty());
}
