// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace convoy::net {

/// The lines that wait for the socket of an IRC connection, as one text, and
/// the marks that tell when they are written.
class send_queue {
public:
  /// `bound` is in bytes.
  explicit send_queue(std::size_t bound) : bound_(bound) {
    // nop
  }

  /// Queues lines, each with its CR LF, and a mark behind them. A line that
  /// holds CR, LF or NUL is left out and counted. False when more waits now
  /// than the bound allows: it is time to give up.
  bool push(const std::vector<std::string>& lines, std::uint64_t mark);

  /// Puts the bytes that wait into `out`, which is empty. They count as waiting
  /// until `advance` says that they are written.
  void take(std::string& out) noexcept {
    out.swap(waiting_);
  }

  /// Notes that so many more bytes are written: the marks that are reached.
  std::vector<std::uint64_t> advance(std::size_t bytes);

  /// Whether all that was ever queued is written.
  bool is_written() const noexcept {
    return written_ == queued_;
  }
  /// Lines that were left out.
  std::size_t refused() const noexcept {
    return refused_;
  }

private:
  std::size_t bound_;
  std::string waiting_;
  std::uint64_t queued_ = 0;  ///< bytes, ever
  std::uint64_t written_ = 0; ///< bytes, ever
  std::size_t refused_ = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> marks_; ///< end, mark
};

} // namespace convoy::net
