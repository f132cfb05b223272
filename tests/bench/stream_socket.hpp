// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/loop.hpp"
#include "tests/bench/unique_fd.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace convoy::bench {

/// A listening socket on a free port of 127.0.0.1.
[[nodiscard]] unique_fd listen_on_loopback();
/// The port that a bound socket has.
[[nodiscard]] std::uint16_t bound_port(int fd);
/// A non-blocking socket on its way to `port` of 127.0.0.1.
[[nodiscard]] unique_fd connect_to_loopback(std::uint16_t port);
/// Takes one waiting connection; no value (-1) when none waits.
[[nodiscard]] unique_fd accept_one(int listener);

/// A TCP connection that writes as much as it can at once and keeps the rest.
class stream_socket : public watcher {
public:
  stream_socket(loop& events, unique_fd fd);
  stream_socket(const stream_socket&) = delete;
  stream_socket& operator=(const stream_socket&) = delete;

  /// Writes `bytes`, in one system call unless something waits already.
  void send(std::string_view bytes);
  void ready(std::uint32_t events) final;
  [[nodiscard]] bool is_open() const {
    return fd_.value() >= 0;
  }

protected:
  void close();

private:
  /// Consumes a prefix of `bytes` and returns its size; the rest comes again
  /// with what follows it.
  virtual std::size_t received(std::string_view bytes) = 0;
  /// The other side closed the connection, or it broke. The last call.
  virtual void closed(const std::string& reason) = 0;

  /// Reads what waits, with `ending` up to the end of the stream.
  void read(bool ending);
  void flush();
  void fail(int error);

  loop& loop_;
  unique_fd fd_;
  std::string unread_;
  std::string unsent_;
  std::size_t sent_ = 0;
};

} // namespace convoy::bench
