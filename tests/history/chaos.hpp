// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/crowd.hpp"
#include "tests/history/irc_network.hpp"
#include "tests/history/options.hpp"
#include "tests/history/surroundings.hpp"
#include "tests/scenarios/runner/convoy_server.hpp"
#include "tests/scenarios/runner/stage.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace convoy::history {

class store_probe;

/// A run: one node, its users and their IRC server, and what goes wrong.
class chaos {
public:
  explicit chaos(const options& how);
  ~chaos();

  /// Makes trouble for as long as the options say, then waits until nothing is
  /// under way any more.
  /// @throws scenarios::failure when Convoy ends by itself, or is not at rest
  /// in time.
  void run();
  /// Notes what the store has.
  void look_into_store();
  /// Ends the node. @throws scenarios::failure when it does not end well.
  void stop();

  const std::vector<fact>& facts() const noexcept {
    return in_.record.facts();
  }
  const tally& counts() const noexcept {
    return in_.counts;
  }
  /// What Convoy logged.
  std::string log() const;

private:
  void plant(const std::string& fault);
  void start_node();
  void make_trouble();
  void calm();
  void kill_node();
  void stop_node();
  void begin_again();
  void quit_irc();
  void damage(store_probe& store) const;
  void stall_store();
  void fail_store();
  void hang_up();
  void flood();

  /// Handles what happens until `done`; `what` is for people.
  /// @throws scenarios::failure when it is not in time.
  void await(const std::string& what, const std::function<bool()>& done);
  void pass(milliseconds time);
  void tell(const std::string& phase) const;
  const std::string& some_user();
  std::string store_path() const;

  options how_;
  surroundings in_;
  scenarios::temporary_directory folder_;
  scenarios::convoy_server server_;
  std::chrono::steady_clock::time_point began_;
  irc_network irc_;
  door door_{"a", 0};
  std::uint16_t port_ = 0; ///< of the node, once it is known
  crowd people_;
  std::set<std::string> due_; ///< faults that have not had their turn
};

} // namespace convoy::history
