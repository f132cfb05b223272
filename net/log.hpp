// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// The process's log: one line an event on standard error. An event has a stable
// name, which is what one greps for, and fields. No credential belongs here.
namespace convoy::net::log {

enum class level { debug, info, warning, error };
enum class format { logfmt, json };

struct field {
  std::string_view key;
  std::string value;
};

/// The level or the format of a name ("warning", "json"), nothing for others.
std::optional<level> parse_level(std::string_view name);
std::optional<format> parse_format(std::string_view name);

/// What is written, and how: from `info` on and as logfmt at first. May be
/// called at any time, from any thread.
void configure(level threshold, format shape);
/// Which node of a fleet it is, for every line from now on. To be called before
/// there are other threads.
void identify(std::string node);

void debug(std::string_view event, std::initializer_list<field> fields = {});
void info(std::string_view event, std::initializer_list<field> fields = {});
void warning(std::string_view event, std::initializer_list<field> fields = {});
void error(std::string_view event, std::initializer_list<field> fields = {});

/// One line, without its LF: `ts` (RFC 3339, UTC, ms), `level`, `event`, then
/// the fields. In logfmt a value that is empty or holds a space, `=`, `"`, `\`
/// or a control character is quoted, with \", \\, \n, \r, \t and \u00XX.
std::string format_line(format shape, level severity, std::string_view event,
                        std::span<const field> fields,
                        protocol::timestamp time);

} // namespace convoy::net::log
