// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/store.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace convoy::actors {

/// One connection to the store for each thread that uses it.
struct node_stores {
  std::shared_ptr<store::database> writer;
  std::vector<std::shared_ptr<store::database>> readers;
  /// Of a fleet's node: what its lease is renewed with, and nothing else; and
  /// for all else about nodes and homes.
  std::shared_ptr<store::database> lease{};
  std::shared_ptr<store::database> registry{};
};

/// Opens the store and brings its schema up to date, of which `tell` is told.
/// With a `lease` it is one that other nodes use too. Throws with the place.
///
/// A schema that is newer than this program knows is refused, here, and not
/// looked at again while the node runs: nodes of an older program go on while
/// the first of a newer one brings the schema up to date. So a step of the
/// schema may only add what an older program need not know; what is no longer
/// used goes a version later.
node_stores open_stores(const store::store_options& options,
                        std::optional<std::chrono::milliseconds> lease,
                        protocol::timestamp now,
                        const store::schema_told& tell = {});

} // namespace convoy::actors
