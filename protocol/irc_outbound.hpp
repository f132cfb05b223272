// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/event.hpp"
#include "protocol/irc_waiters.hpp"
#include "protocol/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <vector>

namespace convoy::protocol {

/// What leaves for the server at one go, and what depends on its having left.
struct irc_parcel {
  std::uint64_t id = 0;           ///< given by the queue
  std::vector<std::string> lines; ///< without CR LF
  std::vector<event> events;      ///< to be shown then
  std::vector<irc_asker> askers;  ///< to be answered then
  /// What they asked for begins in the parcel of this id, or, when it is 0, has
  /// begun to leave before.
  std::uint64_t begins = 0;
};

/// How fast lines may leave.
struct irc_pace {
  std::size_t burst = 1; ///< at once, after a rest
  /// One more in each; 0 ms: there is no limit.
  std::chrono::milliseconds interval{};
};

/// The lines that wait for their turn, so that a server does not take us for a
/// flood: a token bucket, in order, with a bound. Slower after a complaint of
/// the server, and slowly faster again.
class irc_outbound {
public:
  /// No complaint makes it slower than one line in this time.
  static constexpr std::chrono::milliseconds slowest{10'000};
  /// After so long without a complaint the interval is halved again.
  static constexpr std::chrono::minutes forgiveness{10};

  enum class verdict : std::uint8_t {
    leaves, ///< now
    waits,  ///< `last` is its id
    full    ///< and nothing of it was taken
  };

  /// `learned` is an interval that `learned()` gave earlier. What waits stays.
  void configure(irc_pace pace, std::size_t limit,
                 std::optional<std::chrono::milliseconds> learned);
  /// A new connect: the bucket is full.
  void rest() noexcept;

  /// Adds lines that leave together, as one. When they leave at once they are
  /// left in `lines`; when they wait they are taken.
  verdict add(std::vector<std::string>& lines, instant now);
  /// Something leaves that does not wait for its turn.
  void pass() noexcept;
  /// Whether a line would leave at once.
  bool is_free(instant now) const noexcept;
  /// Whether `count` more lines can leave or wait, each by itself.
  bool has_room(std::size_t count, instant now) const noexcept;

  /// Id of what was last added if it waits, else 0.
  std::uint64_t last() const noexcept;
  /// What was last added, to be told what depends on it; null if it has left.
  irc_parcel* last_parcel() noexcept;

  /// The next one whose time has come.
  std::optional<irc_parcel> release(instant now);
  /// When `release` has something; nothing when nothing waits.
  std::optional<instant> deadline() const noexcept;
  /// Lines that wait.
  std::size_t size() const noexcept;
  /// How long until the last of them leaves.
  std::chrono::milliseconds wait(instant now) const noexcept;
  /// Takes out all that waits, oldest first.
  std::list<irc_parcel> clear() noexcept;

  /// The server says that we are too fast.
  void slow_down(instant now) noexcept;
  /// Whether lines have left so lately that a complaint may be about them.
  bool busy(instant now) const noexcept;
  /// The interval when it is not the configured one: to be kept.
  std::optional<std::chrono::milliseconds> learned() const noexcept;

private:
  std::chrono::milliseconds slack() const noexcept;
  std::size_t tokens(instant now) const noexcept;
  void recover(instant now) noexcept;
  bool take_token(instant now) noexcept;

  irc_pace pace_;
  std::size_t limit_ = 0;
  std::chrono::milliseconds interval_{}; ///< the real one
  /// When the bucket will be full again.
  instant full_at_{};
  std::optional<instant> slowed_at_;
  std::list<irc_parcel> waiting_;
  std::size_t lines_ = 0;
  std::uint64_t ids_ = 0;
  bool last_waits_ = false;
};

} // namespace convoy::protocol
