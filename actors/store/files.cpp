// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"
#include "actors/store/homes.hpp"
#include "protocol/base64.hpp"

namespace convoy::actors::store {

namespace {

/// What becomes of a file (`files.state`).
constexpr long long being_written = 0;
constexpr long long there = 1;
constexpr long long being_deleted = 2;

std::string name_of(const char* what, protocol::user_id user) {
  return what + (" of user " + protocol::to_string(user));
}

bool is_taken(statements& db, const std::string& id) {
  bool result = false;
  db.select<long long>(
      "SELECT size FROM files WHERE id = :id",
      [&](long long) { result = true; }, id);
  return result;
}

/// Bytes of all files of a person.
std::uint64_t space_of(statements& db, protocol::user_id user) {
  long long result = 0;
  db.select<long long>(
      "SELECT COALESCE(SUM(size), 0) FROM files"
      " WHERE user_id = :user AND state < :going",
      [&](long long sum) { result = sum; }, stored(user), being_deleted);
  return static_cast<std::uint64_t>(result);
}

/// Makes a file's row with what is given of its content.
file_verdict insert(statements& db, const file_record& file, std::uint64_t size,
                    long long state, std::uint64_t room) {
  transaction change(db, transaction::kind::write);
  lock_user(db, file.user);
  if (is_taken(db, file.id))
    return file_verdict::id_taken;
  if (space_of(db, file.user) + size > room)
    return file_verdict::no_room;
  db.execute("INSERT INTO files (id, user_id, name, content_type, saved,"
             " size, content, write_only, state) VALUES (:id, :user, :name,"
             " :type, :saved, :size, :content, :hidden, :state)",
             file.id, stored(file.user), file.name, file.content_type,
             stored(file.saved), static_cast<long long>(size),
             protocol::encode_base64(file.content), file.write_only ? 1 : 0,
             state);
  change.commit();
  return file_verdict::stored;
}

void set_state(statements& db, const std::string& id, long long state) {
  db.execute("UPDATE files SET state = :state WHERE id = :id", state, id);
}

} // namespace

// -- writing ------------------------------------------------------------------

file_verdict database::add_file(const file_record& file, std::uint64_t room) {
  auto& db = impl_->db;
  return db.trying(name_of("add file", file.user), [&] {
    return insert(db, file, file.content.size(), there, room);
  });
}

file_verdict database::begin_file(const file_record& file, std::uint64_t size,
                                  std::uint64_t room) {
  auto& db = impl_->db;
  return db.trying(name_of("begin file", file.user), [&] {
    auto without = file;
    without.content.clear();
    return insert(db, without, size, being_written, room);
  });
}

void database::add_file_part(const std::string& id, std::size_t part,
                             const std::string& content) {
  auto& db = impl_->db;
  db.trying("add part of a file", [&] {
    db.execute("INSERT INTO file_parts (file_id, part, content)"
               " VALUES (:id, :part, :content)",
               id, static_cast<long long>(part),
               protocol::encode_base64(content));
  });
}

void database::finish_file(const std::string& id) {
  auto& db = impl_->db;
  db.trying("finish file", [&] { set_state(db, id, there); });
}

// -- reading ------------------------------------------------------------------

std::optional<file_record> database::find_file(protocol::user_id user,
                                               const std::string& id,
                                               bool with_content) {
  auto& db = impl_->db;
  const auto what = name_of("find file", user);
  std::optional<file_record> result;
  bool damaged = false;
  const auto append = [&](const std::string& encoded) {
    const auto content = protocol::decode_base64(encoded);
    damaged = damaged || !content;
    if (content)
      result->content += *content;
  };
  db.trying(what, [&] {
    // Nobody takes a part away in between.
    transaction snapshot(db, transaction::kind::read);
    db.select<std::string, std::string, long long, long long, int>(
        "SELECT name, content_type, saved, size, write_only"
        " FROM files WHERE id = :id AND user_id = :user AND state = :there",
        [&](const std::string& name, const std::string& type, long long saved,
            long long size, int hidden) {
          result = {id,
                    user,
                    name,
                    type,
                    time_of(saved),
                    "",
                    hidden != 0,
                    static_cast<std::uint64_t>(size)};
        },
        id, stored(user), there);
    if (!result || !with_content)
      return;
    result->content.reserve(static_cast<std::size_t>(result->size));
    db.select<std::string>("SELECT content FROM files WHERE id = :id", append,
                           id);
    db.select<std::string>("SELECT content FROM file_parts"
                           " WHERE file_id = :id ORDER BY part",
                           append, id);
  });
  if (damaged)
    db.fail(what, "the content of " + result->name + " is damaged");
  return result;
}

std::vector<file_entry> database::files_of(protocol::user_id user,
                                           const std::string& after,
                                           std::size_t limit) {
  auto& db = impl_->db;
  return db.trying(name_of("list files", user), [&] {
    std::vector<file_entry> result;
    db.select<std::string, std::string, long long, long long>(
        "SELECT id, name, saved, size FROM files"
        " WHERE user_id = :user AND state = :there"
        " AND (:after = '' OR (saved, id) < (SELECT saved, id FROM files"
        "  WHERE id = :again AND user_id = :owner))"
        " ORDER BY saved DESC, id DESC LIMIT :limit",
        [&](const std::string& id, const std::string& name, long long saved,
            long long size) {
          result.push_back(
              {id, name, time_of(saved), static_cast<std::uint64_t>(size)});
        },
        stored(user), there, after, after, stored(user),
        static_cast<long long>(limit));
    return result;
  });
}

std::string database::newer_file(protocol::user_id user, const std::string& id,
                                 std::size_t steps) {
  auto& db = impl_->db;
  return db.trying(name_of("list files", user), [&] {
    std::string result;
    db.select<std::string>(
        "SELECT id FROM files WHERE user_id = :user AND state = :there"
        " AND (saved, id) >= (SELECT saved, id FROM files"
        "  WHERE id = :again AND user_id = :owner)"
        " ORDER BY saved, id LIMIT 1 OFFSET :steps",
        [&](const std::string& found) { result = found; }, stored(user), there,
        id, stored(user), static_cast<long long>(steps));
    return result;
  });
}

// -- deleting -----------------------------------------------------------------

std::size_t database::delete_files(protocol::user_id user,
                                   const std::vector<std::string>& ids) {
  auto& db = impl_->db;
  return db.trying(name_of("delete files", user), [&] {
    transaction change(db, transaction::kind::write);
    long long result = 0;
    for (const auto& id : ids)
      result += db.execute("UPDATE files SET state = :going WHERE id = :id"
                           " AND user_id = :user AND state <> :gone",
                           being_deleted, id, stored(user), being_deleted);
    change.commit();
    return static_cast<std::size_t>(result);
  });
}

bool database::sweep_files(std::size_t most) {
  auto& db = impl_->db;
  const auto limit = static_cast<long long>(most);
  return db.trying("sweep files", [&] {
    // The conditions are the one of the index.
    const auto parts =
        db.execute("DELETE FROM file_parts WHERE (file_id, part) IN"
                   " (SELECT file_id, part FROM file_parts WHERE file_id IN"
                   "  (SELECT id FROM files WHERE state = 2) LIMIT :most)",
                   limit);
    if (parts == limit)
      return false;
    return db.execute("DELETE FROM files WHERE id IN"
                      " (SELECT id FROM files WHERE state = 2 LIMIT :most)",
                      limit)
           < limit;
  });
}

void database::delete_unfinished_files() {
  auto& db = impl_->db;
  constexpr std::size_t parts_at_once = 16;
  db.trying("delete unfinished files", [&] {
    db.execute("UPDATE files SET state = :going WHERE state = :coming AND "
                   + db.place().sql.is_abandoned,
               being_deleted, being_written);
  });
  while (!sweep_files(parts_at_once)) {
    // nop
  }
}

} // namespace convoy::actors::store
