// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace convoy::protocol {

/// Whether `text` has the form of an email address: something, `@`, something,
/// with neither white space, control characters nor `/`, at most 254 bytes.
bool is_email(std::string_view text) noexcept;

} // namespace convoy::protocol
