// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace convoy::protocol {

/// A user's number: `uid` on the wire, where it is a decimal string. The first
/// user is 1.
enum class user_id : std::uint64_t {};

constexpr std::uint64_t number(user_id id) noexcept {
  return static_cast<std::uint64_t>(id);
}

inline std::string to_string(user_id id) {
  return std::to_string(number(id));
}

/// The place of an event in its user's stream (P2): gapless, the first is 1,
/// 0 means "none yet".
using event_seq = std::uint64_t;

/// Matches an answer to the command that asked for it, within one user.
using ticket = std::uint64_t;

/// Where a conversation's name puts it: a channel starts with `#` or `&`, the
/// server conversation is "", all others are private (spec/events-and-irc.md).
enum class conversation_kind { server, channel, direct };

constexpr conversation_kind kind_of(std::string_view name) noexcept {
  if (name.empty())
    return conversation_kind::server;
  return name.front() == '#' || name.front() == '&' ? conversation_kind::channel
                                                    : conversation_kind::direct;
}

} // namespace convoy::protocol
