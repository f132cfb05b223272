// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace convoy::actors::command_line {

/// The values of each option by its name, as they were written.
using option_values =
    std::map<std::string, std::vector<std::string>, std::less<>>;

/// What the table says; lists are empty.
option_values default_values();

/// The options that two readings of the configuration differ in.
struct option_changes {
  std::vector<std::string> live; ///< those that may change while a node runs
  std::vector<std::string> after_restart; ///< the others
};
option_changes compare_options(const option_values& before,
                               const option_values& after);

} // namespace convoy::actors::command_line
