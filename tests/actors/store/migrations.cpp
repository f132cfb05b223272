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

  TEST_CASE("who wants to know is told of each step and of its end") {
    store::statements db(options_for(":memory:"));
    std::vector<std::size_t> begun;
    std::vector<std::size_t> ended;
    std::size_t next = 0;
    store::run_migrations(
        db, [&](std::size_t step, std::size_t done, std::size_t all) {
          CHECK(done == next);
          next = done == all ? 0 : done + 1;
          if (done == 0)
            begun.push_back(step);
          if (done == all) {
            CHECK(store::schema_version(db) == step);
            ended.push_back(step);
          }
        });
    CHECK(begun.size() == store::known_schema());
    CHECK(begun == ended);
    CHECK(begun.front() == 1);
    store::run_migrations(db, [](auto...) { FAIL("there is nothing to do"); });
  }

  TEST_CASE("what schema 1 held is there after the upgrade") {
    scratch dir;
    const auto options = options_for(dir.path("a.db"));
    {
      store::database db(options);
      db.migrate();
      auto account = account_of("ann@example.com");
      db.create_account(account, false);
      auto connection = connection_named("irc-libera");
      connection.password = "correct-horse";
      db.put_connection(account.id, connection);
      auto batch = batch_of(account.id, {message(1, 10, "old words")});
      batch.changed = {
          {"irc-libera", conversation_named("#convoy", "#Convoy")}};
      append(db, {batch});
    }
    {
      // Back to what the first release made.
      store::statements db(options);
      for (const auto* sql :
           {"DROP TABLE budgets",
            "DROP TABLE nodes",
            "DROP TABLE node_epochs",
            "DROP INDEX connections_wanted",
            "DROP INDEX users_by_home",
            "ALTER TABLE users DROP COLUMN home_epoch",
            "DROP TABLE search_index",
            "DROP TABLE user_ids",
            "DROP TABLE site_settings",
            "DROP TABLE nonces",
            "DROP TABLE api_tokens",
            "DROP TABLE file_parts",
            "DROP INDEX users_to_index",
            "DROP INDEX journal_unread",
            "DROP INDEX journal_states",
            "DROP INDEX journal_highlights",
            "ALTER TABLE users DROP COLUMN journal_bytes",
            "ALTER TABLE users DROP COLUMN indexed_seq",
            "ALTER TABLE connections DROP COLUMN on_connect_sealed",
            "ALTER TABLE sessions DROP COLUMN last_seen",
            "ALTER TABLE connections DROP COLUMN memory",
            "ALTER TABLE connections DROP COLUMN certificate_sealed",
            "ALTER TABLE conversations DROP COLUMN last_time",
            "ALTER TABLE conversations DROP COLUMN last_msgid",
            "DROP INDEX journal_by_msgid",
            "ALTER TABLE journal DROP COLUMN msgid",
            "DROP TABLE connection_profiles",
            "DROP TABLE files",
            "DROP TABLE sts_policies",
            "DELETE FROM schema_steps WHERE version > 1"})
        db.execute(sql);
      CHECK(store::schema_version(db) == 1);
    }
    store::database db(options);
    db.migrate();
    const auto user = db.load_user(protocol::user_id{1});
    REQUIRE(user);
    REQUIRE(user->connections.size() == 1);
    const auto& connection = user->connections[0];
    CHECK(connection.password == "correct-horse");
    CHECK(connection.memory == "");
    CHECK(connection.certificate == "");
    REQUIRE(connection.conversations.size() == 1);
    CHECK(connection.conversations[0].name == "#Convoy");
    CHECK(connection.conversations[0].last_time == at(0));
    CHECK(connection.conversations[0].last_msgid == "");
    CHECK(texts(db.history(convoy_channel(user->account.id)))
          == std::vector<std::string>{"old words"});
    CHECK(db.profiles().empty());
    CHECK(db.add_file(
              {"f1", user->account.id, "a.txt", "text/plain", at(1), "x"}, 10)
          == store::file_verdict::stored);
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
          == error_from(dir.path("a.db"))
                 + "migrate: schema 99 is newer than this program knows ("
                 + std::to_string(store::known_schema()) + ")");
    store::statements after(options);
    CHECK(store::schema_version(after) == 99);
  }

  TEST_CASE("a step that fails leaves nothing behind") {
    store::statements db(options_for(":memory:"));
    db.execute("CREATE TABLE journal (other TEXT)");
    CHECK_THROWS_AS(store::run_migrations(db), soci::soci_error);
    for (const std::string name : {"users", "schema_steps"}) {
      long long tables = 0;
      db.select<long long>(
          db.place().sql.count_tables, [&](long long count) { tables = count; },
          name);
      CHECK(tables == 0);
    }
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
