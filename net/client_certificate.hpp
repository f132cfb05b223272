// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/link.hpp"
#include "net/tls_context.hpp"

#include <optional>
#include <string>

struct x509_st;

namespace convoy::net {

/// Makes a key (EC P-256) and a certificate for it that it has signed itself
/// (SHA-256): for TLS clients called `name` (of which 64 characters are kept),
/// valid from a day ago for ten years. Takes less than a millisecond. Empty
/// when OpenSSL has no randomness or memory left.
client_certificate make_client_certificate(const std::string& name);

/// A certificate and the key that belongs to it, PEM one after the other, in
/// any order; nothing when either is missing or they do not fit.
std::optional<client_certificate>
read_client_certificate(const std::string& pem);

/// Shows the certificate of `pem` to servers that ask for one; whether it could
/// be read.
bool use_client_certificate(ssl_st& session, const std::string& pem);

/// Lower-case hex of the SHA-256 of a certificate.
std::string sha256_of(const x509_st& certificate);

} // namespace convoy::net
