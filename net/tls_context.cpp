// SPDX-License-Identifier: Apache-2.0
#include "net/tls_context.hpp"

#include "net/client_certificate.hpp"

#include <boost/asio/ip/address.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace convoy::net {

namespace {

/// Where a session keeps its `peer_check`.
int peer_slot() {
  static const int slot =
      SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return slot;
}

/// Called for each certificate of a chain and for each thing that is wrong with
/// it; 0 ends the handshake.
int look_at_peer(int is_good, X509_STORE_CTX* chain) {
  auto* session = static_cast<SSL*>(
      X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto* peer = static_cast<peer_check*>(SSL_get_ex_data(session, peer_slot()));
  const auto* leaf = X509_STORE_CTX_get0_cert(chain);
  if (leaf == nullptr)
    return 0;
  if (peer->seen.empty())
    peer->seen = sha256_of(*leaf);
  if (peer->pinned.empty())
    return is_good;
  if (peer->seen == peer->pinned) {
    X509_STORE_CTX_set_error(chain, X509_V_OK);
    return 1;
  }
  X509_STORE_CTX_set_error(chain, X509_V_ERR_CERT_REJECTED);
  return 0;
}

} // namespace

void tls_deleter::operator()(ssl_ctx_st* context) const noexcept {
  SSL_CTX_free(context);
}

void tls_deleter::operator()(ssl_st* session) const noexcept {
  SSL_free(session);
}

tls_context::tls_context() : context_(SSL_CTX_new(TLS_client_method())) {
  if (!context_)
    throw std::runtime_error("OpenSSL has no TLS.");
  SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
  // Many IRC servers close without a close_notify.
  SSL_CTX_set_options(context_.get(),
                      SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_NO_RENEGOTIATION);
  // What waits may have moved or grown when a write is tried again; and a
  // session that is idle gives its buffers back.
  SSL_CTX_set_mode(context_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE
                                       | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                                       | SSL_MODE_RELEASE_BUFFERS);
}

std::string tls_context::load(const std::string& ca_file) {
  ERR_clear_error();
  if (SSL_CTX_set_default_verify_paths(context_.get()) != 1)
    return "Cannot load the certificate authorities of the system.";
  if (!ca_file.empty()
      && SSL_CTX_load_verify_locations(context_.get(), ca_file.c_str(), nullptr)
             != 1) {
    auto* reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return "Cannot load certificate authorities from " + ca_file + ": "
           + (reason ? reason : "unknown error") + ".";
  }
  return {};
}

tls_session tls_context::make_session(int descriptor, const std::string& host,
                                      peer_check& peer) const {
  tls_session out{SSL_new(context_.get())};
  if (!out || SSL_set_fd(out.get(), descriptor) != 1)
    return nullptr;
  boost::system::error_code not_an_address;
  boost::asio::ip::make_address(host, not_an_address);
  auto* param = SSL_get0_param(out.get());
  bool named =
      not_an_address
          ? SSL_set_tlsext_host_name(out.get(), host.c_str()) == 1
                && X509_VERIFY_PARAM_set1_host(param, host.c_str(), 0) == 1
          : X509_VERIFY_PARAM_set1_ip_asc(param, host.c_str()) == 1;
  if (!named)
    return nullptr;
  X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  if (SSL_set_ex_data(out.get(), peer_slot(), &peer) != 1)
    return nullptr;
  if (peer.verify || !peer.pinned.empty())
    SSL_set_verify(out.get(), SSL_VERIFY_PEER, look_at_peer);
  else
    SSL_set_verify(out.get(), SSL_VERIFY_NONE, nullptr);
  SSL_set_connect_state(out.get());
  return out;
}

} // namespace convoy::net
