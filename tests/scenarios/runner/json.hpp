// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::scenarios {

/// A JSON value, or the pattern of one. The runner has its own reader because
/// a pattern is more than JSON, and because a test should not trust the codec
/// of what it tests.
struct json {
  enum class kind : std::uint8_t {
    null,
    boolean,
    number,
    string,
    array,
    object,
    // Only in patterns:
    any,      ///< `*`
    rest,     ///< `...`: further members or elements
    variable, ///< `$name`, `$name+1`
    regex,    ///< `~/…/~`
  };

  kind what = kind::null;
  bool truth = false;
  /// Number: as it was written. String: decoded. Variable: the name. Regex:
  /// the expression.
  std::string text;
  std::int64_t offset = 0;       ///< of a variable
  std::vector<json> items;       ///< elements, or the values of `keys`
  std::vector<std::string> keys; ///< of an object, as long as `items`
};

/// What was read is not JSON; says what and at which byte.
struct json_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Reads strict JSON (RFC 8259) and refuses an object with a member twice.
json parse_json(std::string_view text);

/// Reads a pattern: JSON, and `...`, `*`, `$name`, `~/regex/~`.
json parse_json_pattern(std::string_view text);

/// The member of an object, or null.
const json* member(const json& object, std::string_view key);

/// The value as JSON text, for people.
std::string to_text(const json& value);

} // namespace convoy::scenarios
