// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/settings.hpp"
#include "protocol/http.hpp"

#include <string>

namespace convoy::actors {

/// Where people reach the node, without a slash at the end: as it is set, else
/// as that request found it; "" when it does not say.
inline std::string link_base(const settings& config,
                             const protocol::http_request& request) {
  if (!config.base_url.empty())
    return config.base_url;
  if (request.host.empty())
    return {};
  return (request.secure ? "https://" : "http://") + request.host;
}

} // namespace convoy::actors
