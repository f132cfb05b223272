// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/store.hpp"
#include "protocol/account.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors {

/// Whether `admin` is among some roles, or the scopes of a token.
bool has_admin(const std::vector<std::string>& names);

/// Why somebody may not go: whoever is left could not log in then. "" when they
/// may.
std::string_view why_not_to_delete(store::database& db, protocol::user_id id);

/// Why somebody has to stay an admin: nobody is left then who is one and can
/// log in. "" when they may.
std::string_view why_to_stay_admin(store::database& db, protocol::user_id id);

/// Which logins end when a password is another.
enum class ended_logins {
  sessions, ///< of whoever has changed their own
  all,      ///< API tokens, too: somebody else may have had the account
};

/// Ends the logins of a person but for the session `but`; the hashes of their
/// tokens.
std::vector<std::string> end_logins(store::database& db, protocol::user_id id,
                                    ended_logins which, std::string_view but,
                                    protocol::timestamp now);

} // namespace convoy::actors
