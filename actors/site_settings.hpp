// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace convoy::actors {

/// What an admin sets while the node runs (spec/rest-api.md §5, Settings);
/// where none has, it is as the node was started.
struct site_settings {
  bool open_to_public = false;
  bool forced_connection = false;
  std::string default_connection; ///< URL, or ""
  std::string contact = "mailto:root@localhost";
  std::string organization_name = "Convoy";
  std::string organization_url = "https://convoy.chat";
  std::string video_service;

  bool operator==(const site_settings&) const = default;
};

} // namespace convoy::actors
