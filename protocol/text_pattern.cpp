// SPDX-License-Identifier: Apache-2.0
#include "protocol/text_pattern.hpp"

#include "protocol/folded_text.hpp"
#include "protocol/text.hpp"

#include <unictype.h>
#include <unistr.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace convoy::protocol {

namespace {

constexpr auto nowhere = std::string_view::npos;
constexpr std::string_view spaces = " \t\r\n\v\f";

// Of one term in one text: a text may be long, and a term short.
constexpr std::size_t max_scored = 32;
constexpr std::size_t max_marked = 256;

const std::uint8_t* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

/// Whether a word that has `c` in it would go on there.
bool is_glue(ucs4_t c) {
  return uc_is_general_category_withtable(
             c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_Nd
                    | UC_CATEGORY_MASK_Pc)
         && !is_unspaced(c);
}

bool glue_before(std::string_view text, std::size_t at) {
  ucs4_t c = 0;
  return u8_prev(&c, bytes_of(text) + at, bytes_of(text)) != nullptr
         && is_glue(c);
}

bool glue_behind(std::string_view text, std::size_t at) {
  ucs4_t c = 0;
  return at < text.size()
         && u8_mbtouc(&c, bytes_of(text) + at, text.size() - at) > 0
         && is_glue(c);
}

/// Whether no word of `text` goes on over the place `at`.
bool is_boundary(std::string_view text, std::size_t at) {
  return !glue_before(text, at) || !glue_behind(text, at);
}

std::size_t find(std::string_view text, const text_pattern::term& what,
                 std::size_t from) {
  for (auto at = text.find(what.text, from); at != nowhere;
       at = text.find(what.text, at + 1))
    if (!what.is_whole
        || (is_boundary(text, at) && is_boundary(text, at + what.text.size())))
      return at;
  return nowhere;
}

/// The first places of a term, at most `most`.
std::vector<std::size_t> places_of(std::string_view text,
                                   const text_pattern::term& what,
                                   std::size_t most) {
  std::vector<std::size_t> result;
  for (auto at = find(text, what, 0); at != nowhere && result.size() < most;
       at = find(text, what, at + what.text.size()))
    result.push_back(at);
  return result;
}

} // namespace

text_pattern::text_pattern(std::string_view match) {
  const auto add = [this](std::string_view text, bool is_whole) {
    if (auto folded = fold_text(trim(text)); !folded.empty())
      terms_.push_back({std::move(folded), is_whole});
  };
  while (!match.empty() && !is_too_long()) {
    if (match.front() == '"') {
      match.remove_prefix(1);
      add(next_part(match, '"'), true);
      continue;
    }
    const auto end = std::min(match.find_first_of(spaces), match.size());
    add(match.substr(0, end), false);
    match.remove_prefix(std::min(end + 1, match.size()));
  }
}

bool text_pattern::fits(std::string_view folded) const {
  std::size_t from = 0;
  return std::ranges::all_of(terms_, [&](const term& each) {
    const auto at = find(folded, each, from);
    from = at + each.text.size();
    return at != nowhere;
  });
}

bool text_pattern::fits_in_any_order(std::string_view folded) const {
  return std::ranges::all_of(terms_, [&](const term& each) {
    return find(folded, each, 0) != nowhere;
  });
}

double text_pattern::score(std::string_view folded) const {
  auto sum = fits(folded) ? 1.0 : 0.0;
  for (const auto& each : terms_) {
    const term whole{each.text, true};
    sum += std::log1p(
        static_cast<double>(places_of(folded, each, max_scored).size()));
    if (find(folded, whole, 0) != nowhere)
      sum += 1.0;
  }
  return sum / std::log(static_cast<double>(folded.size()) + 10.0);
}

std::vector<text_pattern::span>
text_pattern::marks(std::string_view folded) const {
  std::vector<span> found;
  for (const auto& each : terms_)
    for (const auto at : places_of(folded, each, max_marked))
      found.emplace_back(at, each.text.size());
  std::ranges::sort(found);
  std::vector<span> result;
  for (const auto& [at, size] : found) {
    if (!result.empty() && at < result.back().first + result.back().second) {
      auto& last = result.back();
      last.second = std::max(last.second, at + size - last.first);
    } else {
      result.emplace_back(at, size);
    }
  }
  return result;
}

} // namespace convoy::protocol
