// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/node.hpp"
#include "net/link.hpp"

#include <caf/actor.hpp>
#include <caf/fwd.hpp>

#include <cstdint>
#include <memory>

// The only meeting of sockets and actors: each call of an observer becomes one
// message.
namespace convoy::actors {

/// Tells `connection` what happens on the socket of its `attempt`.
std::shared_ptr<net::irc_observer> make_irc_observer(caf::actor connection,
                                                     std::uint64_t attempt);

/// Starts a session for each WebSocket and a call for each REST request.
std::shared_ptr<net::gateway> make_gateway(caf::actor_system& system,
                                           node_ptr home);

} // namespace convoy::actors
