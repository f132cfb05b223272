// SPDX-License-Identifier: Apache-2.0
#include "protocol/rate_limit.hpp"

#include <algorithm>
#include <arpa/inet.h>

namespace convoy::protocol {

std::string network_of(std::string_view address) {
  const std::string text{address};
  in6_addr bytes{};
  if (inet_pton(AF_INET6, text.c_str(), &bytes) != 1)
    return text;
  char shown[INET6_ADDRSTRLEN];
  if (IN6_IS_ADDR_V4MAPPED(&bytes)) {
    inet_ntop(AF_INET, bytes.s6_addr + 12, shown, sizeof(shown));
    return shown;
  }
  std::fill(bytes.s6_addr + 8, bytes.s6_addr + 16, std::uint8_t{0});
  inet_ntop(AF_INET6, &bytes, shown, sizeof(shown));
  return std::string{shown} + "/64";
}

rate_limit::rate_limit(unsigned burst, seconds interval, std::size_t most_keys)
    : interval_(interval),
      slack_(interval * (std::max(burst, 1U) - 1)),
      most_keys_(most_keys) {
  // nop
}

rate_limit::seconds rate_limit::take(const std::string& key, instant now) {
  if (interval_ <= seconds{0})
    return seconds{0};
  const auto known = full_at_.find(key);
  const auto full_at =
      known == full_at_.end() ? now : std::max(known->second, now);
  const seconds ahead = full_at - now;
  if (ahead > slack_)
    return ahead - slack_;
  put(key, full_at + std::chrono::duration_cast<instant::duration>(interval_));
  return seconds{0};
}

void rate_limit::put(const std::string& key, instant full_at) {
  if (const auto known = full_at_.find(key); known != full_at_.end()) {
    by_time_.erase({known->second, key});
  } else if (full_at_.size() >= most_keys_) {
    full_at_.erase(by_time_.begin()->second);
    by_time_.erase(by_time_.begin());
  }
  full_at_[key] = full_at;
  by_time_.emplace(full_at, key);
}

} // namespace convoy::protocol
