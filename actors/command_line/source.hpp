// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/option_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors::command_line {

/// One option as one source gives it.
struct setting {
  const option* what = nullptr;
  std::vector<std::string> values;
  std::string place; ///< what a problem with it begins with
};

/// Everything that one of file, environment and command line says.
struct source {
  std::vector<setting> settings;
  std::vector<std::string> problems; ///< each names its place

  /// Adds a setting, its value turned round when it was found by its opposite.
  /// An option that is there already is a problem.
  void add(found_option found, std::vector<std::string> values,
           std::string place);
  /// Writes the settings into `to` and notes the problems they have.
  void apply(serve_options& to);
};

/// Reads a whole file of at most 1 MiB into `to`. Returns "", or the reason why
/// it cannot be read.
std::string read_file(const std::string& path, std::string& to);

} // namespace convoy::actors::command_line
