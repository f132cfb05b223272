// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/casemapping.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// The hosts of people, as far as a server has told them: what a ban is made
/// of. It forgets whom it has known longest when there are too many. Every
/// connection has one, so it must stay small in channels of thousands.
class irc_hosts {
public:
  static constexpr std::size_t limit = 64;
  /// Longer nicks and hosts are not learnt.
  static constexpr std::size_t max_length = 255;

  irc_hosts() = default;
  /// Not copied: it has pointers into itself, which only a move keeps.
  irc_hosts(irc_hosts&&) = default;
  irc_hosts& operator=(irc_hosts&&) = default;

  /// `nick` is at `host` now; "" tells nothing.
  void learn(std::string_view nick, std::string_view host, casemapping mapping);
  /// Whether somebody is forgotten for the next one who is new.
  bool full() const noexcept;
  /// The host of `nick`, or "".
  std::string_view find(std::string_view nick, casemapping mapping) const;
  void clear() noexcept;

private:
  std::map<std::string, std::string, std::less<>> hosts_; ///< by folded nick
  /// The nicks of `hosts_` in the order they came, from `next_` on around.
  std::vector<const std::string*> order_;
  std::size_t next_ = 0;
};

} // namespace convoy::protocol
