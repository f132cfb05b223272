// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"
#include "protocol/base64.hpp"

namespace convoy::actors::store {

file_verdict database::add_file(const file_record& file, std::uint64_t room) {
  auto& db = impl_->db;
  return db.trying("add file of user " + protocol::to_string(file.user), [&] {
    transaction change(db, transaction::kind::write);
    long long taken = 0;
    db.select<long long>(
        "SELECT COALESCE(SUM(size), 0) FROM files"
        " WHERE user_id = :user",
        [&](long long sum) { taken = sum; }, stored(file.user));
    if (static_cast<std::uint64_t>(taken) + file.content.size() > room)
      return file_verdict::no_room;
    db.execute("INSERT INTO files (id, user_id, name, content_type, saved,"
               " size, content) VALUES (:id, :user, :name, :type, :saved,"
               " :size, :content)",
               file.id, stored(file.user), file.name, file.content_type,
               stored(file.saved), static_cast<long long>(file.content.size()),
               protocol::encode_base64(file.content));
    change.commit();
    return file_verdict::stored;
  });
}

std::optional<file_record> database::find_file(protocol::user_id user,
                                               const std::string& id) {
  auto& db = impl_->db;
  const auto what = "find file of user " + protocol::to_string(user);
  std::optional<file_record> result;
  db.trying(what, [&] {
    db.select<std::string, std::string, long long, std::string>(
        "SELECT name, content_type, saved, content FROM files"
        " WHERE id = :id AND user_id = :user",
        [&](const std::string& name, const std::string& type, long long saved,
            const std::string& content) {
          result = {id, user, name, type, time_of(saved), content};
        },
        id, stored(user));
  });
  if (!result)
    return result;
  auto content = protocol::decode_base64(result->content);
  if (!content)
    db.fail(what, "the content of " + result->name + " is damaged");
  result->content = std::move(*content);
  return result;
}

} // namespace convoy::actors::store
