// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fleet/fleet.hpp"
#include "tests/fleet/options.hpp"
#include "tests/history/crowd.hpp"
#include "tests/history/irc_network.hpp"
#include "tests/history/surroundings.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace convoy::fleet {

/// Whoever gets so little of a machine's time that a lease of this length is
/// not renewed could not serve people either. Crashes of PostgreSQL are over by
/// then, too.
constexpr std::chrono::seconds long_lease{8};

/// A run: a fleet, its users and their IRC server, and what goes wrong.
class trial {
public:
  explicit trial(const options& how);
  ~trial();

  /// Makes trouble as the options say, then waits until nothing is under way
  /// any more.
  /// @throws scenarios::failure when a node ends by itself, or somebody is not
  /// where they should be in time.
  void run();
  /// Notes what the store has.
  void look_into_store();
  /// Ends the nodes. @throws scenarios::failure when one does not end well.
  void stop();

  const std::vector<history::fact>& facts() const noexcept {
    return in_.record.facts();
  }
  const history::tally& counts() const noexcept {
    return in_.counts;
  }
  void keep_logs(const std::string& folder) const {
    fleet_.keep_logs(folder);
  }

private:
  using milliseconds = history::milliseconds;
  struct fault {
    const char* name;
    void (trial::*make)();
  };
  static const std::vector<fault>& faults();

  void begin();
  /// The nodes count logins together: when as many have come as one address
  /// may, each refuses the next. @throws scenarios::failure when one does not.
  void expect_no_login();
  void make(const fault& what);
  void plant(const std::string& what);

  // -- what goes wrong (trial_faults.cpp) -------------------------------------

  void kill_node();
  void kill_bus();
  void crash_postgres();
  void freeze_node();
  void cut_postgres();
  void cut_bus();
  void cut_all();
  void vanish();
  void jump_clock();
  /// Waits until the node dates its answers so.
  void await_clock(node& whose, std::chrono::seconds shift);
  void drain_node();
  /// A node that died gets its share again.
  void lose_and_even_out();
  /// A later version has changed the schema: who runs goes on.
  void change_schema();

  void cut(node& whom, const std::string& from,
           const std::function<void(tcp_gate::passage)>& set);
  /// Somebody may need to be on IRC from another node soon; this one may not
  /// know for so long.
  void lose_homes(const node& whom, history::moment grace);
  /// Whoever lives anywhere may have lost what is not committed yet.
  void lose_all();
  void start_again(node& whom);
  /// Waits for the end of the sessions that a node had when there were so many
  /// facts. @throws scenarios::failure when one of them was cut.
  void expect_told(const node& whom, std::size_t begun);
  /// Notes who has lost a lease, and homes with it, though nothing was done to
  /// them. The run fails then, unless the lease is so short that a busy machine
  /// may be why.
  void look_for_lost_leases();
  /// What the node said when it lost a lease last; "" when it did not.
  std::string reason_of_loss(const std::string& name) const;

  // -- waiting ----------------------------------------------------------------

  /// Until everybody is on IRC and all nodes are ready.
  void recover();
  void await(const std::string& what, const std::function<bool()>& done,
             std::chrono::seconds limit = patience);
  void await_nodes();
  void pass(milliseconds time);
  /// Whether a node has ended that should run.
  const node* fallen();
  void tell(const std::string& what);
  std::string who_lives_where();
  node& some_node();
  /// Longer than a lease, and a part of one that harms nobody.
  milliseconds long_time();
  milliseconds short_time() const;
  /// Until everybody of a lost node is on IRC again (P6).
  history::moment limit() const;

  options how_;
  history::surroundings in_;
  fleet fleet_;
  history::irc_network irc_;
  history::door door_{"fleet", 0};
  history::crowd people_;
  std::unique_ptr<scenarios::line_peer> rogue_;
  const node* down_ = nullptr; ///< may end
  /// By name, as it was last.
  std::map<std::string, std::string> epochs_;
  std::map<std::string, std::string> homes_; ///< nodes by user
  std::set<std::string> disturbed_;          ///< nodes, since then
  std::string unexpected_; ///< leases that were lost, for people
};

} // namespace convoy::fleet
