// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_time.hpp"

#include "protocol/json.hpp"

namespace convoy::protocol {

std::string to_irc_time(timestamp time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto rest =
      std::chrono::floor<std::chrono::milliseconds>(time - seconds).count();
  const auto digits = std::to_string(1000 + rest).substr(1);
  auto result = to_iso(seconds, false);
  result.insert(result.size() - 1, "." + digits);
  return result;
}

} // namespace convoy::protocol
