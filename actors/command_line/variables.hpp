// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/source.hpp"

#include <map>
#include <string>

namespace convoy::actors::command_line {

/// Name and value of each environment variable.
using environment = std::map<std::string, std::string>;

/// Reads `NAME=value` entries up to a null pointer, as `environ` holds them.
environment read_environment(const char* const* entries);

/// What the environment says.
struct variables {
  source options;
  std::string config; ///< of CONVOY_CONFIG, the path of the file; or ""
};

/// Reads the variables that begin with `CONVOY_`; one that is unknown is a
/// problem. `CONVOY_X_FILE` names a file that holds the value of the option
/// `x`, but for one newline at its end, unless `x-file` is an option itself.
/// Values of a list are separated by commas or white space.
variables read_variables(const environment& from);

} // namespace convoy::actors::command_line
