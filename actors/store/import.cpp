// SPDX-License-Identifier: Apache-2.0
#include "actors/store/accounts.hpp"
#include "actors/store/connections.hpp"
#include "actors/store/database_impl.hpp"

namespace convoy::actors::store {

namespace {

/// More than these are counted only, so that the error stays readable.
constexpr std::size_t named_emails = 10;

[[noreturn]] void refuse(const statements& db,
                         const std::vector<std::string>& taken) {
  std::string text = "these emails are taken:";
  for (std::size_t i = 0; i < taken.size() && i < named_emails; ++i)
    text += (i == 0 ? " " : ", ") + taken[i];
  if (taken.size() > named_emails)
    text += " and " + std::to_string(taken.size() - named_emails) + " more";
  db.fail("import", text);
}

void import_connections(statements& db, std::string_view key,
                        const user_state& user) {
  const auto id = user.account.id;
  for (const auto& connection : user.connections) {
    write_connection(db, key, id, connection);
    for (const auto& conversation : connection.conversations)
      write_conversation(db, key, id, connection.id, conversation);
  }
}

} // namespace

void database::import(std::vector<user_state>& users) {
  auto& db = impl_->db;
  const auto first = db.trying("import", [&] {
    transaction change(db, transaction::kind::write);
    const auto highest = highest_user(db);
    std::vector<std::string> taken;
    auto id = highest;
    for (const auto& user : users) {
      auto made = user;
      made.account.id = user_of(++id);
      if (insert_account(db, made.account, made.last_seq))
        import_connections(db, impl_->key, made);
      else
        taken.push_back(made.account.email);
    }
    if (!taken.empty())
      refuse(db, taken);
    change.commit();
    return highest + 1;
  });
  auto id = first;
  for (auto& user : users)
    user.account.id = user_of(id++);
}

} // namespace convoy::actors::store
