// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/values.hpp"

#include "protocol/connection_url.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace convoy::actors::command_line {

namespace {

constexpr double longest_duration = 10.0 * 365 * 24 * 3600;

/// All of `text` as a number.
template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number result{};
  const auto* end = text.data() + text.size();
  const auto [rest, wrong] = std::from_chars(text.data(), end, result);
  if (wrong != std::errc{} || rest != end)
    return std::nullopt;
  return result;
}

bool is_blank(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == 0x7f;
}

bool has_blank(std::string_view text) {
  return std::ranges::any_of(text, is_blank);
}

/// Bits of the longest prefix of an address, or 0 when it is none.
unsigned address_bits(const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1)
    return 32;
  return ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1 ? 128 : 0;
}

/// What follows `http://` or `https://`; nothing without them.
std::optional<std::string_view> after_web_scheme(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"})
    if (text.starts_with(scheme))
      return text.substr(scheme.size());
  return std::nullopt;
}

/// Reads a number and its unit as seconds.
std::optional<double> seconds_of(std::string_view text) {
  static constexpr std::array<std::pair<char, double>, 4> units{
      {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}}};
  double factor = 1;
  if (!text.empty()) {
    const auto* unit =
        std::ranges::find(units, text.back(), &std::pair<char, double>::first);
    if (unit != units.end()) {
      factor = unit->second;
      text.remove_suffix(1);
    }
  }
  const auto value = number_of<double>(text);
  if (!value || !std::isfinite(*value))
    return std::nullopt;
  return *value * factor;
}

std::string shown(double seconds) {
  std::array<char, 32> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), seconds).ptr;
  return {buffer.data(), end};
}

} // namespace

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 80;
  const auto whole = text.size() <= longest;
  std::string result{text.substr(0, longest)};
  // Half a character at the cut, and bytes that are none, would garble a log.
  result = protocol::to_utf8(result);
  std::ranges::replace_if(
      result,
      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; },
      '?');
  return "\"" + result + (whole ? "\"" : "…\"");
}

std::string read_address(std::string_view text, address& to) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos)
    return in_quotes(text) + " is not HOST:PORT";
  auto host = text.substr(0, colon);
  const auto port = number_of<std::uint16_t>(text.substr(colon + 1));
  if (!port)
    return in_quotes(text.substr(colon + 1))
           + " is not a port, a number of 0 to 65535";
  if (host.starts_with('[') && host.ends_with(']'))
    host = host.substr(1, host.size() - 2);
  else if (host.find(':') != std::string_view::npos)
    return in_quotes(text) + " needs brackets: [ADDRESS]:PORT";
  if (host.empty())
    return in_quotes(text)
           + " has no host; 0.0.0.0 is all of IPv4, [::] of both";
  if (has_blank(host) || host.find_first_of("/[]") != std::string_view::npos)
    return in_quotes(host) + " is not a host";
  to = {std::string{host}, *port};
  return {};
}

std::string read_ip_address(std::string_view text, std::string& to) {
  const std::string address{text};
  in6_addr parsed{};
  if (!text.empty() && inet_pton(AF_INET, address.c_str(), &parsed) != 1
      && inet_pton(AF_INET6, address.c_str(), &parsed) != 1)
    return in_quotes(text) + " is not an IP address";
  to = address;
  return {};
}

std::string read_store(std::string_view text, std::string& to) {
  constexpr std::string_view known =
      "sqlite:PATH and postgresql://USER:PASSWORD@HOST:PORT/DATABASE are known";
  const auto colon = text.find(':');
  if (colon == std::string_view::npos)
    return in_quotes(text) + " is not a store: " + std::string{known};
  const auto kind = text.substr(0, colon);
  const auto rest = text.substr(colon + 1);
  if (kind == "postgresql" || kind == "postgres") {
    if (!rest.starts_with("//") || has_blank(rest))
      return std::string{kind}
             + ": must be followed by //USER:PASSWORD@HOST:PORT/DATABASE,"
               " without blanks";
  } else if (kind != "sqlite") {
    return "unknown kind of store " + in_quotes(kind) + ": "
           + std::string{known};
  }
  if (rest.empty())
    return "sqlite: needs a path";
  to = text;
  return {};
}

std::string read_duration(std::string_view text, double least,
                          settings::seconds& to) {
  const auto seconds = seconds_of(text);
  if (!seconds)
    return in_quotes(text)
           + " is not a duration: seconds, or a number with s, m, h or d";
  if (*seconds < least)
    return in_quotes(text) + " is too short: at least " + shown(least) + "s";
  if (*seconds > longest_duration)
    return in_quotes(text) + " is too long: at most 3650d";
  to = settings::seconds{*seconds};
  return {};
}

std::string read_duration(std::string_view text, std::chrono::seconds& to) {
  settings::seconds exact{};
  auto problem = read_duration(text, 1, exact);
  if (problem.empty())
    to = std::chrono::round<std::chrono::seconds>(exact);
  return problem;
}

std::string read_bool(std::string_view text, bool& to) {
  static constexpr std::array<std::pair<std::string_view, bool>, 8> words{
      {{"true", true},
       {"false", false},
       {"yes", true},
       {"no", false},
       {"on", true},
       {"off", false},
       {"1", true},
       {"0", false}}};
  return read_choice(text, words, to);
}

std::string read_count(std::string_view text, unsigned most, unsigned& to) {
  const auto count = number_of<unsigned>(text);
  if (!count || *count > most)
    return in_quotes(text) + " is not a number of 0 to " + std::to_string(most);
  to = *count;
  return {};
}

std::string read_web_url(std::string_view text, std::string& to) {
  const auto rest = after_web_scheme(text);
  if (!text.empty()
      && (!rest || rest->empty() || rest->front() == '/' || has_blank(text)))
    return in_quotes(text) + " is not an http:// or https:// URL";
  while (text.ends_with('/'))
    text.remove_suffix(1);
  to = text;
  return {};
}

std::string read_origin(std::string_view text, std::string& to) {
  const auto rest = after_web_scheme(text);
  if (!rest || rest->empty() || has_blank(*rest)
      || rest->find_first_of("/?#@") != std::string_view::npos)
    return in_quotes(text)
           + " is not an origin, such as https://chat.example.org";
  to = text;
  return {};
}

std::string read_header_value(std::string_view text, std::string& to) {
  if (!std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; }))
    return in_quotes(text) + " has characters that no HTTP header may have";
  to = text;
  return {};
}

std::string read_bus(std::string_view text, std::string& to) {
  auto rest = text;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(','), rest.size());
    const auto one = rest.substr(0, end);
    if (!one.starts_with("nats://") && !one.starts_with("tls://"))
      return "a server of the bus is nats://HOST:PORT or tls://HOST:PORT";
    if (end + 1 == rest.size())
      return "a server is missing behind the last comma";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  to = text;
  return {};
}

std::string read_node_id(std::string_view text, std::string& to) {
  constexpr std::size_t longest = 64;
  const auto is_fit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  };
  if (text.size() > longest || !std::ranges::all_of(text, is_fit))
    return in_quotes(text)
           + " is not a name of at most 64 letters, digits, '.', '-' and '_'";
  to = text;
  return {};
}

std::string read_proxy(std::string_view text, std::string& to) {
  static constexpr std::array<std::string_view, 3> words{"loopback", "private",
                                                         "link-local"};
  const auto slash = text.find('/');
  const auto bits = address_bits(std::string{text.substr(0, slash)});
  const auto prefix = slash == std::string_view::npos
                          ? bits
                          : number_of<unsigned>(text.substr(slash + 1));
  if (std::ranges::find(words, text) == words.end()
      && (bits == 0 || !prefix || *prefix > bits))
    return in_quotes(text)
           + " is not an address, a CIDR block, loopback, private or"
             " link-local";
  to = text;
  return {};
}

std::string read_connection(std::string_view text, std::string& to) {
  if (!text.empty()) {
    const auto parsed = protocol::parse_connection_url(text);
    if (const auto* wrong = std::get_if<protocol::url_error>(&parsed))
      return wrong->message;
  }
  to = text;
  return {};
}

} // namespace convoy::actors::command_line
