// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/address.hpp>

#include <string>
#include <vector>

namespace convoy::net {

/// The addresses of a name in the order they are tried.
struct dial_order {
  std::vector<boost::asio::ip::address> addresses;
  /// Why there is none, a sentence for people.
  std::string problem;
};

/// Drops what may not be dialled and what is of another family than
/// `local_address` ("" for any), drops repetitions, and lets the two families
/// take turns from the first one on (RFC 8305 §4), so that one that is broken
/// costs one attempt.
dial_order order_addresses(const std::vector<boost::asio::ip::address>& found,
                           bool allow_private,
                           const std::string& local_address);

} // namespace convoy::net
