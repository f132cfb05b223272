// SPDX-License-Identifier: Apache-2.0
#include "actors/store/migrations.hpp"

#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace convoy;
using namespace convoy::tests;

TEST_SUITE("store migrations") {
  TEST_CASE("a store is made from nothing, and made once") {
    store::statements db(options_for(":memory:"));
    store::run_migrations(db);
    CHECK(store::schema_version(db) == store::known_schema());
    CHECK(store::known_schema() >= 1);
    store::run_migrations(db);
    CHECK(store::schema_version(db) == store::known_schema());
    long long steps = 0;
    db.select<long long>("SELECT COUNT(*) FROM schema_steps",
                         [&](long long count) { steps = count; });
    CHECK(steps == static_cast<long long>(store::known_schema()));
  }

  TEST_CASE("a newer schema is refused and left alone") {
    scratch dir;
    const auto options = options_for(dir.path("a.db"));
    {
      store::statements db(options);
      store::run_migrations(db);
      db.execute("INSERT INTO schema_steps (version) VALUES (99)");
    }
    store::database db(options);
    CHECK(error_of([&] { db.migrate(); })
          == "store " + dir.path("a.db")
                 + ": migrate: schema 99 is newer than this program knows ("
                 + std::to_string(store::known_schema()) + ")");
    store::statements after(options);
    CHECK(store::schema_version(after) == 99);
  }

  TEST_CASE("a step that fails leaves nothing behind") {
    store::statements db(options_for(":memory:"));
    db.execute("CREATE TABLE journal (other TEXT)");
    CHECK_THROWS_AS(store::run_migrations(db), soci::soci_error);
    CHECK(store::schema_version(db) == 0);
    long long tables = 0;
    db.select<long long>(
        "SELECT COUNT(*) FROM sqlite_master WHERE name = 'users'",
        [&](long long count) { tables = count; });
    CHECK(tables == 0);
  }

  TEST_CASE("programs that start together take turns") {
    scratch dir;
    const auto options = options_for(dir.path("a.db"));
    std::string first;
    std::string second;
    const auto migrate = [&options] {
      return error_of([&options] {
        store::database db(options);
        db.migrate();
      });
    };
    std::thread other([&] { first = migrate(); });
    second = migrate();
    other.join();
    CHECK(first == "");
    CHECK(second == "");
  }
}
