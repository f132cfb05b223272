// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "actors/placement.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace convoy::actors {

/// What `homes` begins with.
struct homes_start {
  std::chrono::milliseconds lease{10'000};
  std::uint64_t seed = 0; ///< of its dice
  /// Users it lets go of in a minute when it has too many; 0 for none.
  unsigned rebalance = 0;
  /// Nobody is claimed for so long after a lease was taken: others who start at
  /// the same time are to be seen first.
  std::chrono::milliseconds first_wait{0};
};

/// Which user lives on which node (design §4): buries nodes that are dead,
/// claims the homeless in fair shares, lets go of what is clearly more than
/// one, and answers `locate`. Answers
/// `get_lease` with the node's lease where it is the eldest, which does what
/// one node does for all. Life: `away` without a lease, `housing` with one,
/// `draining`.
class homes_state {
public:
  static inline const char* name = "homes";

  homes_state(caf::stateful_actor<homes_state>* self) : self_(self) {
    // nop
  }

  /// Before the first lease people wait for it so long.
  static constexpr std::chrono::seconds start_patience{5};

  caf::behavior start(std::weak_ptr<const node> home, homes_start how);

  /// The store is told again after this that somebody has moved out.
  static constexpr std::chrono::seconds release_pause{1};

private:
  /// Somebody who has no actor here any more, and lives here in the store.
  struct leaving_user {
    caf::typed_response_promise<bool> promise;
    std::optional<store::node_epoch> taker; ///< who shall have them
  };

  caf::behavior starting();
  caf::behavior away();
  caf::behavior housing();
  caf::behavior draining();
  void on_lease(const lease_is& now);
  caf::result<home_is> on_locate(const locate& who);
  caf::result<bool> on_moved_out(const moved_out& who);
  void release(protocol::user_id user);
  void stays(protocol::user_id user);
  void count_in(std::size_t users) const;
  void call_others() const;
  void call(std::optional<store::node_epoch> whom) const;

  // -- looking (homes_look.cpp) -----------------------------------------------

  void look_in(std::chrono::milliseconds wait);
  void on_call();
  void look();
  void on_nodes(const std::vector<store::node_row>& rows);
  void bury(const std::vector<grave>& dead);
  void look_for_offered();
  void look_for_forgotten();
  void look_for_homeless();
  void claim(const claim_view& seen);
  void let_some_go(const claim_view& seen);
  void on_claimed(const std::vector<protocol::user_id>& users,
                  std::size_t wished);
  void move_in(const std::vector<protocol::user_id>& users);
  void look_later();

  /// Runs `job` with the registry, then `next` with what it returned, unless
  /// another life has begun meanwhile.
  template <class Job, class Next>
  void ask_registry(Job job, Next next);
  protocol::instant now() const;

  caf::stateful_actor<homes_state>* self_;
  // Weak, for the node holds us.
  std::weak_ptr<const node> node_;
  homes_start how_;
  store::node_epoch epoch_ = 0;
  std::set<protocol::user_id> mine_; ///< who live here
  std::map<protocol::user_id, leaving_user> leaving_;
  node_watch watch_;
  claim_pace pace_{{}, 0};
  rebalance_pace balance_{{}, 0, 0};
  std::vector<store::node_epoch> nodes_; ///< at the last look
  std::size_t takers_ = 1;               ///< of them, who take users
  std::int64_t housed_ = 0;              ///< users who live at those
  std::vector<store::node_row> rows_;    ///< at the last look
  /// Who shall have the users we let go of.
  std::optional<store::node_epoch> taker_;
  protocol::instant next_look_{};
  protocol::instant next_forgetting_{};
  bool is_looking_ = false;
  bool is_eldest_ = false;  ///< of the nodes
  bool is_called_ = false;  ///< somebody may be homeless
  bool has_failed_ = false; ///< the log knows
  unsigned looks_ = 0;
};

caf::behavior homes(caf::stateful_actor<homes_state>* self,
                    std::weak_ptr<const node> home, homes_start how);

} // namespace convoy::actors
