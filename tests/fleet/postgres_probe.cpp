// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/postgres_probe.hpp"

#include <libpq-fe.h>
#include <stdexcept>

namespace convoy::fleet {

namespace {

struct result_closer {
  void operator()(PGresult* result) const {
    PQclear(result);
  }
};
using result_ptr = std::unique_ptr<PGresult, result_closer>;

result_ptr execute(PGconn* db, const std::string& sql) {
  result_ptr result(PQexec(db, sql.c_str()));
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
    throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(db));
  return result;
}

} // namespace

void postgres_probe::closer::operator()(pg_conn* db) const {
  PQfinish(db);
}

postgres_probe::postgres_probe(const std::string& where)
    : db_(PQconnectdb(where.c_str())) {
  if (PQstatus(db_.get()) != CONNECTION_OK)
    throw std::runtime_error(std::string("PostgreSQL: ")
                             + PQerrorMessage(db_.get()));
  // Whoever is cut off may hold a lock; nothing here waits for that.
  run("SET lock_timeout = '500ms'; SET client_min_messages = warning");
}

void postgres_probe::ask(const std::string& sql,
                         const std::function<void(const row&)>& take) {
  const auto result = execute(db_.get(), sql);
  for (auto i = 0; i < PQntuples(result.get()); ++i) {
    row one;
    for (auto column = 0; column < PQnfields(result.get()); ++column)
      one.emplace_back(
          PQgetvalue(result.get(), i, column),
          static_cast<std::size_t>(PQgetlength(result.get(), i, column)));
    take(one);
  }
}

void postgres_probe::run(const std::string& sql) {
  execute(db_.get(), sql);
}

} // namespace convoy::fleet
