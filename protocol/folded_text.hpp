// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// Whether `c` is of a script that is written without spaces between words
/// (Han, Kana, Thai, …): there a word may begin and end anywhere.
constexpr bool is_unspaced(char32_t c) noexcept {
  return c >= 0x0E00
         && (c <= 0x0EFF                         // Thai, Lao
             || (c >= 0x1000 && c <= 0x109F)     // Myanmar
             || (c >= 0x1780 && c <= 0x17FF)     // Khmer
             || (c >= 0x2E80 && c <= 0x9FFF)     // radicals, Kana, Han
             || (c >= 0xF900 && c <= 0xFAFF)     // compatibility Han
             || (c >= 0x20000 && c <= 0x3FFFF)); // more Han
}

/// A text as searches compare it: case, accents and full-width forms are
/// folded, and nothing else, so that a part of a text folds to a part of the
/// folded text.
struct folded_text {
  std::string text; ///< UTF-8
  /// For each byte of `text`, and for its end, where the character that it
  /// came from begins in the original.
  std::vector<std::size_t> origin;
};

/// What is not UTF-8 in `utf8` becomes U+FFFD.
std::string fold_text(std::string_view utf8);
folded_text fold_with_origin(std::string_view utf8);

/// The characters of a text that is UTF-8.
std::u32string code_points(std::string_view utf8);

} // namespace convoy::protocol
