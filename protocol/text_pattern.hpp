// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::protocol {

/// What a `match` asks for (spec/events-and-irc.md §7.3): words, which may
/// stand inside longer ones, and "phrases" in double quotes, which begin and
/// end at word boundaries. All texts below are folded (folded_text.hpp).
class text_pattern {
public:
  struct term {
    std::string text; ///< folded, not empty
    bool is_whole = false;
  };

  /// A part of a text: where it begins and how long it is, in bytes.
  using span = std::pair<std::size_t, std::size_t>;

  static constexpr std::size_t max_terms = 16;

  text_pattern() = default;
  /// A quote that is not closed reaches to the end. Terms behind the one after
  /// `max_terms` are not kept.
  explicit text_pattern(std::string_view match);

  /// Whether there are more terms than can be looked for.
  bool is_too_long() const noexcept {
    return terms_.size() > max_terms;
  }

  bool empty() const noexcept {
    return terms_.empty();
  }
  const std::vector<term>& terms() const noexcept {
    return terms_;
  }

  /// Whether the terms occur in `folded` one behind the other.
  bool fits(std::string_view folded) const;
  /// Whether they all occur in it.
  bool fits_in_any_order(std::string_view folded) const;
  /// How good it is where they do: more for whole words, for terms that come
  /// often (but not without end) or in order, and for short texts. At least 0.
  double score(std::string_view folded) const;
  /// Where the terms occur, ascending and not overlapping; of each term the
  /// first few hundred places.
  std::vector<span> marks(std::string_view folded) const;

private:
  std::vector<term> terms_;
};

} // namespace convoy::protocol
