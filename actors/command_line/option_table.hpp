// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/options.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors::command_line {

/// How an option is written.
enum class option_kind {
  text,   ///< one value
  number, ///< one value, a number in the file
  flag,   ///< true or false; on the command line its name alone is true
  list,   ///< may be repeated
};

/// One option: a flag of the command line, an environment variable and a key of
/// the file. The table of them is all that knows their names.
struct option {
  /// Commands that take it as a flag; the file and the environment are the same
  /// for all. `healthcheck` stands for all that ask a running node. `reload` is
  /// no command: it may change while the node runs (SIGHUP).
  enum taker : unsigned {
    serve = 1,
    user = 2,
    healthcheck = 4,
    data = 8,
    reload = 16,
    move = 32
  };

  std::string_view name;     ///< `key-file` of `--key-file`
  std::string_view value;    ///< what stands for the value in the help
  std::string_view fallback; ///< the default, as one writes it
  std::string_view help;
  option_kind kind = option_kind::text;
  unsigned takers = serve;
  /// Reads the values, just one unless the kind is `list`. Returns "" or the
  /// problem.
  std::string (*set)(serve_options& to,
                     const std::vector<std::string>& values) = nullptr;
  std::string_view opposite = {}; ///< name of the same flag the other way round
};

/// All of them, in the order of the help.
std::span<const option> options();

/// The options as the table's defaults say; the key file is still "".
serve_options default_options();

/// `CONVOY_KEY_FILE` of `key-file`.
std::string variable_name(std::string_view option_name);

/// An option by its name or its opposite.
struct found_option {
  const option* what = nullptr; ///< null when there is none
  bool is_opposite = false;
};
found_option find_option(std::string_view name);

/// Names of all options and their opposites.
std::vector<std::string> option_names();

} // namespace convoy::actors::command_line
