// SPDX-License-Identifier: Apache-2.0
#include "net/outbox.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace convoy::net;

namespace {

payload text(std::string what) {
  return std::make_shared<const std::string>(std::move(what));
}

std::string take(outbox& from, std::size_t at_most = 1 << 20) {
  std::string out(at_most, '\0');
  out.resize(from.gather(out));
  from.consume(out.size());
  return out;
}

} // namespace

TEST_CASE("a header says how long its frame is") {
  CHECK(websocket_header(0) == std::string("\x81\x00", 2));
  CHECK(websocket_header(125) == "\x81\x7d");
  CHECK(websocket_header(126) == std::string("\x81\x7e\x00\x7e", 4));
  CHECK(websocket_header(0xffff) == "\x81\x7e\xff\xff");
  CHECK(websocket_header(0x10000)
        == std::string("\x81\x7f\0\0\0\0\0\x01\0\0", 10));
}

TEST_CASE("an outbox keeps the order and frames text only") {
  outbox box{{}};
  CHECK(box.push_frame(text("one")));
  box.push_bytes("\x8a");
  CHECK(box.push_frame(text("two")));
  CHECK(box.size() == 11);
  CHECK(take(box) == "\x81\x03one\x8a\x81\x03two");
  CHECK(box.empty());
  CHECK(box.size() == 0);
}

TEST_CASE("frames come out in pieces of any size") {
  auto large = std::string(70'000, 'x');
  auto expected = websocket_header(3) + "abc" + websocket_header(70'000) + large
                  + websocket_header(0);
  for (std::size_t piece : {1u, 2u, 3u, 7u, 4096u, 69'999u}) {
    CAPTURE(piece);
    outbox box{{}};
    box.push_frame(text("abc"));
    box.push_frame(text(large));
    box.push_frame(text(""));
    std::string came;
    while (!box.empty())
      came += take(box, piece);
    CHECK(came == expected);
  }
}

TEST_CASE("consume counts the bytes of text frames") {
  outbox box{{}};
  box.push_bytes("ping");
  box.push_frame(text("abc"));
  box.push_bytes("pong");
  std::array<char, 64> out{};
  CHECK(box.gather(out) == 13);
  CHECK(box.consume(6) == 2);
  CHECK(box.consume(7) == 3);
  CHECK(box.queued() == 13);
  CHECK(box.removed() == 13);
}

TEST_CASE("an outbox refuses what is over a limit and stays as it was") {
  outbox by_bytes{{.bytes = 10, .frames = 100}};
  CHECK(by_bytes.push_frame(text("12345678")));
  CHECK_FALSE(by_bytes.push_frame(text("")));
  CHECK(take(by_bytes)
        == "\x81\x08"
           "12345678");
  CHECK(by_bytes.push_frame(text("12345678")));

  outbox by_frames{{.bytes = 1000, .frames = 2}};
  CHECK(by_frames.push_frame(text("a")));
  CHECK(by_frames.push_frame(text("b")));
  CHECK_FALSE(by_frames.push_frame(text("c")));
  by_frames.push_bytes("pong");
  CHECK(take(by_frames)
        == "\x81\x01"
           "a\x81\x01"
           "bpong");
}

TEST_CASE("the limit of frames counts those that wait, not those that went") {
  outbox box{{.bytes = 1000, .frames = 3}};
  for (int i = 0; i < 20; ++i) {
    CHECK(box.push_frame(text("a")));
    CHECK(box.push_frame(text("b")));
    CHECK(take(box, 3)
          == "\x81\x01"
             "a");
    CHECK(take(box, 3)
          == "\x81\x01"
             "b");
  }
}

TEST_CASE("nothing goes in after seal") {
  outbox box{{}};
  box.push_frame(text("a"));
  box.push_bytes("close");
  box.seal();
  CHECK(box.push_frame(text("late")));
  box.push_bytes("late");
  CHECK(take(box)
        == "\x81\x01"
           "aclose");
}

TEST_CASE("drop_waiting keeps a frame of which a part is gone") {
  outbox box{{}};
  box.push_frame(text("abcdef"));
  box.push_frame(text("dropped"));
  CHECK(take(box, 3)
        == "\x81\x06"
           "a");
  box.drop_waiting();
  box.push_bytes("close");
  CHECK(take(box) == "bcdefclose");

  box.push_frame(text("abc"));
  box.drop_waiting();
  CHECK(box.empty());
  CHECK(box.size() == 0);
}
