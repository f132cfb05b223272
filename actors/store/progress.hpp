// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace convoy::actors::store {

/// Told now and then how far a long task is: what it is about (`pages`), how
/// many of them are done and how many there are; 0 when nobody knows.
using progress = std::function<void(std::string_view what, std::uint64_t done,
                                    std::uint64_t all)>;

/// Told before each statement of a numbered step of the schema how many of the
/// step's are done, and at its end, when it is committed, that all are. Each
/// time that it begins anew, for others had what it wanted to change, `all` is
/// 0 and `done` says how often that was.
using schema_told =
    std::function<void(std::size_t step, std::size_t done, std::size_t all)>;

} // namespace convoy::actors::store
