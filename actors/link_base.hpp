// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/settings.hpp"
#include "protocol/http.hpp"

#include <string>

namespace convoy::actors {

/// Where people reach the node, without a slash at the end: as it is set, else
/// as the proxy says, else as that request found it; "" when it does not say.
inline std::string link_base(const settings& config,
                             const protocol::http_request& request) {
  if (!config.base_url.empty())
    return config.base_url;
  if (!request.base.empty())
    return request.base;
  if (request.host.empty())
    return {};
  return (request.secure ? "https://" : "http://") + request.host;
}

/// The path of `link_base`, without a slash at the end: "" or `/chat`.
inline std::string base_path(const settings& config,
                             const protocol::http_request& request) {
  const auto base = link_base(config, request);
  const auto authority = base.find("://");
  if (authority == std::string::npos)
    return {};
  const auto slash = base.find('/', authority + 3);
  return slash == std::string::npos ? "" : base.substr(slash);
}

} // namespace convoy::actors
