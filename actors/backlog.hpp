// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/messages.hpp"
#include "protocol/event.hpp"
#include "protocol/json.hpp"

#include <cstddef>
#include <deque>
#include <vector>

namespace convoy::actors {

/// What a session that comes back has not been sent yet: a page of the journal,
/// and the live events that came meanwhile. Numbers leave it once and in order
/// (P2, P3).
class backlog {
public:
  /// Live events that are kept; when there are more the oldest are dropped, for
  /// they are in the journal.
  static constexpr std::size_t max_kept = 1024;
  /// Bytes after which a part is large enough.
  static constexpr std::size_t part_size = 64 * 1024;

  /// All up to `seen` has been sent, and all up to `known` is in the journal.
  backlog(protocol::event_seq seen, protocol::event_seq known)
      : seen_(seen), known_(known) {
    // nop
  }

  /// What is shown to the other sessions right now.
  void keep(const deliver& live);
  /// The events of the journal behind `seen`. False when one is missing.
  bool add(std::vector<protocol::event> page);
  /// The events up to `seq` are not to be sent.
  void skip_to(protocol::event_seq seq) {
    seen_ = seq;
  }
  /// What is to be sent next, about a `part_size`: nothing when that is in the
  /// journal, or when all has been sent.
  std::vector<net::payload> take(protocol::ts_format format);

  /// Whether what comes now follows what has been sent. When it does not and
  /// there is nothing to take, the journal has what is behind `seen`.
  bool is_empty() const;
  protocol::event_seq seen() const {
    return seen_;
  }

private:
  bool take_kept(std::vector<net::payload>& to, std::size_t& bytes);
  void drop_oldest();

  protocol::event_seq seen_;
  protocol::event_seq known_;
  std::vector<protocol::event> page_;
  std::size_t next_ = 0; ///< of the page
  std::deque<deliver> kept_;
  std::size_t kept_events_ = 0;
};

} // namespace convoy::actors
