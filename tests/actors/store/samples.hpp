// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/store.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace convoy::tests {

namespace store = actors::store;

inline const std::string sample_key(32, 'k');

inline std::string sqlite_url(const std::string& path) {
  return "sqlite:" + path;
}

/// Gives a store of that path its address; servers.cpp may put another here.
inline std::string (*url_of)(const std::string& path) = sqlite_url;

/// What errors call the server that these tests run on, instead of SQLite; or
/// "".
inline std::string server_name;

inline bool on_server() {
  return !server_name.empty();
}

/// What errors of the store of that path begin with.
inline std::string error_from(const std::string& path) {
  return "store " + (on_server() ? server_name : path) + ": ";
}

/// How to open the store of that path (scratch.hpp), or a new one in memory.
inline store::store_options options_for(const std::string& path) {
  return {.url = url_of(path), .full_sync = false, .key = sample_key};
}

inline constexpr protocol::timestamp at(long long microseconds) {
  return protocol::timestamp{std::chrono::microseconds{microseconds}};
}

inline protocol::account account_of(const std::string& email) {
  protocol::account result;
  result.email = email;
  result.password_hash = "$argon2id$of-" + email;
  result.stream = "0123456789abcdef";
  result.registered = at(1'700'000'000'123'456);
  return result;
}

inline protocol::connection_record connection_named(const std::string& id) {
  protocol::connection_record result;
  result.id = id;
  return result;
}

inline protocol::conversation conversation_named(const std::string& id,
                                                 const std::string& name) {
  protocol::conversation result;
  result.id = id;
  result.name = name;
  return result;
}

/// A store in memory with one user, who has the connection `irc-libera`.
class one_user {
public:
  one_user() : db(options_for(":memory:")) {
    db.migrate();
    auto account = account_of("ann@example.com");
    db.create_account(account, false);
    id = account.id;
    db.put_connection(id, connection_named("irc-libera"));
  }

  store::database db;
  protocol::user_id id{};
};

inline protocol::event message(protocol::event_seq seq, long long time,
                               const std::string& text = "hello") {
  protocol::event result;
  result.seq = seq;
  result.time = at(time);
  result.connection_id = "irc-libera";
  result.conversation_id = "#convoy";
  result.name = "#Convoy";
  result.from = "bob";
  result.text = text;
  return result;
}

inline store::journal_batch batch_of(protocol::user_id user,
                                     std::vector<protocol::event> events) {
  store::journal_batch result;
  result.user = user;
  result.events = std::move(events);
  return result;
}

/// Commits the batches together.
inline void append(store::database& db,
                   const std::vector<store::journal_batch>& batches) {
  std::vector<const store::journal_batch*> pointers;
  for (const auto& each : batches)
    pointers.push_back(&each);
  db.append(pointers);
}

inline std::vector<std::string> texts(const store::history_page& page) {
  std::vector<std::string> result;
  for (const auto& event : page.messages)
    result.push_back(event.text);
  return result;
}

inline store::history_query convoy_channel(protocol::user_id user) {
  store::history_query result;
  result.user = user;
  result.connection_id = "irc-libera";
  result.conversation_id = "#convoy";
  return result;
}

} // namespace convoy::tests
