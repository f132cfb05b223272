// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace convoy::scenarios {

/// Where a step stands, for messages: `file:line`, and the includes above it.
struct place {
  std::string file;
  std::size_t line = 0;
  std::string included_from; ///< "" or `, included from file:line`
  std::string to_string() const;
};

/// One line of a scenario with the indented lines under it.
struct step {
  place where;
  std::string text; ///< without indentation
  std::vector<step> children;
  std::string document; ///< the lines of a `<<END` block, each with its LF
};

/// Reads a scenario. Blank lines, lines that start with `#` and a lone `}` are
/// skipped; `include FILE key=value…` is replaced by that file's steps, in
/// which `{{key}}` is the value; FILE is relative to the including file.
/// @throws script_error with the place when the file cannot be read.
std::vector<step> load_script(const std::string& path);

/// Splits at blanks; '…' and "…" keep them.
std::vector<std::string> words(const std::string& text);

} // namespace convoy::scenarios
