// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/registry.hpp"
#include "net/bus.hpp"
#include "protocol/account.hpp"

#include <caf/actor.hpp>

#include <cstddef>
#include <string>
#include <vector>

// What the actors of a fleet's node tell each other.
namespace convoy::actors {

/// lease → homes, directory: this node may hold users, as `epoch`; or, with 0,
/// it may not: IRC is left at once and nothing is written any more.
struct lease_is {
  store::node_epoch epoch = 0;
};

/// → lease: answered with `lease_is`.
struct get_lease {};

/// main → lease, homes: the node takes no more users and lets go of those it
/// has.
struct drain_node {};

/// directory → homes: where does that user live? Somebody homeless moves in
/// here. Answered with `home_is`, or an error when the store does not answer.
struct locate {
  protocol::user_id user{};
};
struct home_is {
  protocol::user_id user{};
  bool is_here = false;
  /// Whose home it is; 0: they can live nowhere (disabled, unknown, or this
  /// node has no lease).
  store::node_epoch epoch = 0;
};

/// homes → directory: these users live here from now on, and want to be on IRC.
struct moved_in {
  std::vector<protocol::user_id> users;
};

/// directory → homes: the user's actor has ended; somebody else may have them.
/// Answered once the store knows, or the lease is lost.
struct moved_out {
  protocol::user_id user{};
  bool was_let_go = false; ///< for who is to have them
};

/// homes → itself: the store did not take that somebody has moved out.
struct release_again {
  protocol::user_id user{};
};

/// directory → itself: somebody who lives here has no actor.
struct revive {
  protocol::user_id user{};
};

/// homes → directory: so many users shall live elsewhere; those whom it costs
/// least go.
struct let_go {
  std::size_t users = 0;
};

/// user → directory: whether they have a session, on whichever node.
struct has_sessions {
  protocol::user_id user{};
  bool any = false;
};

/// away_user → directory: the user has to be located anew.
struct lost_home {
  protocol::user_id user{};
};

/// bus → an actor: what came.
struct bus_delivery {
  net::bus_message message;
};
/// bus → an actor: how its request ended. `ticket` is the asker's.
struct bus_result {
  std::uint64_t ticket = 0;
  net::bus_answer answer;
};

/// post_office → site, profiles: another node has changed what the store has.
struct read_again {};

/// directory → post_office: commands for that user go to this actor from now
/// on; or, without one, to nobody.
struct deliver_to {
  protocol::user_id user{};
  caf::actor actor;
};

} // namespace convoy::actors
