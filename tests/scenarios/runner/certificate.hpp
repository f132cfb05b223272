// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace convoy::scenarios {

/// A self-signed certificate with its key, both PEM. It can be trusted as its
/// own authority.
struct certificate {
  std::string pem;
  std::string key;
};

/// Makes one that is valid for `host` (a name or an IPv4 address) now.
/// @throws std::runtime_error when OpenSSL cannot.
certificate make_certificate(const std::string& host);

} // namespace convoy::scenarios
