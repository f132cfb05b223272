// SPDX-License-Identifier: Apache-2.0
#include "net/clock.hpp"

#include <chrono>

namespace convoy::net {

clock_source system_clock_source() {
  return [] {
    return protocol::moment{
        std::chrono::steady_clock::now(),
        std::chrono::time_point_cast<std::chrono::microseconds>(
            std::chrono::system_clock::now())};
  };
}

} // namespace convoy::net
