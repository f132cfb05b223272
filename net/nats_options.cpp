// SPDX-License-Identifier: Apache-2.0
#include "net/nats_options.hpp"

#include <limits>
#include <vector>

namespace convoy::net {

void nats_options_deleter::operator()(natsOptions* what) const noexcept {
  natsOptions_Destroy(what);
}

nats_options make_nats_options(const nats_settings& settings,
                               const nats_address& where) {
  natsOptions* made = nullptr;
  if (natsOptions_Create(&made) != NATS_OK)
    return nullptr;
  nats_options result{made};
  std::vector<const char*> servers;
  for (const auto& each : where.servers)
    servers.push_back(each.c_str());
  auto is_well = true;
  const auto set = [&](natsStatus status) {
    is_well = is_well && status == NATS_OK;
  };
  const auto pause = settings.reconnect_pause.count();
  const auto ping = settings.ping_interval.count();
  set(natsOptions_SetServers(made, servers.data(),
                             static_cast<int>(servers.size())));
  set(natsOptions_SetName(made, settings.name.c_str()));
  set(natsOptions_SetTimeout(made, settings.connect_timeout.count()));
  set(natsOptions_SetPingInterval(made, ping));
  set(natsOptions_SetMaxPingsOut(made, 2));
  set(natsOptions_SetWriteDeadline(made, ping));
  set(natsOptions_SetAllowReconnect(made, true));
  set(natsOptions_SetMaxReconnect(made, std::numeric_limits<int>::max()));
  set(natsOptions_SetReconnectWait(made, pause));
  set(natsOptions_SetReconnectJitter(made, pause, pause));
  set(natsOptions_SetReconnectBufSize(
      made, static_cast<int>(settings.reconnect_buffer)));
  set(natsOptions_UseGlobalMessageDelivery(made, true));
  if (!settings.credentials_file.empty())
    set(natsOptions_SetUserCredentialsFromFiles(
        made, settings.credentials_file.c_str(), nullptr));
  if (where.is_secure)
    set(natsOptions_SetSecure(made, true));
  if (!settings.ca_file.empty())
    set(natsOptions_LoadCATrustedCertificates(made, settings.ca_file.c_str()));
  return is_well ? std::move(result) : nullptr;
}

std::string nats_problem(natsStatus status) {
  switch (status) {
  case NATS_CONNECTION_AUTH_FAILED:
  case NATS_NOT_PERMITTED:
    return "NATS does not accept our credentials.";
  case NATS_SSL_ERROR:
    return "No TLS with NATS: its certificate is not trusted, or not its own.";
  case NATS_SECURE_CONNECTION_WANTED:
    return "NATS does not speak TLS.";
  default:
    return "NATS cannot be reached.";
  }
}

} // namespace convoy::net
