// SPDX-License-Identifier: Apache-2.0
#include "protocol/folded_text.hpp"

#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

#include <array>
#include <cstdint>
#include <uninorm.h>

namespace convoy::protocol {

namespace {

constexpr char32_t sharp_s = 0xDF;
constexpr char32_t final_sigma = 0x3C2;
constexpr char32_t sigma = 0x3C3;
constexpr char32_t first_full_width = 0xFF01;
constexpr char32_t last_full_width = 0xFF5E;
/// How far the full-width forms of ASCII are from it.
constexpr char32_t full_width_shift = 0xFEE0;
constexpr char32_t first_hangul = 0xAC00;
constexpr char32_t last_hangul = 0xD7A3;

char lower_ascii(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

void put(std::string& out, char32_t c) {
  std::array<std::uint8_t, 6> bytes;
  const auto size = u8_uctomb(bytes.data(), c, bytes.size());
  out.append(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::size_t>(size));
}

/// The letter without its accents.
char32_t base_of(char32_t c) {
  std::array<ucs4_t, UC_DECOMPOSITION_MAX_LENGTH> parts;
  while (uc_canonical_decomposition(c, parts.data()) > 0)
    c = parts.front();
  return c;
}

/// Appends what a character beyond ASCII folds to.
void put_folded(std::string& out, char32_t c) {
  if (c >= first_full_width && c <= last_full_width) {
    out += lower_ascii(static_cast<char>(c - full_width_shift));
    return;
  }
  if (is_unspaced(c) || (c >= first_hangul && c <= last_hangul))
    return put(out, c);
  if (uc_combining_class(c) != UC_CCC_NR)
    return;
  const auto lower = uc_tolower(base_of(c));
  if (lower == sharp_s)
    out += "ss";
  else
    put(out, lower == final_sigma ? sigma : lower);
}

/// Calls `folded` with each character's place and what `out` grew to.
template <class Visitor>
void fold_into(std::string& out, std::string_view utf8, Visitor folded) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  std::size_t at = 0;
  while (at < utf8.size()) {
    const auto begin = at;
    if (bytes[at] < 0x80) {
      out += lower_ascii(utf8[at++]);
    } else {
      ucs4_t c = 0;
      at +=
          static_cast<std::size_t>(u8_mbtouc(&c, bytes + at, utf8.size() - at));
      put_folded(out, c);
    }
    folded(begin);
  }
}

} // namespace

std::string fold_text(std::string_view utf8) {
  std::string result;
  result.reserve(utf8.size());
  fold_into(result, utf8, [](std::size_t) {});
  return result;
}

folded_text fold_with_origin(std::string_view utf8) {
  folded_text result;
  fold_into(result.text, utf8, [&](std::size_t begin) {
    result.origin.resize(result.text.size(), begin);
  });
  result.origin.push_back(utf8.size());
  return result;
}

std::u32string code_points(std::string_view utf8) {
  std::u32string result;
  result.reserve(utf8.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  for (std::size_t at = 0; at < utf8.size();) {
    ucs4_t c = bytes[at];
    at += c < 0x80 ? 1
                   : static_cast<std::size_t>(
                       u8_mbtouc(&c, bytes + at, utf8.size() - at));
    result.push_back(c);
  }
  return result;
}

} // namespace convoy::protocol
