// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"

namespace convoy::actors::store {

void database::create_session(const session_record& session) {
  auto& db = impl_->db;
  db.trying("create session", [&] {
    db.execute("INSERT INTO sessions (token_hash, user_id, created, expires,"
               " remote_address, user_agent) VALUES (:token, :user, :created,"
               " :expires, :address, :agent)",
               session.token_hash, stored(session.user),
               stored(session.created), stored(session.expires),
               session.remote_address, session.user_agent);
  });
}

std::optional<session_record>
database::find_session(const std::string& token_hash, protocol::timestamp now) {
  auto& db = impl_->db;
  return db.trying("find session", [&] {
    std::optional<session_record> result;
    db.select<long long, long long, long long, std::string, std::string>(
        "SELECT user_id, created, expires, remote_address, user_agent"
        " FROM sessions WHERE token_hash = :token AND expires > :now"
        " AND user_id NOT IN (SELECT id FROM users WHERE disabled <> 0)",
        [&](long long user, long long created, long long expires,
            const std::string& address, const std::string& agent) {
          result = {token_hash,       user_of(user), time_of(created),
                    time_of(expires), address,       agent};
        },
        token_hash, stored(now));
    return result;
  });
}

void database::extend_session(const std::string& token_hash,
                              protocol::timestamp expires) {
  auto& db = impl_->db;
  db.trying("extend session", [&] {
    db.execute("UPDATE sessions SET expires = :expires"
               " WHERE token_hash = :token",
               stored(expires), token_hash);
  });
}

void database::delete_session(const std::string& token_hash) {
  auto& db = impl_->db;
  db.trying("delete session", [&] {
    db.execute("DELETE FROM sessions WHERE token_hash = :token", token_hash);
  });
}

void database::delete_expired_sessions(protocol::timestamp now) {
  auto& db = impl_->db;
  db.trying("delete expired sessions", [&] {
    db.execute("DELETE FROM sessions WHERE expires <= :now", stored(now));
  });
}

} // namespace convoy::actors::store
