// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/lease.hpp"
#include "actors/node.hpp"
#include "actors/node_stores.hpp"

#include <caf/fwd.hpp>

#include <chrono>
#include <optional>
#include <vector>

namespace convoy::actors {

/// What a node is made of.
struct node_parts {
  /// What its actors share; they are not in it yet.
  node shared;
  node_stores stores;
  /// Between looks for accounts that another program has changed.
  std::chrono::milliseconds account_check_interval{60'000};
  /// Of a store that other nodes use too.
  std::optional<lease_start> lease;
};

/// A node that runs.
struct running_node {
  node_ptr home;
  std::vector<caf::actor> helpers; ///< whom nobody else knows
};

/// Spawns the actors of a node. The only place that gives actors threads of
/// their own.
running_node make_node(caf::actor_system& system, node_parts parts);

/// The people of this node are let in, or claimed where nodes share a store.
void open_node(const running_node& what);

/// Where nodes share a store: lets sessions and users go, spread over the drain
/// window, for others to have them. Waits for it for `patience` at most.
void drain(caf::actor_system& system, const running_node& what,
           std::chrono::milliseconds patience);

/// Sessions are closed, IRC is left, what is numbered is committed and the
/// lease is given up; then the node's own actors go. Waits for it for
/// `patience` at most.
void end_node(caf::actor_system& system, const running_node& what,
              std::chrono::milliseconds patience);

} // namespace convoy::actors
