// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/messages.hpp"
#include "protocol/event.hpp"
#include "protocol/json.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

namespace convoy::actors {

/// The events of a user who lives elsewhere, as the bus brings them: made
/// whole from the journal where it has lost some, and each number but once
/// (P2).
class away_stream {
public:
  /// Events that are kept while those before them are read; more are read as
  /// well.
  static constexpr std::size_t max_kept = 1'024;

  /// All up to `place` has been shown at the home. The first such word is where
  /// the stream begins; what of it came before that word is to be shown now.
  std::vector<deliver> begin(protocol::event_seq place);
  /// What came; what of it, and of what was kept, is to be shown now.
  std::vector<deliver> take(const deliver& live);
  /// A page of the journal, behind `seen`. Nothing when an event is missing.
  std::optional<std::vector<deliver>>
  take_page(const std::vector<protocol::event>& page,
            protocol::ts_format format);

  /// Nobody listens any more.
  void reset();
  bool has_begun() const noexcept {
    return seen_.has_value();
  }
  /// All up to here has been shown here.
  protocol::event_seq seen() const noexcept {
    return seen_.value_or(0);
  }
  /// Whether the journal is to be read behind `seen`.
  bool has_gap() const noexcept {
    return seen_ && *seen_ < known_;
  }

private:
  bool append(const deliver& next, std::vector<deliver>& to);
  void take_kept(std::vector<deliver>& to);

  std::optional<protocol::event_seq> seen_;
  protocol::event_seq known_ = 0; ///< all up to here has been shown there
  std::deque<deliver> kept_;      ///< ascending
  std::size_t kept_events_ = 0;
};

} // namespace convoy::actors
