// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace convoy::net {

struct tls_deleter {
  void operator()(ssl_ctx_st* context) const noexcept;
  void operator()(ssl_st* session) const noexcept;
};

using tls_session = std::unique_ptr<ssl_st, tls_deleter>;

/// Which server a session accepts, and which it has seen.
struct peer_check {
  bool verify = true; ///< its certificate must be valid for the host
  /// SHA-256 of the one certificate that is accepted, whoever signed it;
  /// lower-case hex, "" for none.
  std::string pinned;
  /// SHA-256 of the certificate that the server has shown; "" until it has been
  /// looked at, which is never when all are accepted.
  std::string seen;
};

/// What TLS clients share: TLS 1.2 or newer, and whom they trust.
class tls_context {
public:
  tls_context();

  /// Trusts the authorities of the system, and those in `ca_file` (PEM, "" for
  /// none). "" when all is well, else what is wrong.
  std::string load(const std::string& ca_file);

  /// A session over the socket `descriptor` with a server that is known by
  /// `host`, a name or an address. `peer` must outlive the handshake. Empty
  /// when OpenSSL has no memory left.
  tls_session make_session(int descriptor, const std::string& host,
                           peer_check& peer) const;

private:
  std::unique_ptr<ssl_ctx_st, tls_deleter> context_;
};

} // namespace convoy::net
