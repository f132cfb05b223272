// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"
#include "actors/store/text_list.hpp"

namespace convoy::actors::store {

namespace {

/// Stands for "never": a token that expires then works for ever.
constexpr protocol::timestamp never{};

template <class... Values>
std::vector<api_token> read_tokens(statements& db, const std::string& condition,
                                   const Values&... values) {
  std::vector<api_token> result;
  db.select<std::string, std::string, long long, std::string, std::string,
            long long, long long, long long>(
      "SELECT id, token_hash, user_id, name, scopes, created, expires,"
      " last_used FROM api_tokens "
          + condition,
      [&](const std::string& id, const std::string& hash, long long user,
          const std::string& name, const std::string& scopes, long long created,
          long long expires, long long used) {
        result.push_back({id, hash, user_of(user), name, split_list(scopes),
                          time_of(created), time_of(expires), time_of(used)});
      },
      values...);
  return result;
}

} // namespace

void database::create_token(const api_token& token) {
  auto& db = impl_->db;
  db.trying("create API token", [&] {
    db.execute("INSERT INTO api_tokens (id, token_hash, user_id, name, scopes,"
               " created, expires, last_used) VALUES (:id, :hash, :user, :name,"
               " :scopes, :created, :expires, :used)",
               token.id, token.token_hash, stored(token.user), token.name,
               join_list(token.scopes), stored(token.created),
               stored(token.expires), stored(token.last_used));
  });
}

std::optional<api_token> database::find_token(const std::string& token_hash,
                                              protocol::timestamp now) {
  auto& db = impl_->db;
  return db.trying("find API token", [&]() -> std::optional<api_token> {
    auto found = read_tokens(
        db,
        "WHERE token_hash = :hash AND (expires = :never OR expires > :now)"
        " AND user_id NOT IN (SELECT id FROM users WHERE disabled <> 0)",
        token_hash, stored(never), stored(now));
    if (found.empty())
      return std::nullopt;
    return std::move(found.front());
  });
}

std::vector<api_token> database::tokens_of(protocol::user_id user) {
  auto& db = impl_->db;
  return db.trying("list API tokens", [&] {
    return read_tokens(db, "WHERE user_id = :user ORDER BY created DESC, id",
                       stored(user));
  });
}

void database::touch_token(const std::string& id, protocol::timestamp used) {
  auto& db = impl_->db;
  db.trying("touch API token", [&] {
    db.execute("UPDATE api_tokens SET last_used = :used WHERE id = :id",
               stored(used), id);
  });
}

bool database::delete_token(protocol::user_id user, const std::string& id,
                            std::string& hash) {
  auto& db = impl_->db;
  return db.trying("delete API token", [&] {
    transaction change(db, transaction::kind::write);
    const auto found =
        read_tokens(db, "WHERE user_id = :user AND id = :id", stored(user), id);
    if (found.empty())
      return false;
    db.execute("DELETE FROM api_tokens WHERE id = :id", id);
    change.commit();
    hash = found.front().token_hash;
    return true;
  });
}

} // namespace convoy::actors::store
