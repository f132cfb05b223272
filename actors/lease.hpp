// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "actors/placement.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace convoy::actors {

/// Whoever ends this process when its lease is over and it has not left IRC:
/// because it was stopped, say.
struct lease_watchman {
  /// By a clock that goes on while the machine sleeps.
  std::function<std::chrono::nanoseconds()> now;
  /// From then on, unless it is told another time; 0: never.
  std::function<void(std::chrono::nanoseconds)> end_at;
};

/// What the lease begins with.
struct lease_start {
  std::string name;    ///< of the node
  std::string version; ///< of the program
  std::chrono::milliseconds lease{10'000};
  /// There may be no other node, for there is no bus.
  bool is_alone = false;
  /// Called when this node may not be here, with a sentence that says why.
  std::function<void(std::string)> refuse;
  lease_watchman watchman{};
  /// Runs a `store_job` on a connection that nobody else keeps busy.
  caf::actor runner{};
};

/// Whether this node may hold users (design §4): takes a lease, renews it and
/// tells the directory and `homes` when it is gained or lost. It is over here a
/// fifth of it before anybody else may think so, and a new one is only taken
/// when nobody of this node is on IRC any more. Life: `joining`, `holding`,
/// `fenced` until everybody has left IRC, and then `joining` again; `leaving`.
class lease_state {
public:
  static inline const char* name = "lease";

  lease_state(caf::stateful_actor<lease_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(std::weak_ptr<const node> home, lease_start how);

private:
  /// How a try to join went.
  struct attempt {
    std::optional<store::node_epoch> epoch;
    std::vector<store::node_row> nodes; ///< without one
  };

  caf::behavior joining();
  caf::behavior holding();
  caf::behavior fenced();
  caf::behavior leaving();
  /// What was asked for at that time, by both clocks.
  struct asked {
    protocol::instant at{};
    std::chrono::nanoseconds stamp{};
  };

  void tick_in(std::chrono::milliseconds wait);
  bool is_due() const;
  asked ask_now() const;
  /// Until when a lease is good that was asked for then.
  protocol::instant deadline_of(const asked& when) const;
  void try_to_join();
  void on_tried(const attempt& how, const asked& when);
  void look_at_others(const std::vector<store::node_row>& nodes);
  void hold(store::node_epoch epoch);
  void write_as();
  void renew();
  void on_renewed(const asked& when);
  void look_at_deadline();
  void fence(const char* why);
  void on_all_left();
  void tell(store::node_epoch epoch);
  caf::result<bool> on_stop();
  void leave_as(store::node_epoch epoch, std::function<void()> next);
  void end_at(std::chrono::nanoseconds when);
  protocol::instant now() const;
  std::chrono::milliseconds pause() const;
  std::chrono::milliseconds margin() const;

  caf::stateful_actor<lease_state>* self_;
  // Weak, for the node holds us.
  std::weak_ptr<const node> node_;
  lease_start how_;
  node_watch watch_;            ///< over those who are in our way
  store::node_epoch epoch_ = 0; ///< of this life, also while it is `fenced`
  bool is_held_ = false;        ///< and the archive writes by it
  bool is_draining_ = false;
  bool asks_registry_ = false; ///< an answer is on its way
  bool asks_archive_ = false;  ///< the same
  bool is_joining_ = true;
  bool is_leaving_ = false;
  bool has_failed_ = false; ///< the log knows
  protocol::instant deadline_{};
  protocol::instant next_tick_{}; ///< earlier ones are of another life
};

caf::behavior lease(caf::stateful_actor<lease_state>* self,
                    std::weak_ptr<const node> home, lease_start how);

} // namespace convoy::actors
