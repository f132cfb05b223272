// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/casemapping.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace convoy::protocol {

/// Longest mask that is taken, in bytes.
inline constexpr std::size_t max_mask = 200;
/// Masks of one connection; every message is compared with all of them.
inline constexpr std::size_t max_ignores = 100;

/// `text` as a whole mask `nick!user@host`: `bob` is `bob!*@*`, `u@h` is
/// `*!u@h`, `bob!u` is `bob!u@*`. Nothing when it is none: empty, too long,
/// with spaces, commas or control characters, or with a colon in front.
std::optional<std::string> complete_mask(std::string_view text);

/// Whether `mask`, in which `*` stands for anything and `?` for one byte, is
/// all of `text`.
bool matches_mask(std::string_view mask, std::string_view text,
                  casemapping mapping);

} // namespace convoy::protocol
