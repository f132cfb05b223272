// SPDX-License-Identifier: Apache-2.0
#include "actors/store/migrations.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors::store {

namespace {

/// A step is begun so often at most: for some minutes.
constexpr std::size_t most_tries = 40;
/// Seconds between two of them at the most; the first pause is one second, and
/// each is one longer.
constexpr std::size_t longest_pause = 10;

/// The statements of one step; what is in braces is the dialect's.
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
      // 3: nonces, API tokens, site settings; what retention and
      // notifications look for
      {
          "ALTER TABLE sessions ADD COLUMN last_seen BIGINT NOT NULL DEFAULT 0",

          "CREATE TABLE api_tokens ("
          " id TEXT NOT NULL PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE,"
          " user_id BIGINT NOT NULL REFERENCES users ON DELETE CASCADE,"
          " name TEXT NOT NULL, scopes TEXT NOT NULL, created BIGINT NOT NULL,"
          " expires BIGINT NOT NULL, last_used BIGINT NOT NULL)",
          "CREATE INDEX api_tokens_by_user ON api_tokens (user_id, created)",

          "CREATE TABLE nonces ("
          " user_id BIGINT NOT NULL REFERENCES users ON DELETE CASCADE,"
          " nonce TEXT NOT NULL, begun BIGINT NOT NULL,"
          " answered INTEGER NOT NULL, error TEXT NOT NULL,"
          " path TEXT NOT NULL, result TEXT NOT NULL,"
          " PRIMARY KEY (user_id, nonce)){clustered}",
          "CREATE INDEX nonces_by_age ON nonces (begun)",

          // One row, made with the first setting.
          "CREATE TABLE site_settings ("
          " id INTEGER NOT NULL PRIMARY KEY, json TEXT NOT NULL)",

          // What a person may have put a password in.
          "ALTER TABLE connections ADD COLUMN on_connect_sealed TEXT NOT NULL"
          " DEFAULT ''",

          "ALTER TABLE files ADD COLUMN write_only INTEGER NOT NULL DEFAULT 0",
          // 0: it is being written, 1: it is there, 2: it is being deleted.
          "ALTER TABLE files ADD COLUMN state INTEGER NOT NULL DEFAULT 1",
          // Lists and sums; none looks behind a content.
          "DROP INDEX files_by_user",
          "CREATE INDEX files_listed ON files"
          " (user_id, state, saved, id, size, name)",
          "CREATE INDEX files_going ON files (id) WHERE state = 2",
          // The content of large files, in base64, so that nobody waits for
          // all of it.
          "CREATE TABLE file_parts ("
          " file_id TEXT NOT NULL REFERENCES files ON DELETE CASCADE,"
          " part BIGINT NOT NULL, content TEXT NOT NULL,"
          " PRIMARY KEY (file_id, part))",

          "CREATE INDEX journal_highlights ON journal (user_id, seq)"
          " WHERE highlight = 1 AND kind < 20 AND kind <> 4",
          // What is kept for the resume window only; errors are not history.
          "CREATE INDEX journal_states ON journal (time)"
          " WHERE kind >= 20 OR kind = 4",
          // Messages count 1 or 0 in `unread` and `notifications`.
          "CREATE INDEX journal_unread ON journal"
          " (user_id, connection_id, conversation_id, seq)"
          " WHERE unread = 1 AND kind < 20",

          // How far a journal is in the search index, and bytes of its text.
          "ALTER TABLE users ADD COLUMN indexed_seq BIGINT NOT NULL DEFAULT 0",
          "ALTER TABLE users ADD COLUMN journal_bytes BIGINT NOT NULL"
          " DEFAULT 0",
          // Of what was there before, characters.
          "UPDATE users SET journal_bytes = (SELECT COALESCE(SUM("
          "LENGTH(content) + LENGTH(extra) + LENGTH(sender) + LENGTH(target)"
          " + LENGTH(topic) + LENGTH(name)), 0)"
          " FROM journal WHERE user_id = users.id)",
          // Whom to index next.
          "CREATE INDEX users_to_index ON users (id)"
          " WHERE last_seq - indexed_seq >= 256",
          "{search}",

          // The highest id that was ever given.
          "CREATE TABLE user_ids (last BIGINT NOT NULL)",
          "INSERT INTO user_ids SELECT COALESCE(MAX(id), 0) FROM users",
      },
      // 4: which nodes there are, who lives where, and what they share
      {
          "CREATE TABLE node_epochs (last BIGINT NOT NULL)",
          "INSERT INTO node_epochs (last) VALUES (0)",
          "CREATE TABLE nodes ("
          " epoch BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
          " version TEXT NOT NULL, renewals BIGINT NOT NULL,"
          " lease_ms BIGINT NOT NULL, draining INTEGER NOT NULL,"
          // When it renewed.
          " homes BIGINT NOT NULL){clustered}",

          // Of no node that is there: they are homeless.
          "ALTER TABLE users ADD COLUMN home_epoch BIGINT NOT NULL DEFAULT 0",
          "CREATE INDEX users_by_home ON users (home_epoch, id)",
          "CREATE INDEX connections_wanted ON connections (user_id)"
          " WHERE wanted = 1",

          // In microseconds since the Unix epoch: until when what has been
          // taken lasts.
          "CREATE TABLE budgets ("
          " name TEXT NOT NULL PRIMARY KEY,"
          " spent_until BIGINT NOT NULL){clustered}",
          "CREATE INDEX budgets_by_age ON budgets (spent_until)",
      },
  };
  return all;
}

void put_in(std::string& sql, std::string_view place, std::string_view what) {
  for (auto at = sql.find(place); at != std::string::npos;
       at = sql.find(place, at + what.size()))
    sql.replace(at, place.size(), what);
}

/// `sql` as this database has it.
std::vector<std::string> said_in(const dialect& dialect, std::string sql) {
  if (sql == "{search}")
    return dialect.search_tables;
  put_in(sql, "{clustered}", dialect.clustered);
  put_in(sql, " TEXT ", " " + dialect.text + " ");
  return {sql};
}

/// Runs the statements of the step behind `done`.
void run_step(statements& db, std::size_t done, const schema_told& tell) {
  const auto& sqls = steps()[done];
  for (std::size_t n = 0; n < sqls.size(); ++n) {
    if (tell)
      tell(done + 1, n, sqls.size());
    for (const auto& sql : said_in(db.place().sql, sqls[n]))
      db.session() << sql;
  }
  db.execute("INSERT INTO schema_steps (version) VALUES (:version)",
             static_cast<long long>(done + 1));
}

/// False when there was none left to take. The schema is looked at inside the
/// transaction, so that two programs which start together take turns. `number`
/// becomes the step's.
bool take_step(statements& db, const schema_told& tell, std::size_t& number) {
  transaction change(db, transaction::kind::schema);
  db.session() << "CREATE TABLE IF NOT EXISTS schema_steps"
                  " (version BIGINT NOT NULL PRIMARY KEY)";
  const auto done = schema_version(db);
  if (done > known_schema())
    db.fail("migrate", "schema " + std::to_string(done)
                           + " is newer than this program knows ("
                           + std::to_string(known_schema()) + ")");
  if (done == known_schema())
    return false;
  number = done + 1;
  if (const auto& sql = db.place().sql.change_schema; !sql.empty())
    db.session() << sql;
  run_step(db, done, tell);
  change.commit();
  if (tell)
    tell(number, steps()[done].size(), steps()[done].size());
  return true;
}

/// The same, again and again while others have what it wants to change: whoever
/// comes after it would wait behind it, and those it waits for may take long.
/// What has piled up meanwhile is done in the pauses, so they grow.
bool take_step_in_time(statements& db, const schema_told& tell) {
  auto number = known_schema();
  for (std::size_t tried = 1;; ++tried)
    try {
      return take_step(db, tell, number);
    } catch (const soci::soci_error& error) {
      auto sql = db.place().sql.let_others;
      if (tried == most_tries || sql.empty() || !is_locked_out(error))
        throw;
      if (tell)
        tell(number, tried, 0);
      put_in(sql, "{seconds}", std::to_string(std::min(tried, longest_pause)));
      db.session() << sql;
    }
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

void run_migrations(statements& db, const schema_told& tell) {
  while (take_step_in_time(db, tell)) {
    // nop
  }
}

} // namespace convoy::actors::store
