// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace convoy::actors::store {

/// Told now and then how far a long task is: what it is about (`pages`), how
/// many of them are done and how many there are; 0 when nobody knows.
using progress = std::function<void(std::string_view what, std::uint64_t done,
                                    std::uint64_t all)>;

} // namespace convoy::actors::store
