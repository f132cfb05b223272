// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace convoy::net {

/// Cuts a byte stream into lines at CR or LF, over any number of reads. What
/// waits for its end is bounded: a longer line is dropped up to its end.
class line_cutter {
public:
  explicit line_cutter(std::size_t max_line) : max_line_(max_line) {
    // nop
  }

  /// Calls `on_line` with each line that ends in `bytes`, empty ones left out;
  /// the view is good during the call only.
  void feed(std::string_view bytes,
            const std::function<void(std::string_view)>& on_line);

  /// How many lines were dropped so far because they were too long.
  std::size_t dropped() const noexcept {
    return dropped_;
  }

  /// Bytes that wait for the rest of their line.
  std::size_t waiting() const noexcept {
    return partial_.size();
  }

private:
  std::size_t max_line_;
  std::size_t dropped_ = 0;
  bool skipping_ = false;
  std::string partial_;
};

} // namespace convoy::net
