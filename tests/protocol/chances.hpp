// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>

namespace convoy::protocol {

/// A source of chances that is the same for the same seed everywhere.
class chances {
public:
  explicit chances(std::uint64_t seed) : engine_(seed) {
    // nop
  }

  std::size_t below(std::size_t limit) {
    return static_cast<std::size_t>(engine_() % limit);
  }
  bool percent(std::size_t chance) {
    return below(100) < chance;
  }
  template <class Container>
  const auto& one_of(const Container& all) {
    return *std::next(all.begin(),
                      static_cast<std::ptrdiff_t>(below(all.size())));
  }

private:
  std::mt19937_64 engine_;
};

} // namespace convoy::protocol
