// SPDX-License-Identifier: Apache-2.0
#include "net/coalescing_stream.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <doctest/doctest.h>

#include <optional>

using namespace convoy::net;

namespace {

struct fake_owner : coalescing_stream::owner {
  void on_output() override {
    ++outputs;
  }
  void on_input_exhausted() override {
    ++exhausted;
  }
  int outputs = 0;
  int exhausted = 0;
};

/// A stream whose other end the test reads.
struct stream_fixture {
  explicit stream_fixture(outbox_limits limits = {}, std::string early = {})
      : far(context), stream(connect(), limits, std::move(early), owner) {
    // nop
  }

  tcp_socket connect() {
    tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
    far.connect(acceptor.local_endpoint());
    return acceptor.accept(asio::make_strand(context));
  }

  coalescing_stream::push_result push(std::initializer_list<const char*> all) {
    std::vector<payload> frames;
    for (auto text : all)
      frames.push_back(std::make_shared<const std::string>(text));
    return stream.push(frames);
  }

  std::string receive() {
    std::string out(4096, '\0');
    out.resize(far.read_some(asio::buffer(out)));
    return out;
  }

  asio::io_context context;
  tcp::socket far;
  fake_owner owner;
  coalescing_stream stream;
  std::size_t text_bytes = 0;
};

using push = coalescing_stream::push_result;
using flushed = coalescing_stream::flush_result;

} // namespace

TEST_CASE("all that waits leaves in one call") {
  stream_fixture f;
  CHECK(f.push({"one", "two"}) == push::flush);
  CHECK(f.push({"three"}) == push::queued);
  f.stream.ping();
  CHECK(f.owner.outputs == 0);
  CHECK(f.stream.flush(f.text_bytes) == flushed::done);
  CHECK(f.receive()
        == std::string("\x81\x03one\x81\x03two\x81\x05three\x89\x00", 19));
  CHECK(f.text_bytes == 17);
  CHECK(f.push({"four"}) == push::flush);
  CHECK(f.push({}) == push::queued);
}

TEST_CASE("what Beast writes keeps its place, and completes when it has left") {
  stream_fixture f;
  std::optional<std::size_t> written;
  f.push({"before"});
  f.stream.async_write_some(
      asio::buffer("\x8a\x00", 2),
      [&](error_code, std::size_t size) { written = size; });
  f.push({"after"});
  f.context.poll();
  CHECK_FALSE(written);
  CHECK(f.stream.flush(f.text_bytes) == flushed::done);
  CHECK_FALSE(written);
  f.context.restart();
  f.context.poll();
  CHECK(written == 2);
  CHECK(f.receive()
        == std::string("\x81\x06"
                       "before\x8a\x00\x81\x05"
                       "after",
                       17));
}

TEST_CASE("nothing follows a close frame") {
  stream_fixture f;
  f.push({"text"});
  f.stream.finish(1001, "Bye.", false);
  CHECK(f.push({"late"}) == push::queued);
  f.stream.ping();
  bool completed = false;
  f.stream.async_write_some(
      asio::buffer("\x88\x02\x03\xe8", 4),
      [&](error_code error, std::size_t) { completed = !error; });
  CHECK(f.stream.flush(f.text_bytes) == flushed::done);
  f.context.poll();
  CHECK(completed);
  CHECK(f.receive()
        == "\x81\x04text\x88\x06\x03\xe9"
           "Bye.");
}

TEST_CASE("a close frame of Beast seals, too") {
  stream_fixture f;
  f.stream.async_write_some(asio::buffer("\x88\x02\x03\xe8", 4),
                            [](error_code, std::size_t) {});
  CHECK(f.owner.outputs == 1);
  f.push({"late"});
  f.stream.flush(f.text_bytes);
  CHECK(f.receive() == "\x88\x02\x03\xe8");
}

TEST_CASE("a verdict goes before what waits") {
  stream_fixture f{{.bytes = 12, .frames = 10}};
  CHECK(f.push({"12345", "6", "78"}) == push::full);
  f.stream.finish(1013, std::string(200, 'x'), true);
  f.stream.flush(f.text_bytes);
  CHECK(f.receive() == "\x88\x7d\x03\xf5" + std::string(123, 'x'));
}

TEST_CASE("a slow reader blocks the flush and nothing else") {
  stream_fixture f{{.bytes = 64 << 20, .frames = 100}};
  auto large = std::string(32 << 20, 'x');
  auto frame = std::make_shared<const std::string>(large);
  f.stream.push({&frame, 1});
  flushed outcome = flushed::more;
  while (outcome == flushed::more)
    outcome = f.stream.flush(f.text_bytes);
  CHECK(outcome == flushed::blocked);
  CHECK(f.text_bytes < large.size());
  CHECK(f.push({"next"}) == push::queued);
}

TEST_CASE("bytes that were read before come first") {
  stream_fixture f{{}, "early"};
  std::string buffer(3, '\0');
  std::string came;
  auto read = [&] {
    f.stream.async_read_some(asio::buffer(buffer),
                             [&](error_code error, std::size_t size) {
                               CHECK_FALSE(error);
                               came.append(buffer, 0, size);
                             });
    f.context.restart();
    f.context.run();
  };
  read();
  CHECK(came == "ear");
  read();
  CHECK(came == "early");
  CHECK(f.owner.exhausted == 0);
  f.far.write_some(asio::buffer("abc", 3));
  read();
  CHECK(came == "earlyabc");
  CHECK(f.owner.exhausted == 1);
}

TEST_CASE("shut ends the write that waits") {
  stream_fixture f;
  error_code result;
  f.stream.async_write_some(
      asio::buffer("x", 1),
      [&](error_code error, std::size_t) { result = error; });
  f.stream.shut();
  f.context.poll();
  CHECK(result == asio::error::operation_aborted);
  CHECK(f.stream.flush(f.text_bytes) == flushed::done);
}
