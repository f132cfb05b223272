// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/event_row.hpp"
#include "actors/store/replica.hpp"
#include "actors/store/statements.hpp"
#include "actors/store/store.hpp"

#include <map>
#include <optional>
#include <string>

namespace convoy::actors::store {

/// What all parts of `database` share.
struct database::impl {
  explicit impl(const store_options& options);

  /// Refuses another key than the one the store was made with.
  void check_key();

  /// Writes one batch, for a user who lives at `home`, of the transaction that
  /// is open.
  void append_batch(const journal_batch& batch, node_epoch home);

  /// Finds out which commits were done of those that were under way when the
  /// connection was lost.
  void settle_doubts();

  /// Runs `body` on a copy of the store which has all that the user has, or on
  /// the store.
  template <class Body>
  auto reading(protocol::user_id user, const Body& body) {
    if (copy)
      if (auto* other = copy->caught_up(db, user))
        try {
          return body(*other);
        } catch (const store_outage&) {
          copy->failed();
        }
    return body(db);
  }

  statements db;
  std::optional<replica> copy;
  registry fleet{db};
  node_epoch home = 0; ///< of whom this may write
  /// The last events of commits whose end is not known; and of those that were
  /// done although their users were told that they were not.
  std::map<protocol::user_id, protocol::event_seq> in_doubt;
  std::map<protocol::user_id, protocol::event_seq> committed;
  std::string key;
  std::optional<event_writer> events;
  bool compacts = false; ///< the search index is being written anew
};

} // namespace convoy::actors::store
