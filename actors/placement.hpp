// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/registry.hpp"
#include "protocol/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <span>
#include <vector>

// Which node lives, and who shall have the homeless: what a node decides from
// what it sees of the others. Values only; time is an argument.
namespace convoy::actors {

/// What has to happen for a node to be declared dead.
struct grave {
  store::node_epoch epoch = 0;
  std::int64_t renewals = 0; ///< it has not renewed since
};

/// Sees by its own clock which nodes stand still (design §4). A node is dead
/// when a whole lease of its own has gone by since the first answer that showed
/// what still stands there: it renewed before that answer, so by its own clock
/// its lease is over. No wall clock is compared.
class node_watch {
public:
  /// `rows` are in an answer that came at `now`. Returns whom to bury; never
  /// `mine`.
  std::vector<grave> observe(std::span<const store::node_row> rows,
                             store::node_epoch mine, protocol::instant now);
  /// When the next one may be due, if none of them renews.
  std::optional<protocol::instant> next_due() const;
  /// Whether that node has renewed while we looked.
  bool has_seen_alive(store::node_epoch epoch) const;
  /// Whether there is no doubt about anybody's lease: all have renewed lately.
  bool is_steady(protocol::instant now) const;

private:
  struct sighting {
    std::int64_t renewals = 0;
    protocol::instant since{}; ///< when that was seen first
    std::chrono::milliseconds lease{};
    bool has_renewed = false;
  };
  std::map<store::node_epoch, sighting> seen_;
};

/// What a node knows before it claims.
struct claim_view {
  std::int64_t homeless = 0; ///< who want to be on IRC
  std::int64_t wanted = 0;   ///< all who are to have a home
  std::int64_t mine = 0;     ///< users who live here
  std::size_t nodes = 1;     ///< that take users, this one among them
};

/// How long a node with that lease looks who else has just been started, before
/// it claims anybody: a fifth of it, in which each renews once.
std::chrono::milliseconds first_look(std::chrono::milliseconds lease);

/// How many of `wanted` one of `nodes` shall have.
std::int64_t fair_share(std::int64_t wanted, std::size_t nodes);

/// When a node looks for the homeless and how many it claims at a time: its
/// fair share at once, more only of those whom nobody else has taken for a
/// while. Pauses are drawn by lot, so that nodes do not act in step, and grow
/// with the fleet, so that the store has the same to do.
class claim_pace {
public:
  /// Users that one claim takes at most.
  static constexpr std::size_t most = 100;
  /// So long the homeless wait for a node that has less than its share.
  static constexpr std::chrono::milliseconds patience{1000};

  /// `lease` is this node's; no pause is longer than half of it.
  claim_pace(std::chrono::milliseconds lease, std::uint64_t seed);

  /// Nobody is claimed before that.
  void claim_from(protocol::instant when);
  /// Until then nobody is claimed beyond the share: others take them, to whom
  /// we have left them, or who have just come.
  void leave_to_others(protocol::instant until);
  /// How many to claim now; 0 for none.
  std::size_t claims(const claim_view& seen, protocol::instant now);
  /// Until the next look at the nodes, of which there are so many.
  std::chrono::milliseconds pause(std::size_t nodes);
  /// The same while somebody is homeless.
  std::chrono::milliseconds busy_pause(std::size_t nodes);
  /// Until the next claim behind one that took all it could.
  std::chrono::milliseconds short_pause();
  /// Until the look that somebody's call for one causes, when so many nodes
  /// have heard it.
  std::chrono::milliseconds wake_pause(std::size_t nodes);

private:
  std::chrono::milliseconds jittered(std::chrono::milliseconds usual,
                                     std::chrono::milliseconds per_node,
                                     std::size_t nodes);

  std::chrono::milliseconds longest_;
  std::minstd_rand dice_;
  protocol::instant first_claim_{};
  protocol::instant others_until_{}; ///< none beyond the share before that
  /// Since when there have been homeless ones that we left to others.
  std::optional<protocol::instant> left_since_;
};

/// How many users a node lets go of that has clearly more than its share, as
/// one has for long when others join: each of them leaves IRC for a moment, so
/// it is done slowly, and only while nothing else happens to the fleet.
class rebalance_pace {
public:
  /// A share is exceeded by a tenth of it, and by more than these, before
  /// anybody goes.
  static constexpr std::int64_t few = 3;
  /// Users that go at a time, at most.
  static constexpr std::int64_t most = 10;

  /// So many `users` in a minute, 0 for none.
  rebalance_pace(std::chrono::milliseconds lease, unsigned users,
                 std::uint64_t seed);

  /// Something happens to the fleet: nobody goes for six leases.
  void unsettle();
  /// How many shall go now.
  std::size_t lets_go(const claim_view& seen, protocol::instant now);
  /// Who shall have them: by lot one of those with less than their share, of
  /// whom `mine` is none; or nobody.
  std::optional<store::node_epoch> taker(std::span<const store::node_row> rows,
                                         store::node_epoch mine,
                                         std::int64_t wanted);

private:
  std::minstd_rand dice_;
  std::chrono::milliseconds calm_;
  std::chrono::milliseconds interval_{}; ///< 0: for ever
  std::optional<protocol::instant> next_;
};

} // namespace convoy::actors
