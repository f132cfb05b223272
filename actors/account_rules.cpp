// SPDX-License-Identifier: Apache-2.0
#include "actors/account_rules.hpp"

#include <algorithm>

namespace convoy::actors {

namespace {

bool can_log_in(const protocol::account& who) {
  return !who.disabled && !who.password_hash.empty();
}

bool rules(const protocol::account& who) {
  return can_log_in(who) && has_admin(who.roles);
}

/// Whether `holds` is true of somebody else than `id`.
bool of_another(store::database& db, protocol::user_id id,
                bool (*holds)(const protocol::account&)) {
  return std::ranges::any_of(db.accounts(), [&](const auto& each) {
    return each.id != id && holds(each);
  });
}

bool is_last_admin(store::database& db, protocol::user_id id) {
  const auto who = db.find_account(id);
  return who && rules(*who) && !of_another(db, id, rules);
}

} // namespace

bool has_admin(const std::vector<std::string>& names) {
  return std::ranges::count(names, "admin") != 0;
}

std::string_view why_not_to_delete(store::database& db, protocol::user_id id) {
  if (!of_another(db, id, can_log_in))
    return "You are the only user left.";
  return is_last_admin(db, id) ? "You are the only admin left." : "";
}

std::string_view why_to_stay_admin(store::database& db, protocol::user_id id) {
  return is_last_admin(db, id) ? "Somebody else has to be an admin first." : "";
}

std::vector<std::string> end_logins(store::database& db, protocol::user_id id,
                                    ended_logins which, std::string_view but,
                                    protocol::timestamp now) {
  std::vector<std::string> result;
  for (const auto& each : db.sessions_of(id, now))
    if (each.token_hash != but) {
      db.delete_session(each.token_hash);
      result.push_back(each.token_hash);
    }
  if (which == ended_logins::all)
    for (const auto& each : db.tokens_of(id)) {
      std::string hash;
      if (db.delete_token(id, each.id, hash))
        result.push_back(hash);
    }
  return result;
}

} // namespace convoy::actors
