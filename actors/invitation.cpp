// SPDX-License-Identifier: Apache-2.0
#include "actors/invitation.hpp"

#include "actors/secrets.hpp"
#include "protocol/text.hpp"

#include <chrono>

namespace convoy::actors {

invitation_verdict
check_invitation(const invitation& what,
                 const std::optional<protocol::account>& account,
                 std::string_view key, protocol::timestamp now) {
  const auto exp = protocol::whole_number(what.exp);
  const auto today = std::chrono::floor<std::chrono::seconds>(now);
  if (!exp
      || *exp < static_cast<std::uint64_t>(today.time_since_epoch().count()))
    return invitation_verdict::expired;
  // Nobody gets in by it who is shut out.
  if (account && account->disabled)
    return invitation_verdict::forged;
  const auto hash = account ? account->password_hash : std::string{};
  return equal_secret(sign_invite(key, what.email, *exp, hash), what.token)
             ? invitation_verdict::good
             : invitation_verdict::forged;
}

} // namespace convoy::actors
