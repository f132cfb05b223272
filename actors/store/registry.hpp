// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/account.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace convoy::actors::store {

class statements;

/// One life of a node, from its joining the fleet to its leaving it. Never used
/// again; 0 is nobody's.
using node_epoch = std::int64_t;

/// A node as the others see it.
struct node_row {
  node_epoch epoch = 0;
  std::string name;    ///< `--node-id`
  std::string version; ///< of its program
  /// Counts up with every renewal: who sees it stand still for a whole lease,
  /// by a clock of their own, may bury the node. So no wall clock is trusted.
  std::int64_t renewals = 0;
  std::int64_t lease_milliseconds = 0;
  bool draining = false;  ///< takes no more homes
  std::int64_t homes = 0; ///< users who live there
};

/// Which nodes there are, and which user lives where (design §4). A user's home
/// is an epoch in the row of that user, which every journal write compares: a
/// node that has been buried can write nothing more (the fence). Methods throw
/// `store_error`.
class registry {
public:
  explicit registry(statements& db) : db_(db) {
    // nop
  }

  // -- nodes ------------------------------------------------------------------

  /// A new life for the node of that name. Nothing when another life of that
  /// name is still there: it must be buried first, or leave.
  std::optional<node_epoch> join(const std::string& name,
                                 const std::string& version,
                                 std::chrono::milliseconds lease);
  /// False when the node has been buried: it holds nothing any more.
  bool renew(node_epoch mine, bool draining);
  /// All that are there, by name.
  std::vector<node_row> nodes();
  /// Declares a node dead that has not renewed since it stood at `renewals`;
  /// false when it has, or is gone already. Its users are homeless from now on.
  bool bury(node_epoch epoch, std::int64_t renewals);
  /// The node goes by itself; its users are homeless.
  void leave(node_epoch mine);

  // -- homes ------------------------------------------------------------------

  /// Makes `mine` the home of that user unless a node that is there has them,
  /// or they were offered to it; who has them now, or shall. Nothing when there
  /// is no such user, they are disabled, or `mine` has been buried.
  std::optional<node_epoch> claim(protocol::user_id user, node_epoch mine);
  /// Claims at most `most` homeless users who want to be on IRC or were offered
  /// to some node, and passes over those whom another node is just claiming.
  std::vector<protocol::user_id> claim_some(node_epoch mine, std::size_t most);
  /// Users who want to be on IRC, and those who were offered to a node and are
  /// not there yet.
  struct demand {
    std::int64_t homeless = 0; ///< those of them who live nowhere
    std::int64_t wanted = 0;   ///< all of them
  };
  demand count_demand();
  /// All who live at `mine`.
  std::vector<protocol::user_id> residents(node_epoch mine);
  /// They live nowhere from now on, if they lived at `mine`. They are offered
  /// to `taker` if that one is there and takes users, which is what is
  /// returned, and else to whoever comes first.
  bool release(protocol::user_id user, node_epoch mine, node_epoch taker = 0);
  /// Claims at most `most` of those who were offered to `mine`.
  std::vector<protocol::user_id> claim_offered(node_epoch mine,
                                               std::size_t most);

  // -- budgets ----------------------------------------------------------------

  /// Takes one from a budget that the whole fleet shares: `burst` at once, then
  /// one in each `interval`. 0 when it may be used now; else how long to wait
  /// for it, and with `reserve` it is taken all the same. By the clock of the
  /// database.
  std::chrono::microseconds take(const std::string& budget, unsigned burst,
                                 std::chrono::microseconds interval,
                                 bool reserve);
  /// Forgets at most `most` budgets that are full again; how many it were.
  std::size_t forget_budgets(std::size_t most);

private:
  statements& db_;
};

} // namespace convoy::actors::store
