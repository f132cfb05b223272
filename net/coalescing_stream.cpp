// SPDX-License-Identifier: Apache-2.0
#include "net/coalescing_stream.hpp"

#include <boost/asio/error.hpp>

namespace convoy::net {

namespace {

constexpr char close_opcode = '\x88'; // FIN and opcode 8
constexpr std::string_view ping_frame{"\x89\x00", 2};
/// Longest reason of a close frame (RFC 6455 §5.5).
constexpr std::size_t max_reason = 123;
/// System calls of one flush, so that a fast reader gets no thread for itself.
constexpr int max_rounds = 4;

std::string close_frame(std::uint16_t code, std::string_view reason) {
  reason = reason.substr(0, max_reason);
  std::string out{close_opcode, static_cast<char>(2 + reason.size()),
                  static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
  return out.append(reason);
}

} // namespace

coalescing_stream::coalescing_stream(tcp_socket socket, outbox_limits limits,
                                     std::string early, owner& notify)
    : socket_(std::move(socket)),
      early_(std::move(early)),
      notify_(notify),
      outbox_(limits) {
  error_code ignored; // a socket that is broken already says so when it is used
  socket_.non_blocking(true, ignored);
}

coalescing_stream::push_result
coalescing_stream::push(std::span<const payload> frames) {
  std::lock_guard guard{mutex_};
  for (const auto& frame : frames)
    if (!outbox_.push_frame(frame))
      return push_result::full;
  if (outbox_.empty() || std::exchange(flushing_, true))
    return push_result::queued;
  return push_result::flush;
}

void coalescing_stream::ping() {
  queue(ping_frame);
}

void coalescing_stream::finish(std::uint16_t code, std::string_view reason,
                               bool drop) {
  queue(close_frame(code, reason), drop);
}

void coalescing_stream::queue(std::string_view frame, bool drop) {
  {
    std::lock_guard guard{mutex_};
    if (drop)
      outbox_.drop_waiting();
    outbox_.push_bytes(frame);
    if (frame.front() == close_opcode)
      outbox_.seal();
    if (write_)
      write_->end = outbox_.queued();
    if (std::exchange(flushing_, true))
      return;
  }
  notify_.on_output();
}

void coalescing_stream::write_for_beast(std::string_view bytes,
                                        std::unique_ptr<waiting_write> write) {
  write_ = std::move(write);
  write_->size = bytes.size();
  queue(bytes);
}

bool coalescing_stream::idle() {
  std::lock_guard guard{mutex_};
  return outbox_.empty();
}

coalescing_stream::flush_result
coalescing_stream::flush(std::size_t& text_bytes) {
  char buffer[max_write_size];
  for (int round = 0; round < max_rounds; ++round) {
    std::size_t size = 0;
    {
      std::lock_guard guard{mutex_};
      size = outbox_.gather(buffer);
    }
    error_code error;
    std::size_t written =
        size == 0 ? 0 : socket_.write_some(asio::buffer(buffer, size), error);
    if (error == asio::error::would_block)
      return flush_result::blocked;
    if (error)
      return flush_result::failed;
    bool done = false, write_done = false;
    {
      std::lock_guard guard{mutex_};
      text_bytes += outbox_.consume(written);
      done = outbox_.empty();
      flushing_ = !done;
      write_done = write_ && outbox_.removed() >= write_->end;
    }
    if (write_done)
      complete_write({});
    if (done)
      return flush_result::done;
    if (written < size)
      return flush_result::blocked;
  }
  return flush_result::more;
}

void coalescing_stream::complete_write(error_code error) {
  // The handler may start the next write, so it must find none.
  if (auto write = std::exchange(write_, nullptr))
    write->complete(get_executor(), error);
}

void coalescing_stream::shut() {
  {
    std::lock_guard guard{mutex_};
    outbox_.drop_waiting();
    outbox_.seal();
  }
  error_code ignored; // closed is what it is to be, whatever it was
  socket_.close(ignored);
  complete_write(asio::error::operation_aborted);
}

void beast_close_socket(coalescing_stream& stream) {
  stream.shut();
}

} // namespace convoy::net
