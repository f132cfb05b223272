// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/settings.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace convoy::actors::command_line {

/// `HOST:PORT` taken apart.
struct address {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
};

/// Everything `convoy serve` can be told (design §7), validated. An option is
/// also an environment variable (`--store` is `CONVOY_STORE`) and a key of the
/// TOML file (`store`); flag over environment over file over default.
struct serve_options {
  address listen{"127.0.0.1", 3000};
  address internal_listen{"127.0.0.1", 3001};
  std::string store = "sqlite:data/convoy.sqlite";
  std::string store_replica;   ///< of the store, for history and searches
  bool store_full_sync = true; ///< `--store-sync=full|normal`
  std::string key_file; ///< parsed from "": `convoy.key` beside the store
  std::string web_root; ///< "" for no files
  std::string i18n_dir; ///< folder of `CODE.po` files, "" for English only
  std::string content_security_policy; ///< of pages; "" for none
  bool irc_allow_private = false;
  std::string irc_ca_file; ///< more authorities for IRC servers, PEM
  settings::seconds irc_connect_timeout{20};
  settings::seconds inactive_timeout{60};
  settings::seconds ping_interval{20};
  /// Between looks for accounts that another program has changed.
  settings::seconds account_check_interval{60};
  std::vector<std::string> allowed_origins;
  std::vector<std::string> trusted_proxies;
  std::string log_level = "info";
  std::string log_format = "logfmt";
  bool log_requests = false;
  unsigned threads = 0; ///< 0: one for each core
  /// How long a stop may take before it is done by force.
  settings::seconds stop_timeout{15};

  // -- fleet ------------------------------------------------------------------

  std::string bus; ///< `nats://HOST:PORT,…`; "" for a node that is alone
  std::string bus_ca_file;
  std::string bus_credentials_file;
  std::string node_id; ///< parsed from "": the name of the host
  /// A node that has not renewed for so long is dead.
  settings::seconds lease{10};
  settings node; ///< what the actors are told
};

} // namespace convoy::actors::command_line
