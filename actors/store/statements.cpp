// SPDX-License-Identifier: Apache-2.0
#include "actors/store/statements.hpp"

namespace convoy::actors::store {

statements::statements(const store_options& options)
    : place_(parse_location(options.url)) {
  connect(session_, place_, options.full_sync);
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
