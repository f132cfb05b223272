// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace convoy::protocol {

/// Who somebody is for a limit: an IPv4 address itself, of an IPv6 address the
/// network that one household has (its first 64 bits). Any other text is
/// itself.
std::string network_of(std::string_view address);

/// How often each of many may do something: so often at once, then once in each
/// interval (a token bucket for each key). It knows of at most `most_keys`;
/// when there are more it forgets whoever may soonest do all again.
class rate_limit {
public:
  using seconds = std::chrono::duration<double>;

  /// `burst` is at least 1. An interval of 0 is no limit.
  rate_limit(unsigned burst, seconds interval, std::size_t most_keys);

  /// 0 when it may be done, and then it counts; else how long to wait.
  seconds take(const std::string& key, instant now);

  std::size_t size() const noexcept {
    return full_at_.size();
  }

private:
  void put(const std::string& key, instant full_at);

  seconds interval_;
  seconds slack_; ///< how far ahead of `now` a bucket's filling may lie
  std::size_t most_keys_;
  std::map<std::string, instant> full_at_; ///< when a bucket is full again
  std::set<std::pair<instant, std::string>> by_time_;
};

} // namespace convoy::protocol
