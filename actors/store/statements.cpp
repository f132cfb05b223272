// SPDX-License-Identifier: Apache-2.0
#include "actors/store/statements.hpp"

namespace convoy::actors::store {

statements::statements(const store_options& options)
    : how_(options), place_(parse_location(options.url)) {
  how_.key.clear();
  connect(session_, place_, how_);
}

statements::~statements() = default;

std::string statements::explain(std::string_view what,
                                std::string_view reason) const {
  std::string text = "store " + place_.path + ": ";
  text += what;
  text += ": ";
  text += reason;
  return text;
}

void statements::reconnect() {
  prepared_.clear();
  session_.close();
  connect(session_, place_, how_);
  is_lost_ = false;
}

void statements::fail_as(const soci::soci_error& error, std::string_view what) {
  const auto reason = reason_of(error);
  // What stands prepared may be gone as well.
  is_lost_ = is_lost_ || is_broken(session_, place_, error);
  switch (class_of(error)) {
  case failure_class::refusal:
    fail<store_conflict>(what, reason);
  case failure_class::clash:
    fail<store_clash>(what, reason);
  case failure_class::outage:
    fail<store_outage>(what, reason);
  case failure_class::damage:
    fail<store_damage>(what, reason);
  case failure_class::statement:
    break;
  }
  fail(what, reason);
}

soci::statement& statements::prepared(const std::string& sql) {
  if (const auto found = prepared_.find(sql); found != prepared_.end())
    return found->second;
  soci::statement statement(session_);
  statement.alloc();
  statement.prepare(sql);
  return prepared_.emplace(sql, statement).first->second;
}

overwriting::overwriting(statements& db) : db_(db) {
  overwrite_deleted(db_.session(), db_.place(), true);
}

overwriting::~overwriting() {
  try {
    overwrite_deleted(db_.session(), db_.place(), false);
  } catch (const soci::soci_error&) {
    // It is only slower from now on.
  }
}

transaction::transaction(statements& db, kind what) : db_(db) {
  const auto& sql = db_.place().sql;
  db_.execute(what == kind::read ? sql.begin_read : sql.begin_write);
  if (what == kind::schema && !sql.lock_schema.empty())
    db_.session() << sql.lock_schema;
}

transaction::~transaction() {
  if (!open_)
    return;
  try {
    db_.execute("ROLLBACK");
  } catch (const soci::soci_error&) {
    // SQLite has rolled back by itself when the disk was full or broken, and
    // so has PostgreSQL when the connection was lost.
  }
}

void transaction::commit() {
  db_.execute("COMMIT");
  open_ = false;
}

} // namespace convoy::actors::store
