// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/dialect.hpp"

// What dialect.hpp declares, for PostgreSQL.
namespace convoy::actors::store::postgresql {

/// False when it is not PostgreSQL that says so.
bool class_of(const soci::soci_error& error, failure_class& to);

bool is_locked_out(const soci::soci_error& error);

location locate(std::string_view url);

/// `how.patience` bounds how long is waited for a connection, for locks and for
/// a server that says nothing; a statement may take some times as long.
void connect(soci::session& session, const location& place,
             const store_options& how);

bool is_broken(soci::session& session, const soci::soci_error& error);

} // namespace convoy::actors::store::postgresql
