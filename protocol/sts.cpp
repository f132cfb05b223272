// SPDX-License-Identifier: Apache-2.0
#include "protocol/sts.hpp"

#include "protocol/text.hpp"

#include <algorithm>

namespace convoy::protocol {

sts_value parse_sts(std::string_view text) {
  sts_value result;
  while (!text.empty()) {
    const auto token = next_part(text, ',');
    const auto equals = token.find('=');
    if (equals == std::string_view::npos)
      continue;
    const auto key = token.substr(0, equals);
    const auto value = whole_number(token.substr(equals + 1));
    if (!value)
      continue;
    if (key == "port" && *value >= 1 && *value <= 65535)
      result.port = static_cast<std::uint16_t>(*value);
    else if (key == "duration")
      result.duration = std::chrono::seconds{std::min(
          *value, static_cast<std::uint64_t>(max_sts_duration.count()))};
  }
  return result;
}

bool is_address(std::string_view host) {
  return host.find_first_not_of("0123456789.") == std::string_view::npos
         || host.find(':') != std::string_view::npos;
}

} // namespace convoy::protocol
