// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/irc_session.hpp"
#include "protocol/time.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace convoy::actors {

/// The waits between connects: each twice the one before, up to a most (spec
/// §6.2), and longer or none at all as the reason asks for. No clock and no
/// dice: who uses it has both.
class backoff {
public:
  using seconds = std::chrono::duration<double>;

  /// A name or a certificate seldom gets right soon: the wait is at least so
  /// many first waits.
  static constexpr int slow = 8;
  /// The same where the server asks for a pause. As long must a connection
  /// hold to count as one that did.
  static constexpr int pause = 15;
  /// The second wait is at least that, also where the first one is none: who
  /// goes on without one asks a server that is away thousands of times a
  /// second, and writes each time down.
  static constexpr seconds shortest{0.25};

  backoff(seconds first, seconds most)
      : first_(first), most_(std::max(most, shortest)) {
    // nop
  }
  /// The server has let us in (001) at `now`.
  void welcome(protocol::instant now) {
    up_since_ = now;
  }
  /// A connection ended at `now` for `why`, or did not come about: how long to
  /// wait now, as people are told; nothing when it is theirs to try again. A
  /// connection that was let in starts the waits anew; one that held for less
  /// than a pause only when the one before it had held.
  std::optional<seconds> next(protocol::irc_end why, protocol::instant now) {
    if (up_since_) {
      const auto held = now - *std::exchange(up_since_, std::nullopt);
      const auto was_brief = held < first_ * pause;
      if (!was_brief || !brief_)
        reset();
      brief_ = was_brief;
    }
    switch (why) {
    case protocol::irc_end::password:
    case protocol::irc_end::banned:
      return std::nullopt;
    case protocol::irc_end::secure:
      // Once: what ends so again and again is no policy but a loop.
      if (!std::exchange(secured_, true))
        return seconds{0};
      return grow(1);
    case protocol::irc_end::dns:
    case protocol::irc_end::tls:
      return grow(slow);
    case protocol::irc_end::throttled:
      return grow(pause);
    case protocol::irc_end::lost:
      return grow(1);
    }
    return grow(1);
  }
  /// `wait` with up to a tenth on top, so that those who lost their connections
  /// together do not come back together; `dice` is 0 to 1.
  static seconds with_jitter(seconds wait, double dice) {
    return wait * (1 + dice / 10);
  }
  /// Start anew.
  void reset() {
    next_ = seconds{0};
    brief_ = false;
    secured_ = false;
  }

private:
  /// The next wait, of `least` first ones at least.
  seconds grow(int least) {
    const auto now = std::min(std::max(next_, first_ * least), most_);
    next_ = std::max(std::min(now * 2, most_), shortest);
    return now;
  }

  seconds first_;
  seconds most_;
  seconds next_{0};
  std::optional<protocol::instant> up_since_;
  bool brief_ = false;   ///< the last one that was let in did not hold
  bool secured_ = false; ///< went to TLS at once already
};

} // namespace convoy::actors
