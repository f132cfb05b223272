// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace convoy::actors::command_line {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // One row of the table: the distance to each prefix of `b`.
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (const char letter : a) {
    auto diagonal = row[0]++;
    for (std::size_t i = 0; i < b.size(); ++i) {
      const auto replaced = diagonal + (letter == b[i] ? 0 : 1);
      diagonal = row[i + 1];
      row[i + 1] = std::min({replaced, row[i] + 1, row[i + 1] + 1});
    }
  }
  return row.back();
}

std::string_view nearest(std::string_view wrong,
                         std::span<const std::string> known) {
  const auto found = std::ranges::min_element(
      known, {}, [&](const auto& word) { return edit_distance(wrong, word); });
  return found == known.end() ? std::string_view{} : *found;
}

} // namespace convoy::actors::command_line
