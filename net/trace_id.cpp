// SPDX-License-Identifier: Apache-2.0
#include "net/trace_id.hpp"

#include <openssl/rand.h>

#include <array>
#include <string_view>

namespace convoy::net {

std::string make_trace_id() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<unsigned char, 16> bytes{};
  RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  // All zero is no trace id.
  bytes[0] |= 1;
  std::string result;
  result.reserve(2 * bytes.size());
  for (const auto each : bytes) {
    result += digits[each >> 4];
    result += digits[each & 15];
  }
  return result;
}

} // namespace convoy::net
