// SPDX-License-Identifier: Apache-2.0
#include "protocol/url_encoding.hpp"

#include "protocol/text.hpp"

#include <uriparser/Uri.h>

#include <algorithm>

namespace convoy::protocol {

namespace {

bool is_hex(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')
         || (c >= 'A' && c <= 'F');
}

/// uriparser leaves bad escapes as they are, so they are looked for before.
bool escapes_are_valid(std::string_view text) noexcept {
  for (auto at = text.find('%'); at != std::string_view::npos;
       at = text.find('%', at + 1))
    if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2]))
      return false;
  return true;
}

} // namespace

std::optional<std::string> percent_decode(std::string_view text,
                                          plus_sign plus) {
  if (!escapes_are_valid(text) || text.find('\0') != std::string_view::npos)
    return std::nullopt;
  std::string result(text);
  const auto* end = uriUnescapeInPlaceExA(
      result.data(), plus == plus_sign::space ? URI_TRUE : URI_FALSE,
      URI_BR_DONT_TOUCH);
  result.resize(static_cast<std::size_t>(end - result.data()));
  if (result.find('\0') != std::string::npos || !is_utf8(result))
    return std::nullopt;
  return result;
}

std::string percent_encode(std::string_view text) {
  // Three bytes for each, and the NUL that uriparser writes.
  std::string result(text.size() * 3 + 1, '\0');
  const auto* end = uriEscapeExA(text.data(), text.data() + text.size(),
                                 result.data(), URI_FALSE, URI_FALSE);
  result.resize(static_cast<std::size_t>(end - result.data()));
  return result;
}

std::optional<std::vector<std::pair<std::string, std::string>>>
parse_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> result;
  while (!query.empty()) {
    auto item = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(item.size() + 1, query.size()));
    if (item.empty())
      continue;
    auto key_size = std::min(item.find('='), item.size());
    auto key = percent_decode(item.substr(0, key_size), plus_sign::space);
    auto value = percent_decode(
        item.substr(std::min(key_size + 1, item.size())), plus_sign::space);
    if (!key || !value)
      return std::nullopt;
    result.emplace_back(std::move(*key), std::move(*value));
  }
  return result;
}

} // namespace convoy::protocol
