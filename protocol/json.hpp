// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// How `ts` of an event is written (design §5).
enum class ts_format : std::uint8_t { epoch, iso };

/// Writes one JSON text from left to right. The writer escapes, and reads
/// what is not UTF-8 as Windows-1252, so its result is always valid. Calls
/// that do not make valid JSON together are a programming error.
class json_writer {
public:
  json_writer();
  ~json_writer();
  json_writer(json_writer&&) noexcept;
  json_writer& operator=(json_writer&&) noexcept;

  json_writer& begin_object();
  json_writer& end_object();
  json_writer& begin_array();
  json_writer& end_array();
  json_writer& key(std::string_view name);
  json_writer& string(std::string_view value);
  json_writer& number(std::uint64_t value);
  json_writer& number(std::int64_t value);
  json_writer& number(double value);
  json_writer& boolean(bool value);
  json_writer& null();
  /// Puts a JSON value that is known to be valid.
  json_writer& raw(std::string_view json);
  /// Puts the members of an encoded object (`{…}`; "" is none) into the object
  /// that is open.
  json_writer& members(std::string_view object);
  /// `time` as the wire has it: epoch seconds with a fraction, or ISO 8601 UTC
  /// ending in `Z` with a fraction without trailing zeros (spec §2.6).
  json_writer& time(timestamp value, ts_format format);

  // A member in one call.
  json_writer& field(std::string_view name, std::string_view value);
  json_writer& field(std::string_view name, const char* value);
  json_writer& field(std::string_view name, bool value);
  json_writer& field(std::string_view name, std::uint64_t value);
  json_writer& field(std::string_view name, double value);
  json_writer& field(std::string_view name,
                     const std::vector<std::string>& values);

  /// What was written; the writer is empty afterwards.
  std::string take();

private:
  struct state;
  std::unique_ptr<state> state_;
};

/// `2026-11-22T07:01:18.42274Z`; with `fraction` off whole seconds.
std::string to_iso(timestamp time, bool fraction = true);

/// Reads `2026-11-22T07:01:18.42274Z`; the `Z` and the fraction may be
/// missing. Nothing when it is not such a time. A non-negative number is read
/// as epoch seconds.
bool parse_time(std::string_view text, timestamp& out);

} // namespace convoy::protocol
