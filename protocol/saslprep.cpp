// SPDX-License-Identifier: Apache-2.0
#include "protocol/saslprep.hpp"

#include <unictype.h>
#include <unistr.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <uninorm.h>

namespace convoy::protocol {

namespace {

struct free_memory {
  void operator()(void* memory) const noexcept {
    std::free(memory);
  }
};
using bytes = std::unique_ptr<std::uint8_t, free_memory>;

struct range {
  ucs4_t first;
  ucs4_t last;
};

template <std::size_t Size>
bool is_in(const range (&ranges)[Size], ucs4_t c) {
  return std::any_of(std::begin(ranges), std::end(ranges), [c](range each) {
    return c >= each.first && c <= each.last;
  });
}

/// RFC 3454 B.1: commonly mapped to nothing.
constexpr range unseen[]{{0xAD, 0xAD},     {0x34F, 0x34F},   {0x1806, 0x1806},
                         {0x180B, 0x180D}, {0x200B, 0x200D}, {0x2060, 0x2060},
                         {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};

/// RFC 3454 C.2.2, C.6, C.7, C.8 and C.9, as far as no category says it.
constexpr range prohibited[]{
    {0x6DD, 0x6DD},    {0x70F, 0x70F},   {0x180E, 0x180E},   {0x200E, 0x200F},
    {0x2028, 0x202E},  {0x2060, 0x2063}, {0x206A, 0x206F},   {0xFFF9, 0xFFFD},
    {0x2FF0, 0x2FFB},  {0x340, 0x341},   {0x1D173, 0x1D17A}, {0xE0001, 0xE0001},
    {0xE0020, 0xE007F}};

bool is_prohibited(ucs4_t c) {
  return uc_is_general_category_withtable(
             c, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cs | UC_CATEGORY_MASK_Co
                    | UC_CATEGORY_MASK_Cn)
         || is_in(prohibited, c);
}

/// RFC 3454 §6: what is written from right to left begins and ends so, and has
/// nothing in it that is written from left to right.
class direction_check {
public:
  void see(ucs4_t c) {
    const auto category = uc_bidi_category(c);
    last_is_right_ = category == UC_BIDI_R || category == UC_BIDI_AL;
    if (!any_)
      first_is_right_ = last_is_right_;
    any_ = true;
    right_ = right_ || last_is_right_;
    left_ = left_ || category == UC_BIDI_L;
  }
  bool passes() const {
    return !right_ || (!left_ && first_is_right_ && last_is_right_);
  }

private:
  bool any_ = false;
  bool right_ = false;
  bool left_ = false;
  bool first_is_right_ = false;
  bool last_is_right_ = false;
};

void append(std::string& text, ucs4_t c) {
  std::uint8_t encoded[4];
  const auto size = u8_uctomb(encoded, c, sizeof encoded);
  if (size > 0)
    text.append(reinterpret_cast<const char*>(encoded),
                static_cast<std::size_t>(size));
}

/// Calls `see` with each character; whether all of it is UTF-8.
template <class F>
bool each_character(std::string_view text, F&& see) {
  const auto* at = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto* const end = at + text.size();
  while (at != end) {
    ucs4_t c = 0;
    const auto size = u8_mbtoucr(&c, at, static_cast<std::size_t>(end - at));
    if (size <= 0)
      return false;
    see(c);
    at += size;
  }
  return true;
}

} // namespace

std::optional<std::string> saslprep(std::string_view text) {
  std::string mapped;
  const auto is_text = each_character(text, [&](ucs4_t c) {
    if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Zs))
      mapped += ' ';
    else if (!is_in(unseen, c))
      append(mapped, c);
  });
  if (!is_text)
    return std::nullopt;
  std::size_t size = 0;
  const bytes normal{u8_normalize(
      UNINORM_NFKC, reinterpret_cast<const std::uint8_t*>(mapped.data()),
      mapped.size(), nullptr, &size)};
  if (!normal)
    return std::nullopt;
  std::string result(reinterpret_cast<const char*>(normal.get()), size);
  auto bad = false;
  direction_check directions;
  each_character(result, [&](ucs4_t c) {
    bad = bad || is_prohibited(c);
    directions.see(c);
  });
  if (bad || !directions.passes())
    return std::nullopt;
  return result;
}

} // namespace convoy::protocol
