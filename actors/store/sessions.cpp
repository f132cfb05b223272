// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"

namespace convoy::actors::store {

namespace {

template <class... Values>
std::vector<session_record> read_sessions(statements& db,
                                          const std::string& condition,
                                          const Values&... values) {
  std::vector<session_record> result;
  db.select<std::string, long long, long long, long long, std::string,
            std::string, long long>(
      "SELECT token_hash, user_id, created, expires, remote_address,"
      " user_agent, last_seen FROM sessions "
          + condition,
      [&](const std::string& hash, long long user, long long created,
          long long expires, const std::string& address,
          const std::string& agent, long long seen) {
        result.push_back({hash, user_of(user), time_of(created),
                          time_of(expires), address, agent, time_of(seen)});
      },
      values...);
  return result;
}

} // namespace

void database::create_session(const session_record& session) {
  auto& db = impl_->db;
  db.trying("create session", [&] {
    db.execute("INSERT INTO sessions (token_hash, user_id, created, expires,"
               " remote_address, user_agent, last_seen) VALUES (:token, :user,"
               " :created, :expires, :address, :agent, :seen)",
               session.token_hash, stored(session.user),
               stored(session.created), stored(session.expires),
               session.remote_address, session.user_agent,
               stored(session.last_seen));
  });
}

std::optional<session_record>
database::find_session(const std::string& token_hash, protocol::timestamp now) {
  auto& db = impl_->db;
  return db.trying("find session", [&]() -> std::optional<session_record> {
    auto found = read_sessions(
        db,
        "WHERE token_hash = :token AND expires > :now"
        " AND user_id NOT IN (SELECT id FROM users WHERE disabled <> 0)",
        token_hash, stored(now));
    if (found.empty())
      return std::nullopt;
    return std::move(found.front());
  });
}

std::vector<session_record> database::sessions_of(protocol::user_id user,
                                                  protocol::timestamp now) {
  auto& db = impl_->db;
  return db.trying("list sessions", [&] {
    return read_sessions(db,
                         "WHERE user_id = :user AND expires > :now"
                         " ORDER BY created DESC, token_hash",
                         stored(user), stored(now));
  });
}

void database::touch_session(const std::string& token_hash,
                             protocol::timestamp seen) {
  auto& db = impl_->db;
  db.trying("touch session", [&] {
    db.execute("UPDATE sessions SET last_seen = :seen"
               " WHERE token_hash = :token",
               stored(seen), token_hash);
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
