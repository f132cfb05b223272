// SPDX-License-Identifier: Apache-2.0
#include "net/send_queue.hpp"

#include <doctest/doctest.h>

using convoy::net::send_queue;

namespace {

using marks = std::vector<std::uint64_t>;

std::string take(send_queue& from) {
  std::string out;
  from.take(out);
  return out;
}

} // namespace

TEST_CASE("lines become one text, and marks are reached with its bytes") {
  send_queue queue{100};
  CHECK(queue.push({"NICK a", "USER b"}, 1));
  CHECK(queue.push({"JOIN #c"}, 2));
  CHECK(take(queue) == "NICK a\r\nUSER b\r\nJOIN #c\r\n");
  CHECK(take(queue).empty());
  CHECK(queue.advance(15).empty());
  CHECK_FALSE(queue.is_written());
  CHECK(queue.push({}, 3));
  CHECK(queue.advance(1) == marks{1});
  CHECK(queue.advance(9) == marks{2, 3});
  CHECK(queue.is_written());
}

TEST_CASE("a mark without lines is reached when all before it is written") {
  send_queue queue{100};
  CHECK(queue.push({}, 7));
  CHECK(queue.is_written());
  CHECK(queue.advance(0) == marks{7});
}

TEST_CASE("a line with an end of line in it is left out and counted") {
  send_queue queue{100};
  queue.push({"a\r\nQUIT", "b\nc", "d\r", std::string("e\0", 2), "ok"}, 1);
  CHECK(take(queue) == "ok\r\n");
  CHECK(queue.refused() == 4);
}

TEST_CASE("the bound counts what is not written, taken or not") {
  send_queue queue{10};
  CHECK(queue.push({"12345678"}, 1));
  CHECK(take(queue) == "12345678\r\n");
  CHECK_FALSE(queue.push({""}, 2));
  queue.advance(10);
  CHECK(queue.push({"123456"}, 3));
}
