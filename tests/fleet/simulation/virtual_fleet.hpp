// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/placement.hpp"
#include "tests/protocol/chances.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <queue>
#include <string>
#include <utility>
#include <vector>

namespace convoy::simulation {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// What a fleet is made of.
struct fleet_settings {
  std::size_t nodes = 100;
  std::size_t users = 100'000;
  milliseconds lease{10'000};
  std::uint64_t seed = 1;
  /// One connect in each of these, for each IRC network and source address;
  /// nodes share the addresses.
  milliseconds connect_interval{4'000};
  std::size_t addresses = 100;
  unsigned rebalance = 6; ///< users a minute
};

/// How long something took, for many.
class durations {
public:
  void add(milliseconds one) {
    all_.push_back(one);
  }
  std::size_t count() const noexcept {
    return all_.size();
  }
  /// Of so many percent it took no longer.
  milliseconds percentile(std::size_t percent);
  /// `12 users: half within 1.2 s, 99 % within 3.4 s, all within 5.6 s`
  std::string text();

private:
  std::vector<milliseconds> all_;
};

/// The nodes of a fleet in virtual time: the store is a table here, a network
/// connect is a number, and who is dead, who looks when and who claims how many
/// is decided by the code of the program (actors/placement.hpp).
class virtual_fleet {
public:
  explicit virtual_fleet(const fleet_settings& how);

  // -- what happens -----------------------------------------------------------

  /// They come within that time.
  void start_nodes(std::size_t count, milliseconds within);
  /// So many of those that live die at once.
  void kill_nodes(std::size_t count);
  /// A node lets go of its users, so many in a second, and comes again.
  void restart_node(std::size_t number, std::size_t users_a_second);
  /// The store is away for so long.
  void stop_store(milliseconds time);

  /// Time goes by.
  void pass(milliseconds time);
  /// Until everybody has a home; false when that takes longer than `limit`.
  bool await_homes(milliseconds limit);

  // -- what was seen ----------------------------------------------------------

  /// Forgets what was seen so far; everybody has been on IRC for long.
  void look_anew();
  /// Users that nodes which live have at least and at most.
  std::pair<std::size_t, std::size_t> spread() const;
  std::size_t living() const;
  std::size_t homeless() const;
  /// From the death of its node to a home elsewhere; to the connect that its
  /// budget lets through.
  durations& housed() noexcept {
    return housed_;
  }
  durations& connected() noexcept {
    return connected_;
  }
  /// Statements that the store ran in its busiest second.
  std::size_t busiest_second() const;
  /// Rows about nodes that it gave in its busiest second.
  std::size_t most_rows() const;
  /// Users who were let go of by a node that had too many, and the most that
  /// one node did so in a minute.
  std::size_t moved() const;
  std::size_t busiest_move() const;
  /// Connects to the largest network in their busiest minute, and what the
  /// budget allows in one.
  std::size_t busiest_minute() const;
  std::size_t allowed_minute() const;
  /// Whether somebody has been given a home while they had one.
  bool is_sound() const noexcept {
    return is_sound_;
  }
  protocol::instant now() const noexcept {
    return now_;
  }

private:
  using user = std::uint32_t;

  struct node {
    bool lives = false;
    bool draining = false;
    actors::store::node_epoch epoch = 0;
    std::size_t life = 0; ///< events of an earlier one are stale
    actors::node_watch watch;
    actors::claim_pace pace{10'000ms, 0};
    actors::rebalance_pace balance{10'000ms, 0, 0};
    std::vector<user> mine;
    std::vector<actors::store::node_epoch> seen;
    std::size_t takers = 1;
    unsigned looks = 0;
    bool is_called = false;
    bool is_looking = false;
    protocol::instant next_look{};
    protocol::instant renewed{};
  };
  struct event {
    protocol::instant at;
    std::uint64_t number; ///< first in, first out
    std::function<void()> what;
  };
  struct later {
    bool operator()(const event& a, const event& b) const {
      return std::pair(a.at, a.number) > std::pair(b.at, b.number);
    }
  };

  void in(milliseconds wait, std::function<void()> what);
  /// For a node as long as it lives.
  void in(node& whose, milliseconds wait, void (virtual_fleet::*what)(node&));
  /// The same, behind a statement of the store.
  void ask(node& whose, void (virtual_fleet::*what)(node&));
  bool step(protocol::instant until);

  void join(node& one);
  void die(node& one);
  void renew(node& one);
  void release_some(node& one, std::size_t count);
  void call_all();
  void call(node& one);
  void let_some_go(node& one, const actors::claim_view& seen);
  void look_in(node& one, milliseconds wait);
  void on_look_due(node& one);
  void on_nodes(node& one);
  void on_demand(node& one);
  void look_later(node& one);
  void claim(node& one, std::size_t wished);
  void make_homeless(const std::vector<user>& those);
  void connect(const node& one, user who);
  std::size_t network_of(user who) const;
  actors::store::node_row* row_of(actors::store::node_epoch epoch);
  void remove_row(actors::store::node_epoch epoch);

  fleet_settings how_;
  protocol::chances dice_;
  protocol::instant now_{};
  protocol::instant store_back_{}; ///< it is away until then
  std::uint64_t events_ = 0;
  std::priority_queue<event, std::vector<event>, later> queue_;
  std::deque<node> nodes_;
  std::vector<actors::store::node_row> rows_;
  std::map<actors::store::node_epoch, std::size_t> places_; ///< in `nodes_`
  actors::store::node_epoch last_epoch_ = 0;
  std::vector<actors::store::node_epoch> homes_; ///< by user
  std::vector<protocol::instant> lost_;          ///< by user
  std::deque<user> homeless_;
  /// By network and address: when the next one may.
  std::map<std::pair<std::size_t, std::size_t>, protocol::instant> budgets_;
  std::map<std::int64_t, std::size_t> statements_; ///< by second
  std::map<std::int64_t, std::size_t> node_rows_;  ///< by second
  std::map<std::int64_t, std::size_t> connects_;   ///< by minute
  /// By node and minute.
  std::map<std::pair<actors::store::node_epoch, std::int64_t>, std::size_t>
      moves_;
  durations housed_;
  durations connected_;
  bool is_sound_ = true;
};

} // namespace convoy::simulation
