// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/fact.hpp"
#include "tests/history/meddler.hpp"
#include "tests/protocol/chances.hpp"
#include "tests/scenarios/runner/world.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <functional>

namespace convoy::history {

using milliseconds = std::chrono::milliseconds;

/// What happened, for the last line.
struct tally {
  std::size_t lines = 0;     ///< of the IRC server
  std::size_t events = 0;    ///< shown to sessions
  std::size_t sessions = 0;  ///< opened
  std::size_t resumes = 0;   ///< of these, that went on
  std::size_t slow = 0;      ///< closed because they were too slow
  std::size_t sends = 0;     ///< new ones
  std::size_t repeats = 0;   ///< of a nonce
  std::size_t sent = 0;      ///< answers
  std::size_t refusals = 0;  ///< answers
  std::size_t unknowns = 0;  ///< answers
  std::size_t kills = 0;     ///< of nodes
  std::size_t stops = 0;     ///< of nodes
  std::size_t quits = 0;     ///< of users
  std::size_t stalls = 0;    ///< of the store
  std::size_t failures = 0;  ///< of the store
  std::size_t irc_drops = 0; ///< connections that the IRC server ended
};

/// What all parts of a run share.
struct surroundings {
  explicit surroundings(std::uint64_t seed) : dice(seed) {}

  /// A random time of `from` to `to`.
  milliseconds between(milliseconds from, milliseconds to) {
    const auto spread = static_cast<std::size_t>((to - from).count());
    return from + milliseconds(dice.below(spread + 1));
  }

  scenarios::world loop;
  recorder record;
  protocol::chances dice;
  tally counts;
  /// What happens to frames on their way to a client, and to lines on their way
  /// to Convoy.
  meddler::habit frames = meddler::habit::none;
  meddler::habit lines = meddler::habit::none;
  /// Clients and people on IRC pause so many times as long.
  int pace = 1;
};

/// Does something again and again, after pauses that the thing itself chooses.
class routine {
public:
  /// `step` returns how long the next pause is.
  routine(surroundings& in, std::function<milliseconds()> step)
      : timer_(in.loop.io()), step_(std::move(step)) {}

  void start(milliseconds first) {
    timer_.expires_after(first);
    timer_.async_wait([this](const auto& error) {
      if (!error)
        start(step_());
    });
  }
  void stop() {
    timer_.cancel();
  }

private:
  boost::asio::steady_timer timer_;
  std::function<milliseconds()> step_;
};

} // namespace convoy::history
