// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"

#include <cstdlib>
#include <libpq-fe.h>
#include <map>
#include <memory>
#include <stdexcept>

// The tests of this folder run on SQLite; or, when CONVOY_TEST_POSTGRESQL has
// its address (tests/with_postgresql), on a PostgreSQL server, where each store
// has a schema of its own.

namespace convoy::tests {

namespace {

std::string new_schema() {
  static int count = 0;
  const std::string server = std::getenv("CONVOY_TEST_POSTGRESQL");
  const auto name = "test" + std::to_string(++count);
  const std::unique_ptr<PGconn, decltype(&PQfinish)> session{
      PQconnectdb(server.c_str()), PQfinish};
  const std::unique_ptr<PGresult, decltype(&PQclear)> made{
      PQexec(session.get(), ("CREATE SCHEMA " + name).c_str()), PQclear};
  if (PQresultStatus(made.get()) != PGRES_COMMAND_OK)
    throw std::runtime_error(PQerrorMessage(session.get()));
  return server + "?options=-csearch_path%3D" + name;
}

/// The same for the same path; for `:memory:` a new one each time.
std::string schema_of(const std::string& path) {
  static std::map<std::string, std::string> known;
  if (path == ":memory:")
    return new_schema();
  auto& url = known[path];
  if (url.empty())
    url = new_schema();
  return url;
}

/// Without the password, and what is behind it.
std::string name_of(const std::string& url) {
  const auto host = url.find('@') + 1;
  return "postgresql://" + url.substr(host, url.find('?') - host);
}

[[maybe_unused]] const bool is_chosen = [] {
  const char* url = std::getenv("CONVOY_TEST_POSTGRESQL");
  if (url == nullptr)
    return false;
  server_name = name_of(url);
  url_of = schema_of;
  return true;
}();

} // namespace

} // namespace convoy::tests
