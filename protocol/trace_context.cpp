// SPDX-License-Identifier: Apache-2.0
#include "protocol/trace_context.hpp"

#include <algorithm>

namespace convoy::protocol {

namespace {

bool is_hex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
}

bool is_zero(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == '0'; });
}

} // namespace

std::string_view trace_id_of(std::string_view traceparent) noexcept {
  // version "-" trace-id "-" parent-id "-" trace-flags
  constexpr std::size_t size = 55;
  if (traceparent.size() < size || traceparent[2] != '-'
      || traceparent[35] != '-' || traceparent[52] != '-')
    return {};
  const auto version = traceparent.substr(0, 2);
  const auto trace = traceparent.substr(3, 32);
  const auto parent = traceparent.substr(36, 16);
  if (!is_hex(version) || version == "ff" || !is_hex(trace) || is_zero(trace)
      || !is_hex(parent) || is_zero(parent)
      || !is_hex(traceparent.substr(53, 2)))
    return {};
  const auto has_more = traceparent.size() > size;
  if (has_more && (version == "00" || traceparent[size] != '-'))
    return {};
  return trace;
}

} // namespace convoy::protocol
