// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace convoy::bench {

/// A histogram of durations in nanoseconds, exact to 3 %.
class latencies {
public:
  void add(std::int64_t nanoseconds) {
    ++counts_[bucket(static_cast<std::uint64_t>(nanoseconds))];
    ++total_;
  }

  /// The duration that `share` (0 to 1) of all durations do not exceed; 0 when
  /// there are none.
  [[nodiscard]] double percentile(double share) const {
    const auto rank = share * static_cast<double>(total_);
    double seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += static_cast<double>(counts_[i]);
      if (counts_[i] != 0 && seen >= rank)
        return upper_bound(i);
    }
    return 0;
  }

private:
  static constexpr unsigned precision_bits = 5;
  static constexpr std::size_t slices = 1U << precision_bits;

  static std::size_t bucket(std::uint64_t value) {
    if (value < slices)
      return value;
    const auto shift =
        static_cast<unsigned>(std::bit_width(value)) - precision_bits - 1;
    return (shift + 1) * slices + (value >> shift) % slices;
  }

  static double upper_bound(std::size_t index) {
    if (index < slices)
      return static_cast<double>(index);
    const auto shift = index / slices - 1;
    return static_cast<double>((slices + index % slices + 1) << shift);
  }

  std::array<std::uint64_t, (64 - precision_bits + 1) * slices> counts_{};
  std::uint64_t total_ = 0;
};

} // namespace convoy::bench
