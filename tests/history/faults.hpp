// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/check.hpp"

#include <cstddef>
#include <vector>

namespace convoy::history {

/// A way to spoil a good history, so that the checker can be tested.
struct fault {
  const char* name;
  promise broken;
  /// False when the history has nothing that could be spoilt like that.
  bool (*plant)(std::vector<fact>& facts);
};

std::vector<fault> faults();

/// Names of the faults that `check` does not find, or gives to another promise,
/// when they are planted in the good history `facts`; with `applied` the number
/// that could be planted.
std::vector<const char*> missed_faults(const std::vector<fact>& facts,
                                       std::size_t& applied);

} // namespace convoy::history
