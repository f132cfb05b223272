// SPDX-License-Identifier: Apache-2.0
#include "protocol/casemapping.hpp"

#include "protocol/text.hpp"

#include <algorithm>

namespace convoy::protocol {

namespace {

/// Upper case is one contiguous range in ASCII order: up to `Z`, `]` or `^`.
constexpr char last_upper(casemapping mapping) noexcept {
  switch (mapping) {
  case casemapping::rfc1459:
    return '^';
  case casemapping::rfc1459_strict:
    return ']';
  case casemapping::ascii:
    break;
  }
  return 'Z';
}

constexpr char fold_one(char c, char last) noexcept {
  return c >= 'A' && c <= last ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

std::optional<casemapping> parse_casemapping(std::string_view name) noexcept {
  if (equal_ascii(name, "ascii"))
    return casemapping::ascii;
  if (equal_ascii(name, "rfc1459"))
    return casemapping::rfc1459;
  if (equal_ascii(name, "rfc1459-strict")
      || equal_ascii(name, "strict-rfc1459"))
    return casemapping::rfc1459_strict;
  return std::nullopt;
}

std::string fold(std::string_view text, casemapping mapping) {
  std::string result(text);
  std::transform(
      result.begin(), result.end(), result.begin(),
      [last = last_upper(mapping)](char c) { return fold_one(c, last); });
  return result;
}

bool equal(std::string_view a, std::string_view b,
           casemapping mapping) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [last = last_upper(mapping)](char x, char y) {
                      return fold_one(x, last) == fold_one(y, last);
                    });
}

} // namespace convoy::protocol
