// SPDX-License-Identifier: Apache-2.0
#include "protocol/http.hpp"

#include "protocol/text.hpp"
#include "protocol/url_encoding.hpp"

#include <algorithm>

namespace convoy::protocol {

std::optional<std::string_view>
http_request::param(std::string_view key) const noexcept {
  for (const auto& [name, value] : query)
    if (name == key)
      return value;
  return std::nullopt;
}

bool parse_target(std::string_view target, http_request& out) {
  if (target.empty() || target.front() != '/'
      || std::any_of(target.begin(), target.end(), [](char c) {
           return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F
                  || c == '#';
         }))
    return false;
  auto path = target.substr(0, target.find('?'));
  auto query =
      parse_query(target.substr(std::min(path.size() + 1, target.size())));
  if (!query)
    return false;
  std::vector<std::string> segments;
  // Each turn starts at the slash before a segment; "/" alone has none.
  for (std::size_t at = path.size() > 1 ? 0 : path.npos; at != path.npos;) {
    auto next = path.find('/', at + 1);
    auto segment = percent_decode(path.substr(at + 1, next - at - 1));
    if (!segment)
      return false;
    segments.push_back(std::move(*segment));
    at = next;
  }
  out.path = std::move(segments);
  out.query = std::move(*query);
  return true;
}

std::string_view cookie(std::string_view header,
                        std::string_view name) noexcept {
  while (!header.empty()) {
    auto item = header.substr(0, header.find(';'));
    header.remove_prefix(std::min(item.size() + 1, header.size()));
    auto key_size = item.find('=');
    if (key_size != std::string_view::npos
        && trim(item.substr(0, key_size)) == name)
      return trim(item.substr(key_size + 1));
  }
  return {};
}

} // namespace convoy::protocol
