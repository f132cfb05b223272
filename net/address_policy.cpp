// SPDX-License-Identifier: Apache-2.0
#include "net/address_policy.hpp"

#include "net/address_range.hpp"

namespace convoy::net {

namespace {

address_set make_refused() {
  address_set out;
  for (auto text :
       {"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
        "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Of what lies in 2000::/3; the first two hold IPv4 in disguise.
        "2001::/23", "2002::/16", "2001:db8::/32", "3fff::/20"})
    out.add(text);
  return out;
}

} // namespace

bool is_public(const boost::asio::ip::address& address) {
  static const address_set refused = make_refused();
  static const auto global_unicast = address_range::parse("2000::/3");
  if (address.is_v4())
    return !refused.contains(address);
  return global_unicast->contains(address) && !refused.contains(address);
}

} // namespace convoy::net
