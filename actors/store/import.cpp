// SPDX-License-Identifier: Apache-2.0
#include "actors/secrets.hpp"
#include "actors/store/accounts.hpp"
#include "actors/store/connections.hpp"
#include "actors/store/database_impl.hpp"
#include "protocol/base64.hpp"

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

void write_connections(statements& db, std::string_view key,
                       const user_state& user) {
  const auto id = user.account.id;
  for (const auto& connection : user.connections) {
    write_connection(db, key, id, connection);
    for (const auto& conversation : connection.conversations)
      write_conversation(db, key, id, connection.id, conversation);
  }
}

/// The id that `wished` becomes.
protocol::user_id id_for(statements& db, protocol::user_id wished) {
  if (db.execute("UPDATE user_ids SET last = :id WHERE last < :wished",
                 stored(wished), stored(wished))
      == 1)
    return wished;
  return new_user_id(db);
}

/// Nobody waits for it: it may be large.
void write_file(statements& db, file_record file) {
  bool is_taken = false;
  db.select<long long>(
      "SELECT size FROM files WHERE id = :id",
      [&](long long) { is_taken = true; }, file.id);
  if (is_taken)
    file.id = random_file_id();
  db.execute("INSERT INTO files (id, user_id, name, content_type, saved, size,"
             " content, write_only) VALUES (:id, :user, :name, :type, :saved,"
             " :size, :content, :hidden)",
             file.id, stored(file.user), file.name, file.content_type,
             stored(file.saved), static_cast<long long>(file.content.size()),
             protocol::encode_base64(file.content), file.write_only ? 1 : 0);
}

} // namespace

bool database::take_in(
    user_state& user,
    const std::function<std::vector<protocol::event>()>& events,
    const std::function<std::optional<file_record>()>& files) {
  auto& db = impl_->db;
  return db.trying("take in " + user.account.email, [&] {
    transaction change(db, transaction::kind::write);
    auto made = user.account;
    made.id = id_for(db, made.id);
    if (!insert_account(db, made, 0))
      return false;
    protocol::event_seq last = 0;
    journal_batch batch;
    batch.user = made.id;
    for (;;) {
      batch.events = events();
      if (batch.events.empty())
        break;
      for (auto& event : batch.events)
        event.seq = ++last;
      // Who is new lives nowhere.
      impl_->append_batch(batch, 0);
    }
    while (auto file = files()) {
      file->user = made.id;
      write_file(db, std::move(*file));
    }
    user.account = std::move(made);
    user.last_seq = last;
    write_connections(db, impl_->key, user);
    change.commit();
    return true;
  });
}

void database::import(std::vector<user_state>& users) {
  auto& db = impl_->db;
  const auto ids = db.trying("import", [&] {
    transaction change(db, transaction::kind::write);
    std::vector<std::string> taken;
    std::vector<protocol::user_id> given;
    for (const auto& user : users) {
      auto made = user;
      made.account.id = given.emplace_back(new_user_id(db));
      if (insert_account(db, made.account, made.last_seq))
        write_connections(db, impl_->key, made);
      else
        taken.push_back(made.account.email);
    }
    if (!taken.empty())
      refuse(db, taken);
    change.commit();
    return given;
  });
  for (std::size_t i = 0; i < users.size(); ++i)
    users[i].account.id = ids[i];
}

} // namespace convoy::actors::store
