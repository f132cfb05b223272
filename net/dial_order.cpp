// SPDX-License-Identifier: Apache-2.0
#include "net/dial_order.hpp"

#include "net/address_policy.hpp"

#include <algorithm>

namespace convoy::net {

namespace ip = boost::asio::ip;

dial_order order_addresses(const std::vector<ip::address>& found,
                           bool allow_private,
                           const std::string& local_address) {
  dial_order out;
  boost::system::error_code error;
  auto local = ip::make_address(local_address, error);
  if (!local_address.empty() && error) {
    out.problem = "Invalid local address: " + local_address + ".";
    return out;
  }
  std::vector<ip::address> first, second;
  for (const auto& each : found) {
    if (!allow_private && !is_public(each)) {
      out.problem = "Private address refused: " + each.to_string() + ".";
    } else if (!local_address.empty() && local.is_v4() != each.is_v4()) {
      out.problem = "No address of the family of " + local_address + ".";
    } else {
      auto& family = first.empty() || first.front().is_v4() == each.is_v4()
                         ? first
                         : second;
      if (std::find(family.begin(), family.end(), each) == family.end())
        family.push_back(each);
    }
  }
  for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
    if (i < first.size())
      out.addresses.push_back(first[i]);
    if (i < second.size())
      out.addresses.push_back(second[i]);
  }
  if (!out.addresses.empty())
    out.problem.clear();
  else if (out.problem.empty())
    out.problem = "No address found.";
  return out;
}

} // namespace convoy::net
