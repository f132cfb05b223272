// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_hosts.hpp"

#include <utility>

namespace convoy::protocol {

void irc_hosts::learn(std::string_view nick, std::string_view host,
                      casemapping mapping) {
  if (nick.empty() || host.empty() || nick.size() > max_length
      || host.size() > max_length)
    return;
  auto key = fold(nick, mapping);
  if (const auto known = hosts_.find(key); known != hosts_.end()) {
    if (known->second != host)
      known->second = host;
    return;
  }
  const auto* name = &hosts_.emplace(std::move(key), host).first->first;
  if (order_.size() < limit) {
    order_.push_back(name);
    return;
  }
  hosts_.erase(hosts_.find(*std::exchange(order_[next_], name)));
  next_ = (next_ + 1) % limit;
}

bool irc_hosts::full() const noexcept {
  return order_.size() >= limit;
}

std::string_view irc_hosts::find(std::string_view nick,
                                 casemapping mapping) const {
  const auto known = hosts_.find(fold(nick, mapping));
  return known == hosts_.end() ? std::string_view{} : known->second;
}

void irc_hosts::clear() noexcept {
  *this = {};
}

} // namespace convoy::protocol
