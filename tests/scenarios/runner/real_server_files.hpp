// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace convoy::scenarios {

/// Where a real server is and listens.
struct real_server_place {
  std::string directory;
  std::uint16_t tls = 0;
  std::uint16_t plain = 0;
  std::uint16_t services = 0; ///< for a server of services
};

// Configurations of the real servers.

std::string ngircd_configuration(const real_server_place& where);
/// With all of IRCv3 that it has, and a link for services.
std::string inspircd_configuration(const real_server_place& where);
std::string hybrid_configuration(const real_server_place& where);
/// Atheme: NickServ, ChanServ and SASL, linked to that inspircd.
std::string services_configuration(const real_server_place& where);

} // namespace convoy::scenarios
