// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <chrono>
#include <cstddef>

namespace convoy::protocol {

/// So many of something in so long; what is more is not done.
class irc_allowance {
public:
  irc_allowance(std::size_t most, std::chrono::seconds window)
      : most_(most), window_(window) {
    // nop
  }

  /// Whether one more may be done at `now`; then it counts.
  bool take(instant now) noexcept {
    if (taken_ == 0 || since_ + window_ <= now) {
      since_ = now;
      taken_ = 0;
    }
    if (taken_ >= most_)
      return false;
    ++taken_;
    return true;
  }

private:
  std::size_t most_;
  std::chrono::seconds window_;
  instant since_{}; ///< of the window that runs
  std::size_t taken_ = 0;
};

} // namespace convoy::protocol
