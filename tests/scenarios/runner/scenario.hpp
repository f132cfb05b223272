// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace convoy::scenarios {

/// Runs one scenario file against the program `convoy`. Returns "" when every
/// step came true and convoy then stops in order; else a report for people:
/// the place, what was expected, what came, the last things that peer got and
/// the end of convoy's log.
std::string run_scenario(const std::string& convoy, const std::string& file);

} // namespace convoy::scenarios
