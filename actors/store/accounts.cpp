// SPDX-License-Identifier: Apache-2.0
#include "actors/store/accounts.hpp"

#include "actors/store/database_impl.hpp"
#include "actors/store/text_list.hpp"

#include <algorithm>

namespace convoy::actors::store {

bool has_users(statements& db) {
  bool result = false;
  db.select<long long>("SELECT id FROM users LIMIT 1",
                       [&](long long) { result = true; });
  return result;
}

protocol::user_id new_user_id(statements& db) {
  db.execute("UPDATE user_ids SET last = last + 1");
  long long last = 0;
  db.select<long long>("SELECT last FROM user_ids",
                       [&](long long id) { last = id; });
  return user_of(last);
}

bool insert_account(statements& db, const protocol::account& account,
                    protocol::event_seq last_seq) {
  return db.execute(
             "INSERT INTO users (id, email, password_hash, roles,"
             " highlight_keywords, remote_address, stream, registered,"
             " disabled, last_seq) VALUES (:id, :email, :hash, :roles,"
             " :keywords, :address, :stream, :registered, :disabled, :seq)"
             " ON CONFLICT (email) DO NOTHING",
             stored(account.id), account.email, account.password_hash,
             join_list(account.roles), join_list(account.highlight_keywords),
             account.remote_address, account.stream, stored(account.registered),
             account.disabled ? 1 : 0, static_cast<long long>(last_seq))
         == 1;
}

template <class... Values>
std::vector<user_state> read_accounts(statements& db,
                                      const std::string& condition,
                                      const Values&... values) {
  std::vector<user_state> result;
  db.select<long long, std::string, std::string, std::string, std::string,
            std::string, std::string, long long, int, long long>(
      "SELECT id, email, password_hash, roles, highlight_keywords,"
      " remote_address, stream, registered, disabled, last_seq FROM users "
          + condition + " ORDER BY id",
      [&](long long id, const std::string& email, const std::string& hash,
          const std::string& roles, const std::string& keywords,
          const std::string& address, const std::string& stream,
          long long registered, int disabled, long long last_seq) {
        protocol::account account{
            user_of(id),          email,   hash,   split_list(roles),
            split_list(keywords), address, stream, time_of(registered),
            disabled != 0};
        result.push_back({std::move(account),
                          static_cast<protocol::event_seq>(last_seq),
                          {}});
      },
      values...);
  return result;
}

std::optional<user_state> find_user(statements& db, protocol::user_id id) {
  auto found = read_accounts(db, "WHERE id = :id", stored(id));
  if (found.empty())
    return std::nullopt;
  return std::move(found.front());
}

namespace {

/// `sql` is an update of one row; its second parameter is the user.
template <class Value>
void update_user(statements& db, std::string_view what, const std::string& sql,
                 protocol::user_id id, const Value& value) {
  db.trying(what, [&] {
    if (db.execute(sql, value, stored(id)) != 1)
      db.fail(what, "there is no user " + protocol::to_string(id));
  });
}

} // namespace

create_verdict database::create_account(protocol::account& account,
                                        bool allowed) {
  auto& db = impl_->db;
  return db.trying("create account", [&] {
    transaction change(db, transaction::kind::write);
    auto made = account;
    // First, for who makes another at the same time waits here.
    made.id = new_user_id(db);
    const auto is_first = !has_users(db);
    if (!is_first && !allowed)
      return create_verdict::not_open;
    if (is_first
        && std::find(made.roles.begin(), made.roles.end(), "admin")
               == made.roles.end())
      made.roles.emplace_back("admin");
    if (!insert_account(db, made, 0))
      return create_verdict::email_taken;
    change.commit();
    account = std::move(made);
    return create_verdict::created;
  });
}

std::optional<protocol::account>
database::find_account(const std::string& email) {
  auto& db = impl_->db;
  return db.trying("find account", [&]() -> std::optional<protocol::account> {
    auto found = read_accounts(db, "WHERE email = :email", email);
    if (found.empty())
      return std::nullopt;
    return std::move(found.front().account);
  });
}

std::optional<protocol::account> database::find_account(protocol::user_id id) {
  auto& db = impl_->db;
  return db.trying("find account", [&]() -> std::optional<protocol::account> {
    auto found = find_user(db, id);
    if (!found)
      return std::nullopt;
    return std::move(found->account);
  });
}

standing database::user_standing() {
  auto& db = impl_->db;
  return db.trying("look who is admitted", [&] {
    standing result;
    // Read first: who is made in between is not older than that.
    db.select<long long>("SELECT last FROM user_ids", [&](long long last) {
      result.highest = user_of(last);
    });
    db.select<long long>(
        "SELECT id FROM users WHERE disabled = 0 ORDER BY id",
        [&](long long id) { result.admitted.push_back(user_of(id)); });
    db.select<long long, std::string>(
        "SELECT id, roles FROM users WHERE roles <> ''",
        [&](long long id, const std::string& roles) {
          result.roles.emplace(user_of(id), roles);
        });
    return result;
  });
}

std::vector<protocol::account> database::accounts() {
  auto& db = impl_->db;
  return db.trying("list accounts", [&] {
    std::vector<protocol::account> result;
    for (auto& user : read_accounts(db, ""))
      result.push_back(std::move(user.account));
    return result;
  });
}

bool database::has_accounts() {
  auto& db = impl_->db;
  return db.trying("look for accounts", [&] {
    bool any = false;
    db.select<long long>("SELECT id FROM users LIMIT 1",
                         [&](long long) { any = true; });
    return any;
  });
}

void database::set_password(protocol::user_id id, const std::string& hash) {
  update_user(impl_->db, "set password",
              "UPDATE users SET password_hash = :hash WHERE id = :id", id,
              hash);
}

void database::set_remote_address(protocol::user_id id,
                                  const std::string& address) {
  update_user(impl_->db, "set remote address",
              "UPDATE users SET remote_address = :address WHERE id = :id", id,
              address);
}

void database::change_account(protocol::user_id id,
                              const account_change& what) {
  auto& db = impl_->db;
  db.trying("change account", [&] {
    transaction change(db, transaction::kind::write);
    if (what.roles)
      update_user(db, "set roles",
                  "UPDATE users SET roles = :roles WHERE id = :id", id,
                  join_list(*what.roles));
    if (what.highlight_keywords)
      update_user(db, "set highlight keywords",
                  "UPDATE users SET highlight_keywords = :words WHERE id = :id",
                  id, join_list(*what.highlight_keywords));
    if (!what.password_hash.empty())
      set_password(id, what.password_hash);
    change.commit();
  });
}

void database::set_disabled(protocol::user_id id, bool disabled) {
  update_user(impl_->db, "set whether a user is disabled",
              "UPDATE users SET disabled = :disabled WHERE id = :id", id,
              disabled ? 1 : 0);
}

} // namespace convoy::actors::store
