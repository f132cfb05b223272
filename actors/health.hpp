// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/node.hpp"
#include "protocol/http.hpp"

#include <caf/fwd.hpp>

#include <atomic>
#include <functional>
#include <memory>

namespace convoy::actors {

/// Serves the internal listener: `/healthz` says that the process lives,
/// `/readyz` whether it should be sent people, with a reason for each check
/// that failed. `draining` is set by whoever stops the node.
std::function<void(protocol::http_request,
                   std::function<void(protocol::http_response)>)>
make_health_handler(caf::actor_system& system, node_ptr home,
                    std::shared_ptr<const std::atomic<bool>> draining);

} // namespace convoy::actors
