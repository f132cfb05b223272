// SPDX-License-Identifier: Apache-2.0
#include "net/line_cutter.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using convoy::net::line_cutter;

namespace {

std::vector<std::string> feed(line_cutter& cutter, std::string_view bytes) {
  std::vector<std::string> out;
  cutter.feed(bytes, [&](std::string_view line) { out.emplace_back(line); });
  return out;
}

using lines = std::vector<std::string>;

} // namespace

TEST_CASE("lines end at CR, LF or both") {
  line_cutter cutter{100};
  CHECK(feed(cutter, "a\r\nb\nc\rd\n\n\r\n") == lines{"a", "b", "c", "d"});
  CHECK(cutter.waiting() == 0);
}

TEST_CASE("a line may come in any number of reads") {
  line_cutter cutter{100};
  std::string text = "PING :one\r\nPING :two\r\n";
  lines came;
  for (char c : text)
    for (auto& line : feed(cutter, {&c, 1}))
      came.push_back(line);
  CHECK(came == lines{"PING :one", "PING :two"});
  CHECK(feed(cutter, "PI").empty());
  CHECK(cutter.waiting() == 2);
  CHECK(feed(cutter, "NG\r") == lines{"PING"});
  CHECK(feed(cutter, "\nnext\r\n") == lines{"next"});
}

TEST_CASE("a line that is too long is dropped up to its end, and counted") {
  line_cutter cutter{5};
  CHECK(feed(cutter, "12345\n123456\nok\n") == lines{"12345", "ok"});
  CHECK(cutter.dropped() == 1);
  CHECK(feed(cutter, "12345").empty());
  CHECK(feed(cutter, "6").empty());
  CHECK(cutter.waiting() == 0);
  for (int i = 0; i < 1000; ++i)
    CHECK(feed(cutter, "more and more").empty());
  CHECK(cutter.waiting() == 0);
  CHECK(feed(cutter, "end\nok\n") == lines{"ok"});
  CHECK(cutter.dropped() == 2);
}
