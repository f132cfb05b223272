// SPDX-License-Identifier: Apache-2.0
#include "actors/store/verification.hpp"

#include "actors/secrets.hpp"
#include "actors/store/event_row.hpp"
#include "actors/store/migrations.hpp"
#include "actors/store/search_index.hpp"
#include "actors/store/statements.hpp"
#include "protocol/base64.hpp"
#include "protocol/text.hpp"

#include <array>

namespace convoy::actors::store {

namespace {

/// Of one kind more are not told: they say nothing new.
constexpr std::size_t most_problems = 100;

/// Messages of one user.
constexpr long long most_looked_up = 200;

class inspection {
public:
  inspection(const store_options& options, const progress& tell)
      : db_(options), key_(options.key), tell_(tell) {
    // nop
  }

  verdict run();

private:
  using check = void (inspection::*)();

  /// A check that fails has found something, too.
  void attempt(check what);
  void note(std::string problem);
  bool opens(const std::string& sealed) const;

  void read_schema();
  void check_file();
  void check_references();
  void check_key();
  void check_numbers();
  void check_strangers();
  void check_ids();
  void check_secrets();
  void check_files();
  void check_index();
  void look_up(long long id, const std::string& whose, long long indexed);

  statements db_;
  std::string key_;
  const progress& tell_;
  verdict result_;
  bool key_fits_ = false;
};

verdict inspection::run() {
  result_.known_schema = known_schema();
  attempt(&inspection::read_schema);
  if (result_.schema == 0 || result_.schema > result_.known_schema)
    return std::move(result_);
  static constexpr std::array whatever{
      &inspection::check_file, &inspection::check_references,
      &inspection::check_key, &inspection::check_numbers,
      &inspection::check_strangers};
  static constexpr std::array newest{
      &inspection::check_ids, &inspection::check_secrets,
      &inspection::check_files, &inspection::check_index};
  const bool is_newest = result_.schema == result_.known_schema;
  const auto all = whatever.size() + (is_newest ? newest.size() : 0);
  std::uint64_t done = 0;
  const auto attempt_all = [&](const auto& checks) {
    for (const auto each : checks) {
      tell_("checks", done++, all);
      attempt(each);
    }
  };
  attempt_all(whatever);
  if (is_newest)
    attempt_all(newest);
  tell_("checks", all, all);
  return std::move(result_);
}

void inspection::attempt(check what) {
  try {
    db_.trying("verify", [&] { (this->*what)(); });
  } catch (const store_error& error) {
    note(error.what());
  }
}

void inspection::note(std::string problem) {
  result_.problems.push_back(std::move(problem));
}

void inspection::read_schema() {
  long long is_there = 0;
  const std::string table = "schema_steps";
  db_.select<long long>(
      db_.place().sql.count_tables, [&](long long count) { is_there = count; },
      table);
  if (is_there != 0)
    result_.schema = schema_version(db_);
  if (result_.schema == 0)
    note("It is no store of Convoy.");
  if (result_.schema > result_.known_schema)
    note("Its schema " + std::to_string(result_.schema)
         + " is newer than this program knows ("
         + std::to_string(result_.known_schema) + ").");
}

void inspection::check_file() {
  // A server looks after its files, and lets no reference go.
  if (db_.place().is_postgresql())
    return;
  db_.select<std::string>("PRAGMA integrity_check("
                              + std::to_string(most_problems) + ")",
                          [&](const std::string& said) {
                            if (said != "ok")
                              note("The file is damaged: " + said + ".");
                          });
}

void inspection::check_references() {
  if (db_.place().is_postgresql())
    return;
  db_.select<std::string, std::string, long long>(
      "SELECT \"table\", parent, COUNT(*) FROM pragma_foreign_key_check"
      " GROUP BY \"table\", parent",
      [&](const std::string& table, const std::string& parent,
          long long count) {
        note(std::to_string(count) + " rows of " + table
             + " belong to no row of " + parent + ".");
      });
}

bool inspection::opens(const std::string& sealed) const {
  try {
    unseal(key_, sealed);
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

void inspection::check_key() {
  std::size_t proofs = 0;
  std::string proof;
  db_.select<std::string>("SELECT sealed FROM key_proof",
                          [&](const std::string& sealed) {
                            proof = sealed;
                            ++proofs;
                          });
  key_fits_ = proofs == 1 && opens(proof);
  if (proofs > 1)
    note("It has more than one proof of its key.");
  else if (proofs == 1 && !key_fits_)
    note("Its secrets are sealed under another key than that of the key file.");
}

void inspection::check_numbers() {
  db_.select<std::string, long long, long long, long long>(
      "SELECT email, last_seq,"
      " COALESCE((SELECT MIN(seq) FROM journal WHERE user_id = id), 1),"
      " COALESCE((SELECT MAX(seq) FROM journal WHERE user_id = id), 0)"
      " FROM users ORDER BY id",
      [&](const std::string& email, long long last, long long least,
          long long most) {
        if (most > last)
          note("User " + email + ": event " + std::to_string(most)
               + " stands behind the last one, " + std::to_string(last) + ".");
        if (least < 1)
          note("User " + email + ": event " + std::to_string(least)
               + " stands before the first one.");
      });
  db_.select<std::string, std::string, std::string>(
      "SELECT u.email, c.connection_id, c.id FROM conversations c"
      " JOIN users u ON u.id = c.user_id WHERE c.read_seq > u.last_seq",
      [&](const std::string& email, const std::string& connection,
          const std::string& id) {
        note("User " + email + ": " + connection + " " + id
             + " is read beyond the last event.");
      });
}

void inspection::check_strangers() {
  db_.select<long long, long long>(
      "SELECT user_id, COUNT(*) FROM journal"
      " WHERE user_id NOT IN (SELECT id FROM users) GROUP BY user_id",
      [&](long long user, long long count) {
        note(std::to_string(count) + " events belong to user "
             + std::to_string(user) + ", who does not exist.");
      });
}

void inspection::check_ids() {
  db_.select<long long, long long, long long>(
      "SELECT COUNT(*), COALESCE(MAX(last), 0),"
      " (SELECT COALESCE(MAX(id), 0) FROM users) FROM user_ids",
      [&](long long rows, long long last, long long highest) {
        if (rows != 1)
          note("It does not know which user ids were given.");
        else if (highest > last)
          note("User " + std::to_string(highest)
               + " has an id that was not given.");
      });
}

void inspection::check_secrets() {
  if (!key_fits_)
    return;
  const auto look = [this](const std::string& whose, const char* what,
                           const std::string& sealed) {
    if (!opens(sealed))
      note(whose + ": " + what + " does not open with the key.");
  };
  db_.select<std::string, std::string, std::string, std::string, std::string>(
      "SELECT u.email, c.id, c.password_sealed, c.certificate_sealed,"
      " c.on_connect_sealed FROM connections c JOIN users u ON u.id = "
      "c.user_id",
      [&](const std::string& email, const std::string& id,
          const std::string& password, const std::string& certificate,
          const std::string& commands) {
        const auto whose = "User " + email + ", connection " + id;
        look(whose, "the password", password);
        look(whose, "the certificate", certificate);
        look(whose, "the list of commands", commands);
      });
  db_.select<std::string, std::string, std::string, std::string>(
      "SELECT u.email, c.connection_id, c.id, c.key_sealed"
      " FROM conversations c JOIN users u ON u.id = c.user_id",
      [&](const std::string& email, const std::string& connection,
          const std::string& id, const std::string& key) {
        look("User " + email + ", connection " + connection + ", " + id,
             "the channel key", key);
      });
  db_.select<std::string, std::string>(
      "SELECT id, webirc_password_sealed FROM connection_profiles",
      [&](const std::string& id, const std::string& password) {
        look("Connection profile " + id, "the WEBIRC password", password);
      });
}

void inspection::check_files() {
  struct known {
    std::string id;
    std::string whose;
    std::size_t size = 0;
  };
  std::vector<known> files;
  db_.select<std::string, std::string, std::string, long long>(
      "SELECT f.id, u.email, f.name, f.size FROM files f"
      " JOIN users u ON u.id = f.user_id WHERE f.state = 1",
      [&](const std::string& id, const std::string& email,
          const std::string& name, long long size) {
        files.push_back({id, "User " + email + ", file " + name,
                         static_cast<std::size_t>(size)});
      });
  std::uint64_t done = 0;
  for (const auto& file : files) {
    tell_("files", done++, files.size());
    std::size_t size = 0;
    bool is_base64 = true;
    db_.select<std::string>(
        "SELECT content FROM files WHERE id = :id UNION ALL"
        " SELECT content FROM file_parts WHERE file_id = :file",
        [&](const std::string& encoded) {
          const auto content = protocol::decode_base64(encoded);
          is_base64 = is_base64 && content;
          size += content ? content->size() : 0;
        },
        file.id, file.id);
    if (!is_base64)
      note(file.whose + ": the content is damaged.");
    else if (size != file.size)
      note(file.whose + ": it has " + std::to_string(size)
           + " bytes instead of " + std::to_string(file.size) + ".");
  }
}

void inspection::check_index() {
  struct user {
    long long id = 0;
    std::string email;
    long long indexed = 0;
  };
  std::vector<user> users;
  db_.select<long long, std::string, long long, long long>(
      "SELECT id, email, indexed_seq, last_seq FROM users ORDER BY id",
      [&](long long id, const std::string& email, long long indexed,
          long long last) {
        users.push_back({id, email, indexed});
        if (indexed > last)
          note("User " + email + ": the search index is ahead of the journal.");
      });
  std::uint64_t done = 0;
  for (const auto& [id, email, indexed] : users) {
    tell_("users", done++, users.size());
    look_up(id, "User " + email, indexed);
  }
}

/// Looks for some messages of somebody, spread over all of them: to look for
/// each would take as long as to make the index again.
void inspection::look_up(long long id, const std::string& whose,
                         long long indexed) {
  static const auto sql = std::string("SELECT ") + event_columns
                          + " FROM journal WHERE user_id = :user"
                            " AND seq <= :last AND seq % :step = 0"
                            " AND kind < 20 AND kind <> 4";
  std::size_t missing = 0;
  const auto sample =
      select_events(db_, sql, id, indexed, indexed / most_looked_up + 1);
  for (const auto& each : sample) {
    const auto seq = static_cast<long long>(each.seq);
    const auto tokens = tokens_of_message(each);
    std::vector<search_token> all;
    for (const auto word : protocol::words(tokens))
      all.emplace_back(word);
    missing +=
        find_in_index(db_, user_of(id), index_query(all, {}), {seq, seq}, 1)
                .empty()
            ? 1
            : 0;
  }
  if (missing > 0)
    note(whose + ": of " + std::to_string(sample.size())
         + " messages that were looked for, the search index does not know "
         + std::to_string(missing) + ".");
}

} // namespace

verdict verify(const store_options& options, const progress& tell) {
  return inspection{options, tell}.run();
}

} // namespace convoy::actors::store
