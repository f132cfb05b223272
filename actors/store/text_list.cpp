// SPDX-License-Identifier: Apache-2.0
#include "actors/store/text_list.hpp"

#include <utility>

namespace convoy::actors::store {

std::string join_list(const std::vector<std::string>& items) {
  std::string result;
  for (const auto& item : items) {
    for (const char c : item) {
      if (c == '\\')
        result += "\\\\";
      else if (c == '\n')
        result += "\\n";
      else
        result += c;
    }
    result += '\n';
  }
  return result;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> result;
  std::string item;
  bool escaped = false;
  for (const char c : text) {
    if (escaped)
      item += c == 'n' ? '\n' : c;
    else if (c == '\n')
      result.push_back(std::exchange(item, {}));
    else if (c != '\\')
      item += c;
    escaped = !escaped && c == '\\';
  }
  return result;
}

} // namespace convoy::actors::store
