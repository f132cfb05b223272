// SPDX-License-Identifier: Apache-2.0
#include "actors/store/migrations.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors::store {

namespace {

/// The statements of one step; `{clustered}` is the dialect's.
using step = std::vector<const char*>;

/// Numbered from 1. Steps are only ever added: a released one never changes.
const std::vector<step>& steps() {
  static const std::vector<step> all{
      // 1: the key's proof, accounts, connections and the journal
      {
          "CREATE TABLE key_proof (sealed TEXT NOT NULL)",

          "CREATE TABLE users ("
          " id BIGINT NOT NULL PRIMARY KEY, email TEXT NOT NULL UNIQUE,"
          " password_hash TEXT NOT NULL, roles TEXT NOT NULL,"
          " highlight_keywords TEXT NOT NULL, remote_address TEXT NOT NULL,"
          " stream TEXT NOT NULL, registered BIGINT NOT NULL,"
          " disabled INTEGER NOT NULL, last_seq BIGINT NOT NULL){clustered}",

          "CREATE TABLE sessions ("
          " token_hash TEXT NOT NULL PRIMARY KEY,"
          " user_id BIGINT NOT NULL REFERENCES users ON DELETE CASCADE,"
          " created BIGINT NOT NULL, expires BIGINT NOT NULL,"
          " remote_address TEXT NOT NULL, user_agent TEXT NOT NULL){clustered}",
          "CREATE INDEX sessions_by_user ON sessions (user_id)",
          "CREATE INDEX sessions_by_expiry ON sessions (expires)",

          "CREATE TABLE connections ("
          " user_id BIGINT NOT NULL REFERENCES users ON DELETE CASCADE,"
          " id TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL,"
          " password_sealed TEXT NOT NULL, wanted INTEGER NOT NULL,"
          " on_connect_commands TEXT NOT NULL, info TEXT NOT NULL,"
          " PRIMARY KEY (user_id, id)){clustered}",

          "CREATE TABLE conversations ("
          " user_id BIGINT NOT NULL, connection_id TEXT NOT NULL,"
          " id TEXT NOT NULL, name TEXT NOT NULL, topic TEXT NOT NULL,"
          " frozen TEXT NOT NULL, key_sealed TEXT NOT NULL, info TEXT NOT NULL,"
          " unread BIGINT NOT NULL, notifications BIGINT NOT NULL,"
          " read_seq BIGINT NOT NULL,"
          " PRIMARY KEY (user_id, connection_id, id),"
          " FOREIGN KEY (user_id, connection_id)"
          "  REFERENCES connections (user_id, id)"
          "  ON DELETE CASCADE){clustered}",

          // Not clustered: all users' rows are written at its one end.
          "CREATE TABLE journal ("
          " user_id BIGINT NOT NULL, seq BIGINT NOT NULL, time BIGINT NOT NULL,"
          " connection_id TEXT NOT NULL, conversation_id TEXT NOT NULL,"
          " kind INTEGER NOT NULL, highlight INTEGER NOT NULL,"
          " has_text INTEGER NOT NULL, unread BIGINT NOT NULL,"
          " notifications BIGINT NOT NULL, name TEXT NOT NULL,"
          " sender TEXT NOT NULL, target TEXT NOT NULL, content TEXT NOT NULL,"
          " topic TEXT NOT NULL, extra TEXT NOT NULL,"
          " PRIMARY KEY (user_id, seq))",
          // What history shows: messages (kinds below 20) but for errors (4).
          "CREATE INDEX journal_history ON journal"
          " (user_id, connection_id, conversation_id, time, seq)"
          " WHERE kind < 20 AND kind <> 4",
      },
      // 2: what IRC sessions remember, profiles, files and TLS policies
      {
          "ALTER TABLE connections ADD COLUMN memory TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE connections ADD COLUMN certificate_sealed TEXT NOT NULL"
          " DEFAULT ''",

          "ALTER TABLE conversations ADD COLUMN last_time BIGINT NOT NULL"
          " DEFAULT 0",
          "ALTER TABLE conversations ADD COLUMN last_msgid TEXT NOT NULL"
          " DEFAULT ''",

          // What a message is named by when it is taken back.
          "ALTER TABLE journal ADD COLUMN msgid TEXT NOT NULL DEFAULT ''",
          "CREATE INDEX journal_by_msgid ON journal"
          " (user_id, connection_id, msgid) WHERE msgid <> ''",

          // Without a value it is as the node or the host has it.
          "CREATE TABLE connection_profiles ("
          " id TEXT NOT NULL PRIMARY KEY, url TEXT NOT NULL,"
          " max_message_length BIGINT NOT NULL,"
          " max_bulk_message_size BIGINT NOT NULL,"
          " service_accounts TEXT NOT NULL, skip_queue INTEGER,"
          " webirc_password_sealed TEXT NOT NULL, flood_burst BIGINT,"
          " flood_interval BIGINT){clustered}",

          // The content is in base64.
          "CREATE TABLE files ("
          " id TEXT NOT NULL PRIMARY KEY,"
          " user_id BIGINT NOT NULL REFERENCES users ON DELETE CASCADE,"
          " name TEXT NOT NULL, content_type TEXT NOT NULL,"
          " saved BIGINT NOT NULL, size BIGINT NOT NULL,"
          " content TEXT NOT NULL)",
          "CREATE INDEX files_by_user ON files (user_id, saved, size)",

          "CREATE TABLE sts_policies ("
          " host TEXT NOT NULL PRIMARY KEY, port BIGINT NOT NULL,"
          " expires BIGINT NOT NULL){clustered}",
      },
  };
  return all;
}

/// False when there was none left to take. The schema is looked at inside the
/// transaction, so that two programs which start together take turns.
bool take_step(statements& db) {
  transaction change(db, transaction::kind::write);
  const auto done = schema_version(db);
  if (done > known_schema())
    db.fail("migrate", "schema " + std::to_string(done)
                           + " is newer than this program knows ("
                           + std::to_string(known_schema()) + ")");
  if (done == known_schema())
    return false;
  for (std::string sql : steps()[done]) {
    constexpr std::string_view placeholder = "{clustered}";
    if (const auto at = sql.find(placeholder); at != std::string::npos)
      sql.replace(at, placeholder.size(), db.place().sql.clustered);
    db.session() << sql;
  }
  db.execute("INSERT INTO schema_steps (version) VALUES (:version)",
             static_cast<long long>(done + 1));
  change.commit();
  return true;
}

} // namespace

std::size_t known_schema() noexcept {
  return steps().size();
}

std::size_t schema_version(statements& db) {
  long long version = 0;
  db.select<long long>("SELECT COALESCE(MAX(version), 0) FROM schema_steps",
                       [&](long long found) { version = found; });
  return static_cast<std::size_t>(version);
}

void run_migrations(statements& db) {
  db.session() << "CREATE TABLE IF NOT EXISTS schema_steps"
                  " (version BIGINT NOT NULL PRIMARY KEY)";
  while (take_step(db)) {
    // nop
  }
}

} // namespace convoy::actors::store
