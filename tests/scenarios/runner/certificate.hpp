// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

struct x509_st;

namespace convoy::scenarios {

/// A self-signed certificate with its key, both PEM. It can be trusted as its
/// own authority.
struct certificate {
  std::string pem;
  std::string key;
  std::string sha256; ///< its fingerprint, lower-case hex
};

/// Makes one that is valid for `host` (a name or an IPv4 address) now.
/// @throws std::runtime_error when OpenSSL cannot.
certificate make_certificate(const std::string& host);

enum class fingerprint { sha256, sha512 };

/// Lower-case hex.
std::string fingerprint_of(const x509_st& certificate, fingerprint what);

} // namespace convoy::scenarios
