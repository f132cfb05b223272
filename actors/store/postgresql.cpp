// SPDX-License-Identifier: Apache-2.0
#include "actors/store/postgresql.hpp"

#include "actors/store/store.hpp"

#include <soci/postgresql/soci-postgresql.h>

#include <algorithm>
#include <array>
#include <memory>

namespace convoy::actors::store::postgresql {

namespace {

struct freeing {
  void operator()(PQconninfoOption* options) const {
    PQconninfoFree(options);
  }
  void operator()(char* text) const {
    PQfreemem(text);
  }
};

using parsed_options = std::unique_ptr<PQconninfoOption, freeing>;

[[noreturn]] void fail(const location& place, const std::string& reason) {
  throw store_outage("store " + place.path + ": " + reason);
}

/// Whether libpq would take what was meant as a password for something else,
/// and show it: one with a slash that is not written as %2F.
bool is_misleading(std::string_view url) {
  const auto behind = url.substr(url.find("://") + 3);
  const auto slash = std::min(behind.find('/'), behind.size());
  return behind.substr(slash).find('@') < behind.substr(slash).find('?');
}

/// Not what libpq says of an address that it cannot read: all of that is in it.
parsed_options parse(std::string_view url) {
  char* problem = nullptr;
  parsed_options result{
      is_misleading(url) ? nullptr
                         : PQconninfoParse(std::string{url}.c_str(), &problem)};
  const std::unique_ptr<char, freeing> said{problem};
  if (!result)
    throw store_error(
        "store postgresql: the address cannot be read; it must be"
        " postgresql://USER:PASSWORD@HOST:PORT/DATABASE?OPTION=VALUE, with"
        " other signs than letters and digits as % and two hex digits");
  return result;
}

std::string quoted(std::string_view value) {
  std::string result = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\')
      result += '\\';
    result += c;
  }
  return result + "'";
}

std::string value_of(const parsed_options& options, std::string_view name) {
  for (const auto* each = options.get(); each->keyword != nullptr; ++each)
    if (each->keyword == name && each->val != nullptr)
      return each->val;
  return {};
}

/// As people may see it.
std::string shown(const parsed_options& options) {
  auto host = value_of(options, "host");
  if (host.empty())
    host = value_of(options, "hostaddr");
  const auto port = value_of(options, "port");
  return "postgresql://" + host + (port.empty() ? "" : ":" + port) + "/"
         + value_of(options, "dbname");
}

/// All that the address says, so that what it does not say can be added.
std::string told(const parsed_options& options) {
  std::string result;
  for (const auto* each = options.get(); each->keyword != nullptr; ++each)
    if (each->val != nullptr)
      result += std::string{each->keyword} + "=" + quoted(each->val) + " ";
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value_of(options, name).empty())
      result += std::string{name} + "=" + quoted(value) + " ";
  };
  add("application_name", "convoy");
  // A server that is gone without a word is noticed within seconds.
  add("keepalives_idle", "5");
  add("keepalives_interval", "2");
  add("keepalives_count", "3");
  return result + "client_encoding='UTF8' ";
}

dialect make_dialect() {
  dialect sql;
  sql.begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  sql.begin_write = "BEGIN";
  // Of any number, as long as it is always the same.
  sql.lock_schema = "SELECT pg_advisory_xact_lock(8098991012346)";
  sql.change_schema = "SET LOCAL lock_timeout = 500;"
                      " SET LOCAL statement_timeout = 0;"
                      " SET LOCAL idle_in_transaction_session_timeout = 0";
  sql.let_others = "SELECT pg_sleep({seconds})";
  sql.be_patient = "SET statement_timeout = 0;"
                   " SET idle_in_transaction_session_timeout = 0";
  sql.text = "TEXT COLLATE \"C\"";
  sql.search_tables = {
      "CREATE TABLE search_index (user_id BIGINT NOT NULL,"
      " seq BIGINT NOT NULL, tokens TSVECTOR NOT NULL,"
      " PRIMARY KEY (user_id, seq))",
      "CREATE INDEX search_index_by_token ON search_index USING GIN (tokens)"};
  sql.count_tables = "SELECT COUNT(*) FROM pg_tables"
                     " WHERE schemaname = current_schema()"
                     " AND tablename = :name";
  sql.lock_rows = " FOR NO KEY UPDATE";
  sql.lock_free_rows = " FOR NO KEY UPDATE SKIP LOCKED";
  sql.now = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)";
  sql.is_abandoned = "saved < " + sql.now + " - 86400000000";
  sql.is_in_list = " = ANY(CAST(:list AS BIGINT[]))";
  sql.list_brackets = "{}";
  return sql;
}

struct known_failure {
  std::string_view begins; ///< an SQLSTATE
  failure_class what;
};

constexpr std::string_view locked_for_too_long = "55P03";

constexpr std::string_view is_standby = "25006";
constexpr std::string_view forgot_statements = "26000";

/// https://www.postgresql.org/docs/15/errcodes-appendix.html
constexpr std::array known_failures{
    known_failure{"40001", failure_class::clash},
    known_failure{"40P01", failure_class::clash},
    known_failure{"22021", failure_class::refusal}, // not UTF-8
    known_failure{"22P05", failure_class::refusal}, // NUL
    known_failure{"54000", failure_class::refusal}, // too large
    known_failure{"08", failure_class::outage},     // connection
    known_failure{is_standby, failure_class::outage},
    known_failure{"25P03", failure_class::outage}, // idle for too long
    known_failure{forgot_statements, failure_class::outage},
    known_failure{"53", failure_class::outage}, // disk, memory, connections
    known_failure{locked_for_too_long, failure_class::outage},
    known_failure{"57", failure_class::outage}, // shut down, cancelled
    known_failure{"58", failure_class::outage}, // I/O
    known_failure{"XX001", failure_class::damage},
    known_failure{"XX002", failure_class::damage},
};

/// Says nothing to the standard error stream.
void ignore(void*, const char*) {
  // nop
}

/// Null when there is no connection, or it is known to be gone.
PGconn* handle_of(soci::session& session) {
  if (!session.is_connected())
    return nullptr;
  return static_cast<soci::postgresql_session_backend*>(session.get_backend())
      ->conn_;
}

void configure(soci::session& session, const location& place,
               const store_options& how) {
  auto* handle = handle_of(session);
  PQsetNoticeProcessor(handle, ignore, nullptr);
  // Nothing of what was bound, which may be secret.
  PQsetErrorVerbosity(handle, PQERRORS_TERSE);
  constexpr int longer = 5;
  const auto patience = std::to_string(how.patience.count());
  session << "SET lock_timeout = " + patience + "; SET statement_timeout = "
                 + std::to_string(how.patience.count() * longer)
                 // A node that stands still in a transaction is in the way.
                 + "; SET idle_in_transaction_session_timeout = " + patience
                 + "; SET tcp_keepalives_idle = 5"
                   "; SET tcp_keepalives_interval = 2"
                   "; SET tcp_keepalives_count = 3"
                   "; SET synchronous_commit = "
                 + (how.full_sync ? "on" : "off");
  std::string encoding;
  session << "SHOW server_encoding", soci::into(encoding);
  if (encoding != "UTF8")
    fail(place, "its encoding is " + encoding + " and must be UTF8");
}

} // namespace

bool class_of(const soci::soci_error& error, failure_class& to) {
  const auto* known = dynamic_cast<const soci::postgresql_soci_error*>(&error);
  if (known == nullptr)
    return false;
  const auto state = known->sqlstate();
  const auto found =
      std::ranges::find_if(known_failures, [&](const auto& each) {
        return state.starts_with(each.begins);
      });
  // A connection that is gone says nothing.
  const auto is_mute = state.find_first_not_of(' ') == std::string::npos;
  to = found != known_failures.end() ? found->what
       : is_mute                     ? failure_class::outage
                                     : failure_class::statement;
  return true;
}

bool is_locked_out(const soci::soci_error& error) {
  const auto* known = dynamic_cast<const soci::postgresql_soci_error*>(&error);
  return known != nullptr && known->sqlstate() == locked_for_too_long;
}

location locate(std::string_view url) {
  location result;
  result.kind = product::postgresql;
  const auto options = parse(url);
  result.path = shown(options);
  result.secret = told(options);
  result.sql = make_dialect();
  if (value_of(options, "dbname").empty())
    throw store_error("store " + result.path
                      + ": the address names no database");
  return result;
}

void connect(soci::session& session, const location& place,
             const store_options& how) {
  const auto patience = how.patience.count();
  const auto seconds = std::max<long long>(patience / 1000, 2);
  // What the address says is behind it, and holds.
  const std::string whom = how.is_copy ? "prefer-standby" : "read-write";
  try {
    session.open(soci::postgresql,
                 "target_session_attrs=" + whom + " " + place.secret
                     + "connect_timeout=" + std::to_string(seconds)
                     + " tcp_user_timeout=" + std::to_string(patience));
    configure(session, place, how);
  } catch (const soci::soci_error& error) {
    session.close();
    fail(place, reason_of(error));
  }
}

bool is_broken(soci::session& session, const soci::soci_error& error) {
  const auto* known = dynamic_cast<const soci::postgresql_soci_error*>(&error);
  const auto state = known != nullptr ? known->sqlstate() : std::string{};
  return handle_of(session) == nullptr || state == is_standby
         || state == forgot_statements;
}

} // namespace convoy::actors::store::postgresql
