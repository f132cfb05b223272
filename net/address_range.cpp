// SPDX-License-Identifier: Apache-2.0
#include "net/address_range.hpp"

#include <algorithm>
#include <charconv>

namespace convoy::net {

namespace ip = boost::asio::ip;

namespace {

std::array<unsigned char, 16> to_v6_bytes(const ip::address& address) {
  if (address.is_v6())
    return address.to_v6().to_bytes();
  return ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes();
}

} // namespace

std::optional<address_range> address_range::parse(std::string_view text) {
  auto slash = text.find('/');
  boost::system::error_code error;
  auto address = ip::make_address(std::string(text.substr(0, slash)), error);
  if (error)
    return std::nullopt;
  unsigned width = address.is_v4() ? 32 : 128;
  unsigned prefix = width;
  if (slash != std::string_view::npos) {
    auto digits = text.substr(slash + 1);
    auto [end, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (problem != std::errc{} || end != digits.data() + digits.size()
        || prefix > width)
      return std::nullopt;
  }
  address_range out;
  out.network_ = to_v6_bytes(address);
  out.prefix_ = prefix + (128 - width);
  return out;
}

bool address_range::contains(const ip::address& address) const noexcept {
  auto bytes = to_v6_bytes(address);
  auto whole = prefix_ / 8;
  if (!std::equal(bytes.begin(), bytes.begin() + whole, network_.begin()))
    return false;
  auto rest = prefix_ % 8;
  return rest == 0 || ((bytes[whole] ^ network_[whole]) >> (8 - rest)) == 0;
}

bool address_set::add(std::string_view text) {
  if (text == "loopback")
    return add("127.0.0.0/8") && add("::1");
  if (text == "private")
    return add("10.0.0.0/8") && add("172.16.0.0/12") && add("192.168.0.0/16")
           && add("fc00::/7");
  if (text == "link-local")
    return add("169.254.0.0/16") && add("fe80::/10");
  auto range = address_range::parse(text);
  if (range)
    ranges_.push_back(*range);
  return range.has_value();
}

bool address_set::contains(const ip::address& address) const noexcept {
  return std::any_of(ranges_.begin(), ranges_.end(),
                     [&](const auto& x) { return x.contains(address); });
}

} // namespace convoy::net
