// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/reload.hpp"

#include "actors/command_line/option_table.hpp"

namespace convoy::actors::command_line {

option_values default_values() {
  option_values result;
  for (const auto& each : options())
    if (each.kind == option_kind::list)
      result[std::string{each.name}] = {};
    else
      result[std::string{each.name}] = {std::string{each.fallback}};
  return result;
}

option_changes compare_options(const option_values& before,
                               const option_values& after) {
  option_changes result;
  for (const auto& each : options()) {
    const std::string name{each.name};
    if (before.at(name) == after.at(name))
      continue;
    const auto is_live = (each.takers & option::reload) != 0;
    (is_live ? result.live : result.after_restart).push_back(name);
  }
  return result;
}

} // namespace convoy::actors::command_line
