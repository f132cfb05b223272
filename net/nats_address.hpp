// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace convoy::net {

/// A NATS URL, taken apart:
/// `nats://[USER:PASSWORD@|TOKEN@]HOST[:PORT][,HOST[:PORT]…]`, or `tls://`. Who
/// is to be let in, and the scheme, are those of the first server for all that
/// do not say otherwise.
struct nats_address {
  /// Each with a scheme and a port, and with its credentials.
  std::vector<std::string> servers;
  bool is_secure = false; ///< some server is to be talked to by TLS only
  /// What is wrong with the URL, without its credentials; "" when it is well.
  std::string problem;
};

nats_address parse_nats_address(std::string_view url);

} // namespace convoy::net
