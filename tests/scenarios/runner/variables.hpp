// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace convoy::scenarios {

/// The scenario itself is wrong: unknown word, unbound variable, bad pattern.
struct script_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The `$names` of a scenario: what was captured, and what the runner provides
/// (`$dir`, `$libera.port`).
class variables {
public:
  /// Null when `name` is not bound.
  const json* find(std::string_view name) const;
  void set(const std::string& name, json value);
  void set(const std::string& name, std::string_view text);

  /// Replaces `$name` and `${name}` by their plain text (a string without its
  /// quotes), `${ab*3}` by `ababab` and `$$` by `$`.
  /// @throws script_error when a name is not bound.
  std::string expand(std::string_view text) const;

private:
  std::map<std::string, json, std::less<>> values_;
};

/// How long the name at the start of `text` is (`libera.port`, `seq_2`).
std::size_t name_length(std::string_view text);

/// Turns `\xHH`, `\r`, `\n`, `\t`, `\0` and `\\` into the byte they name.
std::string unescape(std::string_view text);

/// The opposite, for people: every byte outside printable ASCII and UTF-8 text
/// becomes `\xHH`, and long text is cut.
std::string printable(std::string_view text);

} // namespace convoy::scenarios
