// SPDX-License-Identifier: Apache-2.0
#include "actors/store/nonces.hpp"

#include "actors/store/database_impl.hpp"
#include "actors/store/nonce_taken.hpp"

namespace convoy::actors::store {

void write_nonce(statements& db, protocol::user_id user,
                 const nonce_record& nonce) {
  if (nonce.withdrawn) {
    db.execute("DELETE FROM nonces WHERE user_id = :user AND nonce = :nonce"
               " AND begun = :begun",
               stored(user), nonce.nonce, stored(nonce.begun));
    return;
  }
  if (nonce.answered) {
    // The cleaner may have been quicker.
    db.execute("INSERT INTO nonces (user_id, nonce, begun, answered, error,"
               " path, result) VALUES (:user, :nonce, :begun, 1, :error, :path,"
               " :result) ON CONFLICT (user_id, nonce) DO UPDATE"
               " SET answered = 1, error = excluded.error,"
               " path = excluded.path, result = excluded.result",
               stored(user), nonce.nonce, stored(nonce.begun), nonce.error,
               nonce.path, nonce.result);
    return;
  }
  const auto begun = db.execute(
      "INSERT INTO nonces (user_id, nonce, begun, answered, error, path,"
      " result) VALUES (:user, :nonce, :begun, 0, '', '', '')"
      " ON CONFLICT (user_id, nonce) DO UPDATE SET begun = excluded.begun,"
      " answered = 0, error = '', path = '', result = ''"
      // One that is appended again may have been there already.
      " WHERE nonces.begun < :forgotten OR (nonces.begun = excluded.begun"
      " AND nonces.answered = 0)",
      stored(user), nonce.nonce, stored(nonce.begun), stored(nonce.forgotten));
  if (begun == 0)
    db.fail<nonce_taken>("begin a send of user " + protocol::to_string(user),
                         "its nonce has been used");
}

std::optional<nonce_record> database::find_nonce(protocol::user_id user,
                                                 const std::string& nonce) {
  auto& db = impl_->db;
  return db.trying("find nonce", [&] {
    std::optional<nonce_record> result;
    db.select<long long, int, std::string, std::string, std::string>(
        "SELECT begun, answered, error, path, result FROM nonces"
        " WHERE user_id = :user AND nonce = :nonce",
        [&](long long begun, int answered, const std::string& error,
            const std::string& path, const std::string& answer) {
          auto& found = result.emplace();
          found.nonce = nonce;
          found.begun = time_of(begun);
          found.answered = answered != 0;
          found.error = error;
          found.path = path;
          found.result = answer;
        },
        stored(user), nonce);
    return result;
  });
}

std::size_t database::delete_nonces(protocol::timestamp before,
                                    std::size_t most) {
  auto& db = impl_->db;
  return db.trying("delete nonces", [&] {
    return static_cast<std::size_t>(
        db.execute("DELETE FROM nonces WHERE (user_id, nonce) IN"
                   " (SELECT user_id, nonce FROM nonces WHERE begun < :before"
                   " LIMIT :most)",
                   stored(before), static_cast<long long>(most)));
  });
}

} // namespace convoy::actors::store
