// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/dialect.hpp"

// What dialect.hpp declares, for SQLite.
namespace convoy::actors::store::sqlite {

/// False when it is not SQLite that says so.
bool class_of(const soci::soci_error& error, failure_class& to);

/// `path` is what follows `sqlite:`.
location locate(std::string_view path);

void connect(soci::session& session, const location& place,
             const store_options& how);

void abandon(soci::statement& what);

} // namespace convoy::actors::store::sqlite
