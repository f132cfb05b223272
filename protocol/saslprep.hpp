// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace convoy::protocol {

/// A user name or password in the one form that both sides of SASL agree on
/// (RFC 4013, by today's Unicode): spaces are U+0020, what is not seen is gone,
/// NFKC. Nothing when `text` is not UTF-8, has control, private or unassigned
/// characters, or mixes directions as no name may.
std::optional<std::string> saslprep(std::string_view text);

} // namespace convoy::protocol
