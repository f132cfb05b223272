// SPDX-License-Identifier: Apache-2.0
#include "protocol/connection_url.hpp"

#include "protocol/text.hpp"
#include "protocol/url_encoding.hpp"

#include <uriparser/Uri.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

namespace convoy::protocol {

namespace {

/// Longer than any sensible URL; uriparser may recurse once a byte.
constexpr std::size_t max_url_size = 4096;
/// Longest host name (RFC 1035 §2.3.4).
constexpr std::size_t max_host_size = 253;

constexpr std::string_view alphanumerics =
    "abcdefghijklmnopqrstuvwxyz0123456789";

bool is_control(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool is_alphanumeric(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_word(char c) noexcept {
  return is_alphanumeric(c) || c == '_';
}

/// `text` with what people type but RFC 3986 does not allow percent-encoded: a
/// raw `#`, spaces, brackets outside the host, anything that is not ASCII.
std::string to_strict(std::string_view text) {
  auto authority = std::min(text.find("://"), text.size());
  authority = std::min(authority + 3, text.size());
  const auto path = std::min(text.find_first_of("/?", authority), text.size());
  const auto at = text.substr(0, path).rfind('@');
  const auto host =
      at != std::string_view::npos && at > authority ? at + 1 : authority;
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto in_user = i >= authority && i + 1 < host;
    const auto in_host = i >= host && i < path;
    const std::string_view legal = in_user   ? "-._~!$&'()*+,;=:%"
                                   : in_host ? "-._~!$&'()*+,;=:%[]"
                                             : "-._~!$&'()*+,;=:%@/?";
    if (is_alphanumeric(text[i]) || legal.find(text[i]) != legal.npos)
      result += text[i];
    else
      result += percent_encode(text.substr(i, 1));
  }
  return result;
}

std::string_view view(const UriTextRangeA& range) noexcept {
  if (range.first == nullptr)
    return {};
  return {range.first, static_cast<std::size_t>(range.afterLast - range.first)};
}

/// What people call the host (spec §5.9).
std::string short_name(std::string_view host) {
  auto word_at = [host](std::size_t at) {
    return at < host.size() && is_word(host[at]);
  };
  constexpr std::string_view efnet = "efnet";
  for (auto at = host.find(efnet); at != std::string_view::npos;
       at = host.find(efnet, at + 1))
    if (!(at > 0 && word_at(at - 1)) && !word_at(at + efnet.size()))
      return "efnet";
  if (host == "127.0.0.1")
    return "localhost";
  if (host.find("irc.perl.org") != std::string_view::npos)
    return "magnet";
  for (std::string_view prefix : {"irc.", "chat."})
    if (host.starts_with(prefix)) {
      host.remove_prefix(prefix.size());
      break;
    }
  if (auto dot = host.rfind('.'); dot != std::string_view::npos) {
    auto label = host.substr(dot + 1);
    // The end of an address is no top-level domain: without it two hosts of a
    // network would be one.
    if ((label.size() == 2 || label.size() == 3)
        && std::all_of(label.begin(), label.end(), is_word)
        && !std::all_of(label.begin(), label.end(), is_digit))
      host = host.substr(0, dot);
  }
  constexpr std::string_view chat = ".chat";
  if (host.ends_with(chat))
    host.remove_suffix(chat.size());
  std::string result;
  for (char c : host)
    if (is_alphanumeric(c))
      result += c;
    else if (result.empty() || result.back() != '-')
      result += '-';
  return result;
}

bool is_host(const UriUriA& uri, std::string_view host) {
  const auto is_ip6 = uri.hostData.ip6 != nullptr;
  return host.size() <= max_host_size && uri.hostData.ipFuture.first == nullptr
         && std::all_of(host.begin(), host.end(),
                        [is_ip6](char c) {
                          return is_word(c) || c == '-' || c == '.'
                                 || (is_ip6 && c == ':');
                        })
         && short_name(host).find_first_of(alphanumerics) != std::string::npos;
}

/// The sentence for a URL that cannot be read at all, or nothing.
std::optional<std::string> problem_of(std::string_view text) {
  if (text.size() > max_url_size)
    return "URL is longer than " + std::to_string(max_url_size) + " bytes.";
  if (auto decoded = percent_decode(text); !decoded)
    return "URL has a bad percent escape, NUL or text that is not UTF-8.";
  else if (std::any_of(decoded->begin(), decoded->end(), is_control))
    return "URL must not have control characters.";
  return std::nullopt;
}

/// Escapes are known to be good.
std::string decode(std::string_view text) {
  return percent_decode(text).value_or("");
}

bool parse_port(std::string_view text, std::uint16_t& port) {
  const auto* end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, port);
  return error == std::errc{} && rest == end && port != 0;
}

} // namespace

std::string_view
connection_url::param(std::string_view key,
                      std::string_view fallback) const noexcept {
  for (const auto& [name, value] : params)
    if (name == key)
      return value;
  return fallback;
}

void connection_url::set_param(std::string_view key, std::string_view value) {
  auto is_key = [key](const auto& param) {
    return param.first == key;
  };
  auto at = std::find_if(params.begin(), params.end(), is_key);
  if (at == params.end()) {
    if (!value.empty())
      params.emplace_back(key, value);
    return;
  }
  if (!value.empty()) {
    at->second = value;
    ++at;
  }
  params.erase(std::remove_if(at, params.end(), is_key), params.end());
}

bool connection_url::tls() const noexcept {
  return scheme == "ircs" || param("tls") != "0";
}

bool connection_url::tls_verify() const noexcept {
  return param("tls_verify") != "0";
}

std::string connection_url::pinned_certificate() const {
  auto result = to_lower_ascii(param("tls_fingerprint"));
  std::erase(result, ':');
  return result;
}

std::uint16_t connection_url::dial_port() const noexcept {
  if (port != 0)
    return port;
  return tls() ? 6697 : 6667;
}

std::string connection_url::to_string() const {
  auto result = scheme + "://";
  if (!user.empty())
    result += percent_encode(user) + '@';
  if (host.find(':') == std::string::npos)
    result += host;
  else
    result.append(1, '[').append(host).append(1, ']');
  if (port != 0)
    result += ':' + std::to_string(port);
  if (!channel.empty())
    result += '/' + percent_encode(channel);
  char separator = '?';
  for (const auto& [key, value] : params) {
    result += separator + percent_encode(key) + '=' + percent_encode(value);
    separator = '&';
  }
  return result;
}

std::string connection_url::connection_id() const {
  return "irc-" + short_name(host);
}

std::string connection_url::display_name() const {
  auto at = user.find('@');
  auto slash = at == std::string::npos ? at : user.find('/', at);
  if (slash != std::string::npos && slash + 1 < user.size())
    return user.substr(slash + 1);
  return short_name(host);
}

bool is_sha256(std::string_view text) noexcept {
  return text.size() == 64
         && text.find_first_not_of("0123456789abcdef") == text.npos;
}

std::variant<connection_url, url_error>
parse_connection_url(std::string_view text) {
  if (auto problem = problem_of(text))
    return url_error{std::move(*problem)};
  const auto strict = to_strict(text);
  UriUriA uri{};
  if (uriParseSingleUriExA(&uri, strict.data(), strict.data() + strict.size(),
                           nullptr)
      != URI_SUCCESS)
    // Not quoted: it may hold a password.
    return url_error{text.find("://") == text.npos
                         ? "Missing \"host\" in URL"
                         : "URL need a valid host and port."};
  std::unique_ptr<UriUriA, decltype(&uriFreeUriMembersA)> owner(
      &uri, &uriFreeUriMembersA);
  if (view(uri.hostText).empty())
    return url_error{"Missing \"host\" in URL"};
  connection_url url;
  url.scheme = to_lower_ascii(view(uri.scheme));
  if (url.scheme != "irc" && url.scheme != "ircs")
    return url_error{"URL scheme \"" + url.scheme + "\" is not supported."};
  url.host = to_lower_ascii(decode(view(uri.hostText)));
  if (!is_host(uri, url.host))
    return url_error{"URL need a valid host."};
  if (auto port = view(uri.portText);
      !port.empty() && !parse_port(port, url.port))
    return url_error{"URL need a port between 1 and 65535."};
  const auto user_info = view(uri.userInfo);
  const auto user_size = std::min(user_info.find(':'), user_info.size());
  url.user = decode(user_info.substr(0, user_size));
  url.password =
      decode(user_info.substr(std::min(user_size + 1, user_info.size())));
  if (uri.pathHead != nullptr) {
    const auto segment = decode(view(uri.pathHead->text));
    const auto parts = words(segment);
    if (!parts.empty())
      url.channel = parts[0];
    if (parts.size() > 1)
      url.channel_key = parts[1];
  }
  url.params = parse_query(view(uri.query)).value_or(decltype(url.params){});
  return url;
}

} // namespace convoy::protocol
