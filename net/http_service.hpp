// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/address_range.hpp"
#include "net/byte_budget.hpp"
#include "net/connection_registry.hpp"
#include "net/http_server.hpp"
#include "net/shared_value.hpp"
#include "net/static_files.hpp"

#include <memory>
#include <string>
#include <vector>

namespace convoy::net {

/// What the server thinks of requests; it may change while it runs.
struct http_policy {
  address_set trusted_proxies;
  std::vector<std::string> allowed_origins;
  std::string content_security_policy;
  bool log_requests = false;
};

/// What all connections of one HTTP server share. Either `routes` or `handler`
/// is set.
struct http_service {
  http_settings settings;
  std::shared_ptr<gateway> routes;
  http_handler handler;
  shared_value<http_policy> policy;
  std::shared_ptr<connection_registry> registry;
  /// Those that are being told that there is no room.
  std::shared_ptr<connection_registry> refused;
  std::shared_ptr<byte_budget> uploads;
  std::shared_ptr<byte_budget> large_answers;
  static_files files;
};

} // namespace convoy::net
