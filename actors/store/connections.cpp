// SPDX-License-Identifier: Apache-2.0
#include "actors/store/connections.hpp"

#include "actors/secrets.hpp"
#include "actors/store/accounts.hpp"
#include "actors/store/database_impl.hpp"
#include "actors/store/journal_batch.hpp"
#include "actors/store/journal_rows.hpp"
#include "actors/store/text_list.hpp"

#include <map>
#include <tuple>

namespace convoy::actors::store {

namespace {

using connection_map = std::map<std::string, protocol::connection_record>;

connection_map read_connections(statements& db, protocol::user_id user) {
  connection_map result;
  db.select<std::string, std::string, std::string, std::string, int,
            std::string, std::string, std::string, std::string>(
      "SELECT id, name, url, password_sealed, wanted, on_connect_sealed,"
      " info, memory, certificate_sealed FROM connections"
      " WHERE user_id = :user",
      [&](const std::string& id, const std::string& name,
          const std::string& url, const std::string& password, int wanted,
          const std::string& commands, const std::string& info,
          const std::string& memory, const std::string& certificate) {
        result.emplace(id, protocol::connection_record{id,
                                                       name,
                                                       url,
                                                       password,
                                                       wanted != 0,
                                                       {commands},
                                                       info,
                                                       memory,
                                                       certificate,
                                                       {}});
      },
      stored(user));
  return result;
}

void read_conversations(statements& db, protocol::user_id user,
                        connection_map& into) {
  db.select<std::string, std::string, std::string, std::string, std::string,
            std::string, std::string, long long, long long, long long,
            long long, std::string>(
      "SELECT connection_id, id, name, topic, frozen, key_sealed, info, unread,"
      " notifications, read_seq, last_time, last_msgid FROM conversations"
      " WHERE user_id = :user ORDER BY connection_id, id",
      [&](const std::string& connection_id, const std::string& id,
          const std::string& name, const std::string& topic,
          const std::string& frozen, const std::string& key,
          const std::string& info, long long unread, long long notifications,
          long long read_seq, long long last_time,
          const std::string& last_msgid) {
        into[connection_id].conversations.push_back(
            {id, name, topic, frozen, key, info,
             static_cast<std::uint32_t>(unread),
             static_cast<std::uint32_t>(notifications),
             static_cast<protocol::event_seq>(read_seq), time_of(last_time),
             last_msgid});
      },
      stored(user));
}

/// What was read is still sealed: a visitor of rows must not throw.
void open_seals(statements& db, std::string_view key, protocol::user_id user,
                protocol::connection_record& connection) {
  try {
    connection.password = unseal(key, connection.password);
    connection.certificate = unseal(key, connection.certificate);
    connection.on_connect_commands =
        split_list(unseal(key, connection.on_connect_commands.front()));
    for (auto& conversation : connection.conversations)
      conversation.key = unseal(key, conversation.key);
  } catch (const std::runtime_error& error) {
    db.fail("load user " + protocol::to_string(user),
            "secrets of " + connection.id + ": " + error.what());
  }
}

} // namespace

void write_connection(statements& db, std::string_view key,
                      protocol::user_id user,
                      const protocol::connection_record& connection) {
  db.execute("INSERT INTO connections (user_id, id, name, url, password_sealed,"
             " wanted, on_connect_commands, on_connect_sealed, info, memory,"
             " certificate_sealed) VALUES (:user, :id, :name, :url, :password,"
             " :wanted, '', :commands, :info, :memory, :certificate)"
             " ON CONFLICT (user_id, id) DO UPDATE SET name = excluded.name,"
             " url = excluded.url, password_sealed = excluded.password_sealed,"
             " wanted = excluded.wanted,"
             " on_connect_sealed = excluded.on_connect_sealed,"
             " info = excluded.info, memory = excluded.memory,"
             " certificate_sealed = excluded.certificate_sealed",
             stored(user), connection.id, connection.name, connection.url,
             seal(key, connection.password), connection.wanted ? 1 : 0,
             seal(key, join_list(connection.on_connect_commands)),
             connection.info, connection.memory,
             seal(key, connection.certificate));
}

void write_conversation(statements& db, std::string_view key,
                        protocol::user_id user,
                        const std::string& connection_id,
                        const protocol::conversation& conversation) {
  static const auto sql =
      std::string("INSERT INTO conversations (") + conversation_columns
      + ") VALUES (:user, :connection, :id, :name, :topic, :frozen, :key,"
        " :info, :unread, :notifications, :read, :time, :msgid)"
      + replace_conversation;
  db.execute(sql, stored(user), connection_id, conversation.id,
             conversation.name, conversation.topic, conversation.frozen,
             seal(key, conversation.key), conversation.info,
             static_cast<long long>(conversation.unread),
             static_cast<long long>(conversation.notifications),
             static_cast<long long>(conversation.read_seq),
             stored(conversation.last_time), conversation.last_msgid);
}

void seal_commands(statements& db, std::string_view key) {
  transaction change(db, transaction::kind::write);
  std::vector<std::tuple<long long, std::string, std::string>> plain;
  db.select<long long, std::string, std::string>(
      "SELECT user_id, id, on_connect_commands FROM connections"
      " WHERE on_connect_commands <> ''",
      [&](long long user, const std::string& id, const std::string& commands) {
        plain.emplace_back(user, id, commands);
      });
  if (plain.empty())
    return;
  const overwriting wiped(db);
  for (const auto& [user, id, commands] : plain)
    db.execute("UPDATE connections SET on_connect_commands = '',"
               " on_connect_sealed = :sealed"
               " WHERE user_id = :user AND id = :id",
               seal(key, commands), user, id);
  change.commit();
}

std::optional<user_state> database::load_user(protocol::user_id id) {
  auto& db = impl_->db;
  return db.trying("load user " + protocol::to_string(id), [&] {
    // One snapshot: the numbering and the counters must belong together.
    transaction snapshot(db, transaction::kind::read);
    auto user = find_user(db, id);
    if (!user)
      return user;
    auto connections = read_connections(db, id);
    read_conversations(db, id, connections);
    for (auto& [connection_id, connection] : connections) {
      open_seals(db, impl_->key, id, connection);
      user->connections.push_back(std::move(connection));
    }
    return user;
  });
}

std::vector<protocol::user_id> database::wanted_users() {
  auto& db = impl_->db;
  return db.trying("list wanted users", [&] {
    std::vector<protocol::user_id> result;
    db.select<long long>("SELECT id FROM users WHERE disabled = 0 AND EXISTS"
                         " (SELECT 1 FROM connections"
                         "  WHERE user_id = users.id AND wanted = 1)"
                         " ORDER BY id",
                         [&](long long id) { result.push_back(user_of(id)); });
    return result;
  });
}

void database::put_connection(protocol::user_id user,
                              const protocol::connection_record& connection) {
  auto& db = impl_->db;
  const auto what = "put connection " + connection.id + " of user "
                    + protocol::to_string(user);
  db.trying(what, [&] {
    transaction change(db, transaction::kind::write);
    must_live_at(db, impl_->home, user, what);
    write_connection(db, impl_->key, user, connection);
    change.commit();
  });
}

bool database::delete_connection(protocol::user_id user,
                                 const std::string& connection_id,
                                 std::size_t most) {
  auto& db = impl_->db;
  const auto what = "delete connection " + connection_id + " of user "
                    + protocol::to_string(user);
  return db.trying(what, [&] {
    transaction change(db, transaction::kind::write);
    must_live_at(db, impl_->home, user, what);
    // The condition on the kind is the one of the index
    // journal_history.
    auto seqs = select_numbers(db,
                               "SELECT seq FROM journal"
                               " WHERE user_id = :user"
                               " AND connection_id = :id"
                               " AND kind < 20 AND kind <> 4 LIMIT :most",
                               stored(user), connection_id,
                               static_cast<long long>(most));
    delete_rows(db, user, seqs);
    const auto is_last = seqs.size() < most;
    if (is_last) {
      // Its conversations go with it.
      db.execute("DELETE FROM connections"
                 " WHERE user_id = :user AND id = :id",
                 stored(user), connection_id);
      delete_rows(db, user,
                  select_numbers(db,
                                 "SELECT seq FROM journal"
                                 " WHERE user_id = :user"
                                 " AND connection_id = :id",
                                 stored(user), connection_id));
    }
    change.commit();
    return is_last;
  });
}

} // namespace convoy::actors::store
