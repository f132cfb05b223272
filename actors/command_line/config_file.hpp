// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/source.hpp"

#include <string>
#include <string_view>

namespace convoy::actors::command_line {

/// Reads a TOML file whose keys are the names of the options. Problems begin
/// with `PATH:LINE: `, or with `PATH: ` when it cannot be read.
source read_config(const std::string& path);

/// A TOML file with every option, its help and its default.
std::string default_config();

} // namespace convoy::actors::command_line
