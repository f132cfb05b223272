// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/address.hpp>

namespace convoy::net {

/// Whether an address is one that anybody may be connected to on a user's
/// behalf: a globally reachable unicast address. Loopback, private, link-local
/// (which holds the metadata services of clouds), shared (CGNAT), unique local,
/// multicast, unspecified, documentation, benchmarking and reserved addresses
/// are not (IANA special-purpose registries), and neither is an IPv6 address
/// that carries such an IPv4 address (mapped, NAT64, 6to4, Teredo).
bool is_public(const boost::asio::ip::address& address);

} // namespace convoy::net
