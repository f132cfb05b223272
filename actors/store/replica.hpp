// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"

#include <optional>

namespace convoy::actors::store {

/// A copy of the store that follows it at some distance, and only reads.
class replica {
public:
  /// `how` has the address of the copy.
  explicit replica(store_options how);

  /// The copy, when it has all of that user's journal which `primary` has now;
  /// null when it lags behind, or has failed lately.
  statements* caught_up(statements& primary, protocol::user_id user);
  /// It is left alone for a while.
  void failed() noexcept;

private:
  store_options how_;
  std::optional<statements> db_; ///< opened with the first use
  int rest_ = 0;                 ///< questions that it is not asked
};

} // namespace convoy::actors::store
