// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/node.hpp"
#include "protocol/http.hpp"

#include <caf/fwd.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace convoy::actors {

using http_handler = std::function<void(
    protocol::http_request, std::function<void(protocol::http_response)>)>;

/// What the internal listener serves besides what the actors know.
struct internal_parts {
  std::string node_name;                ///< `--node-id`; "" when alone
  std::function<std::string()> metrics; ///< the text of `/metrics`
  /// Begins to drain the node, which ends then; may be called again.
  std::function<void()> drain;
  /// Set by whoever drains the node.
  std::shared_ptr<const std::atomic<bool>> draining;
};

/// Serves the internal listener: `/healthz` says that the process lives,
/// `/readyz` whether it should be sent people, with a reason for each check
/// that failed and `warnings` that are none, `/status` the same and what it
/// does, `/metrics` what it counts. Whether it is ready is among that, as it
/// was found by whoever asked one of them before. A POST of `/drain` drains the
/// node: from this machine only, and from no page.
http_handler make_internal_handler(caf::actor_system& system, node_ptr home,
                                   internal_parts parts);

/// The same, before there is a node: it lives, and is not ready.
http_handler make_starting_handler(std::string version);

} // namespace convoy::actors
