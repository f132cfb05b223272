// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace convoy::actors::store {

/// How to open a store.
struct store_options {
  /// `sqlite:PATH`, `sqlite::memory:`, or `postgresql://…` as libpq takes it.
  std::string url;
  /// A commit is synced to disk (power cut) or only handed to the kernel
  /// (process crash).
  bool full_sync = true;
  /// 32 bytes that seal IRC passwords and channel keys.
  std::string key;
  /// How long a writer waits for another program's to end, and for a server.
  std::chrono::milliseconds patience{10'000};
  /// Of a copy that follows the store, for history and searches; or "".
  std::string replica_url{};
  bool is_copy = false; ///< this is it
};

} // namespace convoy::actors::store
