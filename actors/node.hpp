// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/settings.hpp"
#include "net/bus.hpp"
#include "net/link.hpp"
#include "protocol/dictionaries.hpp"
#include "protocol/time.hpp"

#include <caf/actor.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace convoy::net {
struct meters;
const meters& no_meters();
} // namespace convoy::net

namespace convoy::actors {

/// What the actors of one node share: each other's handles, the settings, the
/// way out to IRC and the wall clock. Set up once, then only read.
struct node {
  settings config;
  std::string version; ///< "Convoy 0.1.0"
  std::string key;     ///< 32 bytes; signs invitations
  /// Hash of a password that nobody has.
  std::string decoy_hash;
  net::irc_connector* connector = nullptr;
  net::bus* bus = nullptr; ///< to the other nodes; null when there are none
  /// What is counted; never null.
  const net::meters* meters = &net::no_meters();
  /// How the process is doing, as the kernel says: figures by name.
  std::function<std::vector<std::pair<const char*, double>>()> process_figures =
      [] {
        return std::vector<std::pair<const char*, double>>{};
      };
  /// Of the front end, as they are now.
  std::function<std::shared_ptr<const protocol::dictionaries>()> languages =
      [] {
        return std::make_shared<const protocol::dictionaries>();
      };
  /// The page of the web root with these values in it; "" when it cannot be
  /// used, and the log says why. Not set where there is no web root.
  std::function<std::string(const std::map<std::string, std::string>&)>
      render_page;
  std::function<protocol::timestamp()> wall_clock;
  caf::actor archive;     ///< the writer of the store
  caf::actor store_watch; ///< tells everybody when that fails
  caf::actor hasher;
  caf::actor dialer;
  caf::actor directory;
  caf::actor profiles;
  caf::actor channel_lists;
  caf::actor doorman;
  caf::actor last_use; ///< writes down when logins and tokens were used
  caf::actor site;     ///< what admins set while the node runs
  // Of a fleet; null on a node that is alone.
  caf::actor registry;    ///< runs a `store_job` on a connection of its own
  caf::actor lease;       ///< whether this node may hold users
  caf::actor homes;       ///< which user lives on which node
  caf::actor post_office; ///< hands what comes over the bus to users
  /// Reads of the store; each has a thread of its own.
  std::vector<caf::actor> readers;

  /// The reader for whoever has that key, so that one slow query does not make
  /// everybody wait.
  const caf::actor& reader(std::size_t who) const {
    return readers[who % readers.size()];
  }
};

using node_ptr = std::shared_ptr<const node>;

/// How long a request to the store or the hasher may take.
inline constexpr std::chrono::seconds store_deadline{30};

/// Both clocks, for whoever runs on `self`.
template <class Self>
protocol::moment moment_of(Self* self, const node& home) {
  return {self->clock().now(), home.wall_clock()};
}

} // namespace convoy::actors
