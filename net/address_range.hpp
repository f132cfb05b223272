// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/address.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::net {

/// A CIDR block of IPv6 addresses; IPv4 lives in it as ::ffff:0:0/96, so that
/// an address and its v4-mapped form are the same.
class address_range {
public:
  /// Reads `10.0.0.0/8`, `fc00::/7` or one address. Nothing when it is none of
  /// these.
  static std::optional<address_range> parse(std::string_view text);

  bool contains(const boost::asio::ip::address& address) const noexcept;

private:
  std::array<unsigned char, 16> network_{};
  unsigned prefix_ = 0; ///< bits, 0 to 128
};

/// A list of ranges.
class address_set {
public:
  /// Adds a CIDR block, one address, or the ranges of a word: `loopback`,
  /// `private` (RFC 1918 and unique local), `link-local`. False when `text` is
  /// none of these.
  bool add(std::string_view text);

  bool contains(const boost::asio::ip::address& address) const noexcept;

private:
  std::vector<address_range> ranges_;
};

} // namespace convoy::net
