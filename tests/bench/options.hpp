// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace convoy::bench {

/// The command line of a bench program: `--key=value` in any order, then
/// perhaps `--` and a command.
class options {
public:
  /// @param known the keys with their defaults; another key throws.
  options(int argc, char** argv, std::map<std::string, std::string> known);

  [[nodiscard]] const std::string& text(const std::string& key) const;
  /// The value as a whole number; throws and names the key when it is none.
  [[nodiscard]] std::int64_t number(const std::string& key) const;
  /// What followed `--`.
  [[nodiscard]] const std::vector<std::string>& command() const {
    return command_;
  }

private:
  std::map<std::string, std::string> values_;
  std::vector<std::string> command_;
};

} // namespace convoy::bench
