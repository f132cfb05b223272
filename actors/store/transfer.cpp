// SPDX-License-Identifier: Apache-2.0
#include "actors/store/transfer.hpp"

#include "actors/secrets.hpp"
#include "actors/store/migrations.hpp"
#include "actors/store/statements.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace convoy::actors::store {

namespace {

constexpr std::array tables{
    copied_table{"user_ids", "last", 1, -1, 1},
    copied_table{"users",
                 "id, email, password_hash, roles, highlight_keywords,"
                 " remote_address, stream, registered, disabled, last_seq,"
                 " journal_bytes",
                 1, 0, 100},
    copied_table{"sessions",
                 "token_hash, user_id, created, expires, remote_address,"
                 " user_agent, last_seen",
                 1, 1, 100},
    copied_table{"api_tokens",
                 "id, token_hash, user_id, name, scopes, created, expires,"
                 " last_used",
                 1, 2, 100},
    copied_table{"nonces",
                 "user_id, nonce, begun, answered, error, path, result", 2, 0,
                 100},
    copied_table{"connections",
                 "user_id, id, name, url, password_sealed, wanted,"
                 " on_connect_commands, info, memory, certificate_sealed,"
                 " on_connect_sealed",
                 2, 0, 100},
    copied_table{"conversations",
                 "user_id, connection_id, id, name, topic, frozen, key_sealed,"
                 " info, unread, notifications, read_seq, last_time,"
                 " last_msgid",
                 3, 0, 100},
    copied_table{"connection_profiles",
                 "id, url, max_message_length, max_bulk_message_size,"
                 " service_accounts, skip_queue, webirc_password_sealed,"
                 " flood_burst, flood_interval",
                 1, -1, 100},
    copied_table{"sts_policies", "host, port, expires", 1, -1, 100},
    copied_table{"site_settings", "id, json", 1, -1, 1},
    // Their contents may be large.
    copied_table{"files",
                 "id, user_id, name, content_type, saved, size, content,"
                 " write_only, state",
                 1, 1, 2},
    copied_table{"file_parts", "file_id, part, content", 2, -1, 4},
    copied_table{"journal",
                 "user_id, seq, time, connection_id, conversation_id, kind,"
                 " highlight, has_text, unread, notifications, name, sender,"
                 " target, content, topic, extra, msgid",
                 2, 0, 200},
};

/// Rows that belong to the same user.
struct sum {
  std::uint64_t rows = 0;
  std::uint64_t hashes = 0; ///< of each row, added up

  bool operator==(const sum&) const = default;
};

/// By user; "" for what is nobody's.
using checksums = std::map<std::string, sum>;

/// A value, or NULL.
struct cell {
  std::string text;
  soci::indicator state = soci::i_ok;
};

using cells = std::vector<cell>;

int count_columns(const copied_table& table) {
  return static_cast<int>(protocol::words(table.columns).size());
}

std::string first_columns(const copied_table& table) {
  std::string result;
  const auto names = protocol::words(table.columns);
  for (int n = 0; n < table.keys; ++n)
    result += names[static_cast<std::size_t>(n)];
  return result.substr(0, result.find_last_not_of(',') + 1);
}

/// FNV-1a, which tells a copy that was damaged from a good one; nobody makes
/// one up that looks alike.
std::uint64_t hash_of(const cell* row, std::size_t columns) {
  std::uint64_t result = 0xcbf29ce484222325U;
  const auto add = [&](std::string_view text) {
    for (const char c : text) {
      result ^= static_cast<unsigned char>(c);
      result *= 0x100000001b3U;
    }
  };
  for (std::size_t n = 0; n < columns; ++n) {
    add(row[n].state == soci::i_null ? "n" : "t");
    add(std::to_string(row[n].text.size()) + ":");
    add(row[n].text);
  }
  return result;
}

/// Reads a table in the order of its key, some rows at a time.
class table_reader {
public:
  table_reader(statements& db, const copied_table& table)
      : db_(db),
        table_(table),
        columns_(count_columns(table)),
        place_(static_cast<std::size_t>(table.keys)) {
    // nop
  }

  /// The next rows, one after the other; none at the end.
  cells next();

private:
  std::string sql() const;

  statements& db_;
  const copied_table& table_;
  int columns_;
  std::vector<std::string> place_; ///< key of the last row
  bool begun_ = false;
};

std::string table_reader::sql() const {
  const auto keys = first_columns(table_);
  std::string result =
      std::string("SELECT ") + table_.columns + " FROM " + table_.name;
  if (begun_) {
    result += " WHERE (" + keys + ") > (";
    for (int n = 0; n < table_.keys; ++n)
      result += (n == 0 ? ":k" : ", :k") + std::to_string(n);
    result += ")";
  }
  return result + " ORDER BY " + keys + " LIMIT "
         + std::to_string(table_.rows_at_once);
}

cells table_reader::next() {
  cells row(static_cast<std::size_t>(columns_));
  soci::statement read(db_.session());
  read.alloc();
  read.prepare(sql());
  for (auto& each : row)
    read.exchange(soci::into(each.text, each.state));
  if (begun_)
    for (const auto& each : place_)
      read.exchange(soci::use(each));
  read.define_and_bind();
  read.execute();
  cells result;
  while (read.fetch()) {
    for (auto& each : row)
      if (each.state == soci::i_null)
        each.text.clear();
    result.insert(result.end(), row.begin(), row.end());
  }
  read.bind_clean_up();
  if (!result.empty())
    for (std::size_t n = 0; n < place_.size(); ++n)
      place_[n] = result[result.size() - row.size() + n].text;
  begun_ = true;
  return result;
}

/// Writes rows into a table, several with a statement.
class table_writer {
public:
  table_writer(statements& db, const copied_table& table)
      : db_(db), table_(table) {
    // nop
  }

  void write(cells rows);

private:
  std::string sql() const;

  statements& db_;
  const copied_table& table_;
  cells bound_;
  std::optional<soci::statement> insert_; ///< of as many as are bound
};

std::string table_writer::sql() const {
  const auto width = static_cast<std::size_t>(count_columns(table_));
  std::string result = std::string("INSERT INTO ") + table_.name + " ("
                       + table_.columns + ") VALUES ";
  for (std::size_t n = 0; n < bound_.size(); ++n) {
    if (n % width == 0)
      result += n == 0 ? "(" : "), (";
    else
      result += ", ";
    result += ":v" + std::to_string(n);
  }
  return result + ")";
}

void table_writer::write(cells rows) {
  if (rows.size() == bound_.size() && insert_) {
    std::ranges::move(rows, bound_.begin());
    insert_->execute(true);
    return;
  }
  bound_ = std::move(rows);
  insert_.emplace(db_.session());
  insert_->alloc();
  insert_->prepare(sql());
  for (auto& each : bound_)
    insert_->exchange(soci::use(each.text, each.state));
  insert_->define_and_bind();
  insert_->execute(true);
}

class copying {
public:
  copying(const store_options& from, const store_options& to,
          const progress& tell)
      : from_(from), to_(to), tell_(tell) {
    // nop
  }

  transferred run(std::string_view key);

private:
  void check_source(std::string_view key);
  void expect_empty();
  std::uint64_t count(const copied_table& table);
  void copy(const copied_table& table);
  void compare(const copied_table& table, const checksums& expected);
  void clean(cells& rows);
  void add(const copied_table& table, const cells& rows, checksums& to);
  void told(std::string_view what, std::size_t rows);

  statements from_;
  statements to_;
  const progress& tell_;
  std::map<std::string, checksums> read_; ///< by table
  std::uint64_t done_ = 0;
  std::uint64_t all_ = 0;
  transferred result_;
};

void copying::check_source(std::string_view key) {
  const auto schema = schema_version(from_);
  if (schema != known_schema())
    from_.fail("move", "it has schema " + std::to_string(schema)
                           + ", and this program copies schema "
                           + std::to_string(known_schema()) + " only");
  std::string proof;
  from_.select<std::string>("SELECT sealed FROM key_proof",
                            [&](const std::string& sealed) { proof = sealed; });
  try {
    unseal(key, proof);
  } catch (const std::runtime_error& why) {
    from_.fail("move", std::string("its secrets are ") + why.what());
  }
}

/// What migrations have put into a new store goes.
void copying::expect_empty() {
  to_.execute("DELETE FROM user_ids");
  for (const auto& each : tables) {
    long long rows = 0;
    to_.select<long long>(std::string("SELECT COUNT(*) FROM (SELECT 1 FROM ")
                              + each.name + " LIMIT 1) AS found",
                          [&](long long found) { rows = found; });
    if (rows > 0)
      to_.fail("move", std::string("it is not empty: there is something in ")
                           + each.name);
  }
}

std::uint64_t copying::count(const copied_table& table) {
  long long result = 0;
  from_.select<long long>(std::string("SELECT COUNT(*) FROM ") + table.name,
                          [&](long long rows) { result = rows; });
  return static_cast<std::uint64_t>(result);
}

/// PostgreSQL refuses what is no UTF-8, and NUL.
void copying::clean(cells& rows) {
  if (!to_.place().is_postgresql())
    return;
  for (auto& each : rows) {
    auto fit = protocol::to_utf8(each.text);
    for (auto at = fit.find('\0'); at != std::string::npos;
         at = fit.find('\0', at))
      fit.replace(at, 1, "\xef\xbf\xbd");
    if (fit != each.text)
      ++result_.cleaned;
    each.text = std::move(fit);
  }
}

void copying::add(const copied_table& table, const cells& rows, checksums& to) {
  const auto columns = static_cast<std::size_t>(count_columns(table));
  for (std::size_t n = 0; n < rows.size(); n += columns) {
    const auto* row = &rows[n];
    auto& whose = to[table.user < 0 ? std::string{} : row[table.user].text];
    ++whose.rows;
    whose.hashes += hash_of(row, columns);
  }
}

void copying::told(std::string_view what, std::size_t rows) {
  done_ += rows;
  tell_(what, done_, all_);
}

void copying::copy(const copied_table& table) {
  const auto columns = static_cast<std::size_t>(count_columns(table));
  table_reader source(from_, table);
  table_writer target(to_, table);
  auto& sums = read_[table.name];
  for (auto rows = source.next(); !rows.empty(); rows = source.next()) {
    clean(rows);
    add(table, rows, sums);
    const auto count = rows.size() / columns;
    target.write(std::move(rows));
    told("rows copied", count);
  }
  for (const auto& [user, each] : sums)
    result_.rows += each.rows;
}

void copying::compare(const copied_table& table, const checksums& expected) {
  const auto columns = static_cast<std::size_t>(count_columns(table));
  table_reader written(to_, table);
  checksums found;
  for (auto rows = written.next(); !rows.empty(); rows = written.next()) {
    add(table, rows, found);
    told("rows compared", rows.size() / columns);
  }
  for (const auto& [user, each] : expected)
    if (const auto& copy = found[user]; copy != each)
      to_.fail("move",
               std::string("the copy of ") + table.name
                   + (user.empty() ? "" : " of user " + user)
                   + " is not what was read: " + std::to_string(copy.rows)
                   + " rows of " + std::to_string(each.rows)
                   + (copy.rows == each.rows ? ", of other content" : ""));
  if (found.size() != expected.size())
    to_.fail("move", std::string("the copy of ") + table.name
                         + " has rows that were not read");
}

transferred copying::run(std::string_view key) {
  for (auto* each : {&from_, &to_})
    if (const auto& sql = each->place().sql.be_patient; !sql.empty())
      each->session() << sql;
  transaction moment(from_, transaction::kind::read);
  check_source(key);
  transaction change(to_, transaction::kind::schema);
  expect_empty();
  for (const auto& each : tables)
    all_ += count(each);
  for (const auto& each : tables)
    copy(each);
  done_ = 0;
  for (const auto& each : tables)
    compare(each, read_[each.name]);
  change.commit();
  // Until it knows what is there, it looks in the wrong way.
  if (to_.place().is_postgresql())
    to_.session() << "ANALYZE";
  for (const auto& [user, each] : read_["users"])
    result_.users += each.rows;
  for (const auto& [user, each] : read_["journal"])
    result_.events += each.rows;
  return result_;
}

} // namespace

std::span<const copied_table> copied_tables() noexcept {
  return tables;
}

transferred transfer(const store_options& from, const store_options& to,
                     const progress& tell) {
  database{to}.migrate();
  copying all{from, to, tell};
  try {
    return all.run(from.key);
  } catch (const soci::soci_error& error) {
    throw store_error("move: " + reason_of(error));
  }
}

std::uint64_t nodes_of(const store_options& options) {
  statements db{options};
  long long result = 0;
  if (db.place().is_postgresql())
    db.trying("look for nodes", [&] {
      long long tables_there = 0;
      const std::string table = "nodes";
      db.select<long long>(
          db.place().sql.count_tables,
          [&](long long found) { tables_there = found; }, table);
      if (tables_there > 0)
        db.select<long long>("SELECT COUNT(*) FROM nodes",
                             [&](long long found) { result = found; });
    });
  return static_cast<std::uint64_t>(result);
}

} // namespace convoy::actors::store
