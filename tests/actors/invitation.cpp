// SPDX-License-Identifier: Apache-2.0
#include "actors/invitation.hpp"

#include "actors/secrets.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors;

TEST_CASE("an invitation is good until it expires, for what it was made") {
  const std::string key(32, 'k');
  const protocol::timestamp now{std::chrono::seconds{1000}};
  const auto verdict =
      [&](const invitation& what,
          const std::optional<protocol::account>& account = {}) {
        return check_invitation(what, account, key, now);
      };
  const std::string email = "ann@example.org";
  const auto token = sign_invite(key, email, 1000, "");
  CHECK(verdict({email, "1000", token}) == invitation_verdict::good);
  CHECK(verdict({email, "999", sign_invite(key, email, 999, "")})
        == invitation_verdict::expired);
  for (const auto* exp : {"", "x", "-1", "1000x", "99999999999999999999"})
    CHECK(verdict({email, exp, token}) == invitation_verdict::expired);
  CHECK(verdict({email, "1001", token}) == invitation_verdict::forged);
  CHECK(verdict({"bob@example.org", "1000", token})
        == invitation_verdict::forged);
  CHECK(verdict({email, "1000", ""}) == invitation_verdict::forged);

  protocol::account ann;
  ann.password_hash = "hash";
  CHECK(verdict({email, "1000", token}, ann) == invitation_verdict::forged);
  CHECK(verdict({email, "1000", sign_invite(key, email, 1000, "hash")}, ann)
        == invitation_verdict::good);
  ann.disabled = true;
  CHECK(verdict({email, "1000", sign_invite(key, email, 1000, "hash")}, ann)
        == invitation_verdict::forged);
}
