// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/fact.hpp"

#include <string>
#include <vector>

namespace convoy::fleet {

/// For each kind of trouble (the first word of its text) how long it took until
/// users whose home was lost were on IRC again, and how long those were away
/// whose connection ended; and the shortest time between two connections of one
/// user. For people.
std::string report(const std::vector<history::fact>& facts);

} // namespace convoy::fleet
