// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/irc_session.hpp"
#include "protocol/time.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace prometheus {
class Counter;
class Gauge;
} // namespace prometheus

// What a node counts of itself, for `/metrics`. An instrument may be used from
// any thread; it neither locks nor allocates. One that was made by itself
// counts nothing.
namespace convoy::net {

/// Counts up.
class counter {
public:
  counter() = default;
  explicit counter(prometheus::Counter& what) : what_(&what) {
    // nop
  }
  void add(std::uint64_t count = 1) const noexcept;

private:
  prometheus::Counter* what_ = nullptr;
};

/// How many there are now.
class gauge {
public:
  gauge() = default;
  explicit gauge(prometheus::Gauge& what) : what_(&what) {
    // nop
  }
  /// `change` may be below zero.
  void add(std::int64_t change) const noexcept;
  void set(std::int64_t value) const noexcept;
  std::int64_t value() const noexcept;

private:
  prometheus::Gauge* what_ = nullptr;
};

/// Is counted by a gauge for as long as it lives.
class presence {
public:
  presence() = default;
  /// Counts as so many.
  explicit presence(gauge where, std::size_t count = 1)
      : where_(where), count_(static_cast<std::int64_t>(count)) {
    where_.add(count_);
  }
  presence(presence&& other) noexcept
      : where_(std::exchange(other.where_, {})), count_(other.count_) {
    // nop
  }
  presence& operator=(presence&& other) noexcept {
    std::swap(where_, other.where_);
    std::swap(count_, other.count_);
    return *this;
  }
  ~presence() {
    where_.add(-count_);
  }

private:
  gauge where_;
  std::int64_t count_ = 0;
};

class distribution;

/// How long something takes.
class stopwatch {
public:
  stopwatch() = default;
  explicit stopwatch(distribution& what) : what_(&what) {
    // nop
  }
  void add(std::chrono::nanoseconds time) const noexcept;

private:
  distribution* what_ = nullptr;
};

/// When something runs out.
class countdown {
public:
  countdown() = default;
  explicit countdown(std::atomic<std::int64_t>& what) : what_(&what) {
    // nop
  }
  void set(protocol::instant when) const noexcept;
  /// There is nothing that could.
  void clear() const noexcept;
  std::optional<protocol::instant> value() const noexcept;

private:
  std::atomic<std::int64_t>* what_ = nullptr;
};

/// How an IRC connection is doing.
enum class irc_phase {
  offline,
  backing_off,
  queued, ///< behind others who want to that host
  dialing,
  registering,
  online
};

/// `dns`, as labels and the log have it.
const char* name_of(protocol::irc_end why) noexcept;

/// How a session that came back was answered.
enum class resume_result {
  resumed,
  other_stream, ///< its numbers are of another stream
  too_many,     ///< it missed more events than may be sent again
  too_old       ///< the journal has them no more
};

/// What an HTTP request is for.
enum class request_class { api, events, file, page, content, internal };

class label_sets;

/// The instruments of a node. The names are in `metrics.cpp`.
struct meters {
  // -- what there is ----------------------------------------------------------
  gauge ready; ///< 1 or 0, when somebody looked last
  gauge sessions;
  gauge users; ///< who have an actor here
  gauge homes; ///< who live here
  /// Of an IRC connection of that phase to that network. The first
  /// `max_networks` networks have a label of their own; for "" and all others
  /// it is `other`. To be kept, for the look-up locks.
  gauge irc_connections(irc_phase phase, std::string_view network) const;
  static constexpr std::size_t max_networks = 50;

  // -- the stream -------------------------------------------------------------
  counter events;           ///< numbered, committed and shown
  counter event_bytes;      ///< of frames, written to WebSockets
  stopwatch commit;         ///< one commit of the archive, of many batches
  stopwatch deliver_lag;    ///< from the socket of IRC to the sessions
  gauge uncommitted_events; ///< numbered, not committed
  gauge uncommitted_batches;
  counter holes; ///< sessions that were told that events are missing
  counter resumes(resume_result how) const noexcept {
    return resume_results[static_cast<std::size_t>(how)];
  }
  counter slow_consumer_closes;

  // -- IRC --------------------------------------------------------------------
  stopwatch irc_registration; ///< from connected to welcome
  counter irc_connect_failures(protocol::irc_end why) const noexcept {
    return irc_failures[static_cast<std::size_t>(why)];
  }
  gauge dial_queue; ///< connections that wait for their turn

  // -- HTTP -------------------------------------------------------------------
  /// `status` is that of the answer: 100 to 599.
  counter http_requests(request_class what, unsigned status) const noexcept;
  stopwatch http_request(request_class what) const noexcept {
    return http_times[static_cast<std::size_t>(what)];
  }
  gauge password_queue; ///< passwords that wait for their hash

  // -- the fleet --------------------------------------------------------------
  counter homes_in;      ///< users who moved in
  counter homes_out;     ///< users who moved out
  countdown lease;       ///< when this node may hold nobody any more
  gauge bus_connected;   ///< 1 or 0
  counter bus_connects;  ///< the first, and each after a loss
  counter bus_published; ///< messages, requests and answers among them
  counter bus_received;
  counter bus_bytes_published;
  counter bus_bytes_received;
  counter bus_dropped; ///< lost here, for there was no room

  static constexpr std::size_t request_classes = 6;
  static constexpr std::size_t status_classes = 5;
  std::array<counter, 4> resume_results;
  std::array<counter, 7> irc_failures;
  std::array<counter, request_classes * status_classes> http_counters;
  std::array<stopwatch, request_classes> http_times;
  label_sets* labels = nullptr;
};

/// Instruments that count nothing.
const meters& no_meters();

/// Owns the instruments of a node, which must not be used after it is gone.
class metrics {
public:
  explicit metrics(std::string version);
  ~metrics();
  metrics(const metrics&) = delete;
  metrics& operator=(const metrics&) = delete;

  const meters& instruments() const noexcept;
  /// All there is to say, and how the process is doing, in the text format of
  /// Prometheus.
  std::string text(protocol::instant now) const;
  /// Of that text.
  static constexpr const char* content_type =
      "text/plain; version=0.0.4; charset=utf-8";

private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

} // namespace convoy::net
