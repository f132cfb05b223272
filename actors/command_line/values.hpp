// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/options.hpp"

#include <string>
#include <string_view>
#include <utility>

// What people write as the value of an option. Each function reads `text` into
// its second argument and returns "", or a problem: the rest of a sentence that
// begins with the place of the value. The target is then unchanged.
namespace convoy::actors::command_line {

/// `text` in quotes, fit to be shown on a terminal.
std::string in_quotes(std::string_view text);

/// `HOST:PORT`, the host of IPv6 in brackets; port 0 is any that is free.
std::string read_address(std::string_view text, address& to);

/// An IPv4 or IPv6 address; or "".
std::string read_ip_address(std::string_view text, std::string& to);

/// `sqlite:PATH` or `postgresql://…`. No problem quotes the latter: it may hold
/// a password.
std::string read_store(std::string_view text, std::string& to);

/// Seconds, a fraction allowed, or a number with a unit: `90s`, `5m`, `2h`,
/// `7d`. At least `least` seconds and at most ten years.
std::string read_duration(std::string_view text, double least,
                          settings::seconds& to);
/// The same in whole seconds, at least one.
std::string read_duration(std::string_view text, std::chrono::seconds& to);

/// `nats://HOST:PORT` or `tls://…`, or more of them with commas between; or "".
/// No problem quotes it: it may hold a password.
std::string read_bus(std::string_view text, std::string& to);

/// Letters, digits, `.`, `-` and `_`, 64 at most; or "".
std::string read_node_id(std::string_view text, std::string& to);

/// true, yes, on, 1; or false, no, off, 0.
std::string read_bool(std::string_view text, bool& to);

/// A whole number of 0 to `most`.
std::string read_count(std::string_view text, unsigned most, unsigned& to);

/// An http or https URL without a slash at its end; or "".
std::string read_web_url(std::string_view text, std::string& to);

/// The origin of a page: `https://chat.example.org`.
std::string read_origin(std::string_view text, std::string& to);

/// What may be the value of an HTTP header: printable ASCII.
std::string read_header_value(std::string_view text, std::string& to);

/// An address, a CIDR block, or `loopback`, `private`, `link-local`.
std::string read_proxy(std::string_view text, std::string& to);

/// The URL of an IRC connection; or "". No problem quotes it: it may hold a
/// password.
std::string read_connection(std::string_view text, std::string& to);

/// The value of one of `choices`, a list of (word, value).
template <class Choices, class Value>
std::string read_choice(std::string_view text, const Choices& choices,
                        Value& to) {
  std::string known;
  for (const auto& [word, value] : choices) {
    if (text == word) {
      to = value;
      return {};
    }
    known += (known.empty() ? "" : ", ") + std::string{word};
  }
  return in_quotes(text) + " is none of " + known;
}

} // namespace convoy::actors::command_line
