// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace convoy::protocol {

/// Policies are kept no longer than this, whatever a server says.
inline constexpr std::chrono::seconds max_sts_duration{10 * 365 * 24 * 3600};

/// What a server's `sts` capability says (IRCv3 sts). Its `preload` is for the
/// makers of lists.
struct sts_value {
  std::optional<std::uint16_t> port; ///< for TLS; counts without TLS only
  /// How long to use nothing else; counts with TLS only. 0: no longer.
  std::optional<std::chrono::seconds> duration;
};

/// Keys that are malformed are left out.
sts_value parse_sts(std::string_view text);

/// Whether a host is an address, for which there are no policies.
bool is_address(std::string_view host);

} // namespace convoy::protocol
