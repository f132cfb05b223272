// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/event_row.hpp"
#include "actors/store/statements.hpp"
#include "actors/store/store.hpp"

#include <optional>
#include <string>

namespace convoy::actors::store {

/// What all parts of `database` share.
struct database::impl {
  explicit impl(const store_options& options);

  /// Refuses another key than the one the store was made with.
  void check_key();

  /// Writes one batch of the transaction that is open.
  void append_batch(const journal_batch& batch);

  statements db;
  std::string key;
  std::optional<event_writer> events;
  bool compacts = false; ///< the search index is being written anew
};

} // namespace convoy::actors::store
