// SPDX-License-Identifier: Apache-2.0
#include "protocol/email.hpp"

#include <algorithm>

namespace convoy::protocol {

namespace {

constexpr std::size_t max_email = 254;

} // namespace

bool is_email(std::string_view text) noexcept {
  const auto at = text.find('@');
  return text.size() <= max_email && at != std::string_view::npos && at > 0
         && at + 1 < text.size()
         && text.find('@', at + 1) == std::string_view::npos
         && std::ranges::none_of(text, [](char c) {
              return static_cast<unsigned char>(c) <= ' ' || c == 0x7f
                     || c == '/';
            });
}

} // namespace convoy::protocol
