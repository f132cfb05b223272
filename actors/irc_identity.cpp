// SPDX-License-Identifier: Apache-2.0
#include "actors/irc_connection.hpp"
#include "actors/secrets.hpp"
#include "net/log.hpp"

#include <utility>

// Who an IRC connection is to its server, and how the server is to be reached:
// certificates, addresses and TLS policies.
namespace convoy::actors {

namespace {

/// The part of an email that names the person.
std::string local_part(const std::string& email) {
  return email.substr(0, email.find('@'));
}

} // namespace

/// Makes the client certificate when it is needed first.
void irc_connection_state::ensure_certificate(
    const protocol::connection_url& url) {
  if (!record_.certificate.empty() || (!url.tls() && !upgrade_port_))
    return;
  auto made = node_->connector->make_certificate(local_part(email_));
  if (made.pem.empty())
    return net::log::error("client-certificate-not-made",
                           {{"connection", record_.id}});
  record_.certificate = std::move(made.pem);
  connection_output output;
  output.certificate = record_.certificate;
  report(std::move(output));
}

void irc_connection_state::identify(protocol::irc_settings& who,
                                    const protocol::connection_url& url) const {
  who.sasl = url.param("sasl");
  who.authname = url.param("authname");
  who.nonce = random_token();
  who.remote_address = remote_address_;
  if (record_.certificate.empty())
    return;
  if (const auto mine =
          node_->connector->read_certificate(record_.certificate)) {
    who.certificate_fingerprint = mine->sha512;
    who.certificate_sha256 = mine->sha256;
  }
}

/// Where to dial, as the URL and the policies of the host say.
net::irc_endpoint
irc_connection_state::endpoint(const dial_granted& granted) const {
  const auto url = connection_url_of(record_);
  net::irc_endpoint result;
  result.host = url.host;
  result.port = url.dial_port();
  result.tls = url.tls();
  result.tls_verify = url.tls_verify();
  result.local_address =
      url.param("local_address", node_->config.irc_local_address);
  result.pinned = url.pinned_certificate();
  const auto secure_port = upgrade_port_ ? upgrade_port_ : granted.secure_port;
  if (secure_port) {
    if (!result.tls)
      result.port = *secure_port;
    result.tls = true;
    result.tls_verify = true;
  }
  if (result.tls)
    result.certificate = record_.certificate;
  return result;
}

/// What the server says about TLS. Only who has proven to be the server may
/// set a rule for everybody.
void irc_connection_state::obey(const protocol::irc_sts& said) {
  if (!is_secure_) {
    upgrade_port_ = said.port;
    return;
  }
  if (!is_verified_)
    return;
  if (said.duration == std::chrono::seconds::zero())
    upgrade_port_.reset();
  // A change of mind is stored when the connection ends: a server that changes
  // it all the time would keep the store busy for everybody.
  if (!std::exchange(policy_, said))
    self_->send(node_->dialer, sts_seen{said});
}

/// A policy holds from when the connection ends.
void irc_connection_state::renew_policy() {
  if (policy_)
    self_->send(node_->dialer, sts_seen{*std::exchange(policy_, std::nullopt)});
}

} // namespace convoy::actors
