// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace convoy::bench {

/// The value of the HTTP header field `name`, written just so; empty when the
/// request has none.
[[nodiscard]] std::string_view header_field(std::string_view request,
                                            std::string_view name);

/// The answer to a WebSocket upgrade with this `Sec-WebSocket-Key`, RFC 6455
/// section 4.2.2.
[[nodiscard]] std::string upgrade_answer(std::string_view key);

/// Which user a `Cookie` field names, from 0: the cookie of the bare servers is
/// the nick, u1 to uN. Throws on any other.
[[nodiscard]] std::size_t cookie_user(std::string_view cookies);

} // namespace convoy::bench
