// SPDX-License-Identifier: Apache-2.0
#include "actors/store/statements.hpp"

namespace convoy::actors::store {

statements::statements(const store_options& options)
    : place_(parse_location(options.url)) {
  connect(session_, place_, options);
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

void statements::fail_as(const soci::soci_error& error,
                         std::string_view what) const {
  const auto reason = error.get_error_message();
  switch (class_of(error)) {
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
  if (const auto found = prepared_.find(sql); found != prepared_.end()) {
    // What a failed use left bound points into a stack frame that is gone.
    found->second.bind_clean_up();
    return found->second;
  }
  soci::statement statement(session_);
  statement.alloc();
  statement.prepare(sql);
  return prepared_.emplace(sql, statement).first->second;
}

overwriting::overwriting(statements& db) : db_(db) {
  overwrite_deleted(db_.session(), true);
}

overwriting::~overwriting() {
  try {
    overwrite_deleted(db_.session(), false);
  } catch (const soci::soci_error&) {
    // It is only slower from now on.
  }
}

transaction::transaction(statements& db, kind what) : db_(db) {
  db_.execute(what == kind::write ? db_.place().sql.begin_write : "BEGIN");
}

transaction::~transaction() {
  if (!open_)
    return;
  try {
    db_.execute("ROLLBACK");
  } catch (const soci::soci_error&) {
    // SQLite has rolled back by itself when the disk was full or broken.
  }
}

void transaction::commit() {
  db_.execute("COMMIT");
  open_ = false;
}

} // namespace convoy::actors::store
