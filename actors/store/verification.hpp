// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/progress.hpp"
#include "actors/store/store.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace convoy::actors::store {

/// What was found out about a store.
struct verdict {
  std::vector<std::string> problems; ///< a sentence each; none when all is well
  std::size_t schema = 0;            ///< as it is, and as this program knows it
  std::size_t known_schema = 0;
};

/// Reads all of a store: whether its file is whole, every reference leads
/// somewhere, every secret opens with the key, every stored file has its size,
/// no event has a number that was not given yet, and the search index is in
/// step. A store of an older schema is looked at as far as it goes. Nothing is
/// changed, and a node may use it meanwhile. Throws `store_error` when it
/// cannot be opened.
verdict verify(const store_options& options, const progress& tell);

} // namespace convoy::actors::store
