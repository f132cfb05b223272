// SPDX-License-Identifier: Apache-2.0
#include "actors/store/dialect.hpp"

#include "actors/store/postgresql.hpp"
#include "actors/store/sqlite.hpp"
#include "actors/store/store.hpp"

#include <algorithm>

namespace convoy::actors::store {

std::string dialect::list_of(const std::vector<long long>& numbers) const {
  std::string result{list_brackets.front()};
  for (const auto each : numbers) {
    if (result.size() > 1)
      result += ',';
    result += std::to_string(each);
  }
  return result + list_brackets.back();
}

failure_class class_of(const soci::soci_error& error) {
  auto result = failure_class::statement;
  if (!sqlite::class_of(error, result))
    postgresql::class_of(error, result);
  return result;
}

bool is_locked_out(const soci::soci_error& error) {
  return class_of(error) == failure_class::clash
         || postgresql::is_locked_out(error);
}

std::string reason_of(const soci::soci_error& error) {
  auto result = error.get_error_message();
  for (const std::string_view around :
       {"Cannot establish connection to the database.", "Cannot execute query.",
        "Cannot prepare statement.", " Fatal error.", " Connection failed.",
        " ERROR:  "})
    if (result.starts_with(around))
      result.erase(0, around.size());
  result.erase(0, result.find_first_not_of(" \n"));
  result.erase(result.find_last_not_of(" \n") + 1);
  std::ranges::replace(result, '\n', ' ');
  std::erase(result, '\t');
  return result;
}

location parse_location(std::string_view url) {
  constexpr std::string_view file = "sqlite:";
  if (url.starts_with(file))
    return sqlite::locate(url.substr(file.size()));
  for (const std::string_view server : {"postgresql://", "postgres://"})
    if (url.starts_with(server))
      return postgresql::locate(url);
  // Not all of it: what is no address may hold a password all the same.
  throw store_error("store " + std::string(url.substr(0, url.find(':')))
                    + ": the address must be sqlite:PATH or"
                      " postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
}

void connect(soci::session& session, const location& place,
             const store_options& how) {
  if (place.is_postgresql())
    postgresql::connect(session, place, how);
  else
    sqlite::connect(session, place, how);
}

bool is_broken(soci::session& session, const location& place,
               const soci::soci_error& error) {
  return place.is_postgresql() && postgresql::is_broken(session, error);
}

void abandon(soci::statement& what, const location& place) {
  if (!place.is_postgresql())
    sqlite::abandon(what);
}

void overwrite_deleted(soci::session& session, const location& place,
                       bool wanted) {
  if (place.is_postgresql())
    return;
  int now = 0;
  session << "PRAGMA secure_delete = " << (wanted ? "ON" : "OFF"),
      soci::into(now);
}

} // namespace convoy::actors::store
