// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace convoy::protocol {

/// Base64 with padding, on one line (RFC 4648 §4).
std::string encode_base64(std::string_view bytes);

/// The bytes again; nothing when `text` is not base64 with padding.
std::optional<std::string> decode_base64(std::string_view text);

} // namespace convoy::protocol
