// SPDX-License-Identifier: Apache-2.0
#include "actors/store/postgresql.hpp"

#include "actors/store/migrations.hpp"
#include "actors/store/statements.hpp"
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <utility>

using namespace convoy;
using namespace convoy::tests;

// What is PostgreSQL's own. Without a server only what needs none is tested.

namespace {

store::store_options server_at(const std::string& url) {
  return {.url = url, .full_sync = false, .key = sample_key};
}

/// A store on the server with one user, and another session of it.
class one_server {
public:
  one_server() : options(options_for(":memory:")) {
    options.patience = std::chrono::milliseconds{300};
    db.emplace(options);
    db->migrate();
    auto account = account_of("ann@example.com");
    db->create_account(account, false);
    id = account.id;
    db->put_connection(id, connection_named("irc-libera"));
    // It may hold a lock for longer than the store waits for it.
    auto patient = options;
    patient.patience = std::chrono::milliseconds{30'000};
    other.emplace(patient);
  }

  /// The server ends all other connections to it.
  void break_connections() {
    other->select<long long>(
        "SELECT COUNT(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
        " WHERE application_name = 'convoy' AND pid <> pg_backend_pid()",
        [](long long) {});
  }

  void write(protocol::event_seq seq) {
    append(*db, {batch_of(id, {message(seq, 10)})});
  }

  protocol::event_seq last() {
    return db->load_user(id)->last_seq;
  }

  store::store_options options;
  std::optional<store::database> db;
  std::optional<store::statements> other;
  protocol::user_id id{};
};

/// What the server has for all is put back, also when a test has failed.
class at_end {
public:
  explicit at_end(std::function<void()> undo) : undo_(std::move(undo)) {
    // nop
  }
  ~at_end() {
    now();
  }
  void now() {
    if (const auto undo = std::exchange(undo_, {}))
      undo();
  }

private:
  std::function<void()> undo_;
};

} // namespace

TEST_SUITE("store on PostgreSQL") {
  TEST_CASE("no error shows a password") {
    for (const std::string url :
         {"postgresql://u:secret@127.0.0.1:1/db",
          "postgresql://u:secret@127.0.0.1:port/db",
          "postgresql://u:sec/ret@127.0.0.1:1/db",
          "postgresql://u:se%zzcret@127.0.0.1:1/db",
          "postgresql://127.0.0.1:1/db?password=secret",
          "postgresql://127.0.0.1:1/db?passwort=secret"}) {
      CAPTURE(url);
      const auto error = error_of([&] { store::database db(server_at(url)); });
      CHECK(error != "");
      CHECK(error.find("sec") == std::string::npos);
    }
    CHECK(error_of([] {
            store::database db(
                server_at("postgresql://u:secret@127.0.0.1:1/x"));
          })
              .starts_with("store postgresql://127.0.0.1:1/x: connection to "
                           "server at \"127.0.0.1\", port 1 failed: "));
    CHECK(error_of(
              [] { store::database db(server_at("postgresql://127.0.0.1:1")); })
          == "store postgresql://127.0.0.1:1/: the address names no database");
  }

  TEST_CASE("a server that cannot be reached is an outage") {
    CHECK_THROWS_AS(store::database(server_at("postgresql://u@127.0.0.1:1/x")),
                    store::store_outage);
  }

  TEST_CASE("a connection that was lost is made anew, and nothing is lost") {
    if (!on_server())
      return;
    one_server it;
    it.write(1);
    it.break_connections();
    CHECK_THROWS_AS(it.write(2), store::store_outage);
    it.write(2);
    it.break_connections();
    CHECK_THROWS_AS(it.db->ping(), store::store_outage);
    CHECK_NOTHROW(it.db->ping());
    it.write(3);
    CHECK(it.last() == 3);
    CHECK(it.db->journal(it.id, 0, 10).size() == 3);
  }

  TEST_CASE("a commit whose end nobody heard of is not done twice") {
    if (!on_server())
      return;
    one_server it;
    it.write(1);
    // The connection goes while the transaction is being committed.
    it.other->execute(
        "CREATE FUNCTION go_away() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN PERFORM pg_terminate_backend(pg_backend_pid());"
        " RETURN NULL; END $$");
    it.other->execute("CREATE CONSTRAINT TRIGGER gone AFTER INSERT ON journal"
                      " DEFERRABLE INITIALLY DEFERRED"
                      " FOR EACH ROW EXECUTE FUNCTION go_away()");
    CHECK_THROWS_AS(it.write(2), store::store_outage);
    CHECK_THROWS_AS(it.write(2), store::store_outage);
    it.other->execute("DROP TRIGGER gone ON journal");
    it.write(2);
    CHECK(it.last() == 2);

    // The same, but it was committed after all.
    it.other->execute("CREATE CONSTRAINT TRIGGER gone AFTER INSERT ON journal"
                      " DEFERRABLE INITIALLY DEFERRED"
                      " FOR EACH ROW EXECUTE FUNCTION go_away()");
    CHECK_THROWS_AS(it.write(3), store::store_outage);
    it.other->execute("DROP TRIGGER gone ON journal");
    {
      store::database committed(it.options);
      append(committed, {batch_of(it.id, {message(3, 10)})});
    }
    auto again = batch_of(it.id, {message(3, 10)});
    again.changed = {{"irc-libera", conversation_named("#convoy", "#Convoy")}};
    append(*it.db, {again, batch_of(it.id, {message(4, 20)})});
    CHECK(it.last() == 4);
    CHECK(it.db->journal(it.id, 0, 10).size() == 4);
    CHECK(it.db->load_user(it.id)->connections[0].conversations.size() == 1);
    CHECK_THROWS_AS(it.write(4), store::store_conflict);
  }

  TEST_CASE("who is locked for too long is an outage") {
    if (!on_server())
      return;
    one_server it;
    {
      store::transaction longer(*it.other, store::transaction::kind::write);
      it.other->execute("UPDATE users SET disabled = 0");
      CHECK_THROWS_AS(it.write(1), store::store_outage);
    }
    it.write(1);
    CHECK(it.last() == 1);
  }

  TEST_CASE("a schema step is begun anew while others are in its way") {
    if (!on_server())
      return;
    one_server it;
    it.options.patience = std::chrono::milliseconds{10'000};
    store::statements db(it.options);
    for (const auto* sql :
         {"DROP TABLE budgets", "DROP TABLE nodes", "DROP TABLE node_epochs",
          "DROP INDEX connections_wanted", "DROP INDEX users_by_home",
          "ALTER TABLE users DROP COLUMN home_epoch",
          "DELETE FROM schema_steps WHERE version = 4"})
      db.execute(sql);
    store::statements reader(it.options);
    std::optional<store::transaction> longer;
    longer.emplace(reader, store::transaction::kind::read);
    reader.select<long long>("SELECT COUNT(*) FROM users", [](long long) {});
    std::vector<std::size_t> tries;
    store::run_migrations(
        db, [&](std::size_t step, std::size_t done, std::size_t all) {
          if (all > 0)
            return;
          CHECK(step == 4);
          CHECK(store::schema_version(reader) == 3);
          tries.push_back(done);
          if (done == 2)
            longer.reset();
        });
    CHECK(tries == std::vector<std::size_t>{1, 2});
    CHECK(store::schema_version(db) == store::known_schema());
  }

  TEST_CASE("what PostgreSQL cannot keep is refused, and nothing else") {
    if (!on_server())
      return;
    one_server it;
    auto nul = message(1, 10, std::string("a\0b", 3));
    CHECK_THROWS_AS(append(*it.db, {batch_of(it.id, {nul})}),
                    store::store_conflict);
    CHECK_THROWS_AS(
        it.db->put_connection(it.id, connection_named(std::string("\0", 1))),
        store::store_conflict);
    CHECK_THROWS_AS(it.db->put_connection(it.id, connection_named("\xff")),
                    store::store_conflict);
    it.write(1);
    CHECK(it.last() == 1);
  }

  TEST_CASE("a server that has become a standby is left for the new one") {
    if (!on_server())
      return;
    one_server it;
    it.other->execute("ALTER ROLE CURRENT_USER"
                      " SET default_transaction_read_only = on");
    at_end back{[&] {
      it.other->execute("ALTER ROLE CURRENT_USER"
                        " RESET default_transaction_read_only");
    }};
    it.break_connections();
    CHECK_THROWS_AS(it.write(1), store::store_outage);
    const auto told = error_of([&] { it.write(1); });
    CHECK(told.find("session is read-only") != std::string::npos);
    // A copy is read there all the same.
    auto copy = it.options;
    copy.is_copy = true;
    CHECK_NOTHROW(store::statements{copy});
    back.now();
    it.write(1);
    CHECK(it.last() == 1);
  }

  TEST_CASE("a connection to what is a standby now is made anew") {
    if (!on_server())
      return;
    one_server it;
    const auto write = [&] {
      it.other->trying(
          "write", [&] { it.other->execute("UPDATE users SET disabled = 0"); });
    };
    it.other->execute("BEGIN READ ONLY");
    CHECK_THROWS_AS(write(), store::store_outage);
    CHECK_NOTHROW(write());
  }

  TEST_CASE("a schema step may take longer than a statement") {
    if (!on_server())
      return;
    one_server it;
    it.other->execute("CREATE FUNCTION take_long() RETURNS event_trigger"
                      " LANGUAGE plpgsql AS $$"
                      " BEGIN PERFORM pg_sleep(2); END $$");
    for (const auto* sql :
         {"DROP TABLE budgets", "DROP TABLE nodes", "DROP TABLE node_epochs",
          "DROP INDEX connections_wanted", "DROP INDEX users_by_home",
          "ALTER TABLE users DROP COLUMN home_epoch",
          "DELETE FROM schema_steps WHERE version = 4",
          "CREATE EVENT TRIGGER slow ON ddl_command_end WHEN TAG IN"
          " ('ALTER TABLE') EXECUTE FUNCTION take_long()"})
      it.other->execute(sql);
    const at_end gone{[&] {
      it.other->execute("DROP EVENT TRIGGER slow");
    }};
    store::statements db(it.options);
    store::run_migrations(db, {});
    CHECK(store::schema_version(db) == store::known_schema());
  }

  TEST_CASE("many batches are one commit, and a bad one is named") {
    if (!on_server())
      return;
    one_server it;
    auto bob = account_of("bob@example.com");
    it.db->create_account(bob, true);
    it.db->put_connection(bob.id, connection_named("irc-libera"));
    const auto channel = [](std::uint32_t unread) {
      auto result = conversation_named("#convoy", "#Convoy");
      result.unread = unread;
      return std::pair<std::string, protocol::conversation>{"irc-libera",
                                                            result};
    };
    std::vector<store::journal_batch> group;
    for (protocol::event_seq seq = 1; seq <= 2500; ++seq) {
      group.push_back(batch_of(it.id, {message(seq, 10, "\"{}\\")}));
      group.back().changed = {channel(static_cast<std::uint32_t>(seq))};
    }
    group.push_back(batch_of(bob.id, {message(1, 10)}));
    group.back().changed = {channel(7)};
    group.back().removed = {{"irc-libera", "#convoy"}};
    group.push_back(batch_of(bob.id, {}));
    group.back().changed = {channel(8)};
    append(*it.db, group);
    const auto ann = *it.db->load_user(it.id);
    CHECK(ann.last_seq == 2500);
    CHECK(ann.connections[0].conversations.at(0).unread == 2500);
    CHECK(it.db->journal(it.id, 2499, 10).at(0).text == "\"{}\\");
    CHECK(it.db->journal(it.id, 0, 3000).size() == 2500);
    CHECK(it.db->load_user(bob.id)->connections[0].conversations.at(0).unread
          == 8);

    CHECK(error_of([&] {
            append(*it.db, {batch_of(it.id, {message(2501, 10)}),
                            batch_of(bob.id, {message(5, 10)})});
          })
          == error_from("") + "append to user 2: event 5 does not follow 1");
    CHECK(it.last() == 2500);
  }
}
