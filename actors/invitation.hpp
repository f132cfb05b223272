// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/account.hpp"
#include "protocol/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoy::actors {

/// What a link `/register?email=&exp=&token=` says (spec/rest-api.md §4.2).
struct invitation {
  std::string email; ///< as it is stored
  std::string exp;   ///< epoch seconds
  std::string token;
};

enum class invitation_verdict { good, expired, forged };

/// Whether we have made that invitation, and it still holds for `account`: the
/// one of that email, if there is one.
invitation_verdict
check_invitation(const invitation& what,
                 const std::optional<protocol::account>& account,
                 std::string_view key, protocol::timestamp now);

} // namespace convoy::actors
