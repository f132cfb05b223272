// SPDX-License-Identifier: Apache-2.0
#include "actors/node_stores.hpp"

#include <algorithm>
#include <cstddef>

namespace convoy::actors {

namespace {

constexpr std::size_t readers = 2;

/// Another program that holds the store for longer makes an outage.
constexpr std::chrono::milliseconds lock_patience{2000};

/// A renewal that takes longer than until the next one is tried anew.
constexpr int renewals = 5;

} // namespace

node_stores open_stores(const store::store_options& options,
                        std::optional<std::chrono::milliseconds> lease,
                        protocol::timestamp now,
                        const store::schema_told& tell) {
  {
    store::database first{options};
    first.migrate(tell);
    first.delete_expired_sessions(now);
    first.delete_unfinished_files();
  }
  const auto open = [&](std::chrono::milliseconds patience) {
    auto how = options;
    how.patience = patience;
    return std::make_shared<store::database>(how);
  };
  // From now on who waits for the writer may be somebody on IRC.
  node_stores result{open(lock_patience), {}};
  for (std::size_t n = 0; n < readers; ++n)
    result.readers.push_back(open(lock_patience));
  if (lease) {
    result.lease = open(std::min(lock_patience, *lease / renewals));
    result.registry = open(lock_patience);
  }
  return result;
}

} // namespace convoy::actors
