// SPDX-License-Identifier: Apache-2.0
#include "store_place.hpp"

#include "failure.hpp"

#include <cstdlib>
#include <libpq-fe.h>
#include <memory>

namespace convoy::scenarios {

namespace {

/// Letters and digits only, and another one for each directory.
std::string schema_of(const std::string& directory) {
  constexpr const char* digits = "0123456789abcdef";
  std::string result = "s";
  for (const char c : directory.substr(directory.rfind('/') + 1)) {
    result += digits[static_cast<unsigned char>(c) >> 4];
    result += digits[static_cast<unsigned char>(c) & 15];
  }
  return result;
}

} // namespace

std::string store_of(const std::string& directory) {
  const char* server = std::getenv("CONVOY_TEST_POSTGRESQL");
  if (server == nullptr)
    return "sqlite:" + directory + "/store.db";
  const auto schema = schema_of(directory);
  const std::unique_ptr<PGconn, decltype(&PQfinish)> session{
      PQconnectdb(server), PQfinish};
  PQsetNoticeProcessor(
      session.get(), [](void*, const char*) {}, nullptr);
  const auto sql = "CREATE SCHEMA IF NOT EXISTS " + schema;
  const std::unique_ptr<PGresult, decltype(&PQclear)> made{
      PQexec(session.get(), sql.c_str()), PQclear};
  if (PQresultStatus(made.get()) != PGRES_COMMAND_OK)
    throw failure(PQerrorMessage(session.get()));
  return server + ("?options=-csearch_path%3D" + schema);
}

} // namespace convoy::scenarios
