// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/progress.hpp"
#include "actors/store/statements.hpp"

#include <cstddef>

namespace convoy::actors::store {

/// The number of the newest schema this program knows.
std::size_t known_schema() noexcept;

/// The number of the store's schema; 0 when no step has been taken.
std::size_t schema_version(statements& db);

/// Takes the steps that the store lacks, each in a transaction of its own. A
/// store with a newer schema is refused.
void run_migrations(statements& db, const schema_told& tell = {});

} // namespace convoy::actors::store
