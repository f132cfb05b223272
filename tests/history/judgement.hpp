// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/surroundings.hpp"

#include <functional>
#include <string>
#include <vector>

// What is said at the end of a run.
namespace convoy::history {

void print(const tally& counts);

/// Whether the history is as it should be; prints what is not. With a `plant`
/// it should be wrong in that way; with `self_test` the checker has to find all
/// that is planted in the record, too.
bool judge(const std::vector<fact>& facts, const std::string& plant,
           bool self_test);

/// Writes them as JSON, a line each.
void keep_facts(const std::vector<fact>& facts, const std::string& path);

/// Does it; prints why when it throws, which is false.
bool succeeds(const std::function<void()>& what);

} // namespace convoy::history
