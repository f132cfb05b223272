// SPDX-License-Identifier: Apache-2.0
#include "actors/store/statements.hpp"
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <unistd.h>

using namespace convoy;
using namespace convoy::tests;

namespace {

std::string open_error(const store::store_options& options) {
  return error_of([&] {
    store::database db(options);
    db.migrate();
  });
}

} // namespace

TEST_SUITE("store database") {
  TEST_CASE("errors of opening name the place and the reason") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    const auto missing = dir.path("no/such/convoy.db");
    CHECK(open_error(options_for(missing))
          == "store " + missing + ": its directory does not exist");
    CHECK(open_error(options_for(dir.path("")))
          == error_from(dir.path("")) + "not a regular file");

    dir.write("text", std::string(5000, 'x'),
              std::filesystem::perms::owner_read
                  | std::filesystem::perms::owner_write);
    const auto text = open_error(options_for(dir.path("text")));
    CHECK(text.starts_with(error_from(dir.path("text")) + ""));
    CHECK(text.find("not a database") != std::string::npos);
    CHECK(open_error(options_for(dir.path("text/below.db")))
          == error_from(dir.path("text/below.db")) + "Not a directory");
  }

  TEST_CASE("a store without permission is refused") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    dir.write("locked.db", "", std::filesystem::perms::none);
    const bool root = ::geteuid() == 0;
    if (root)
      REQUIRE(::seteuid(65534) == 0);
    // The scratch directory is its owner's alone, so this fails on the way in.
    const auto error = open_error(options_for(dir.path("locked.db")));
    if (root)
      REQUIRE(::seteuid(0) == 0);
    CHECK(error == error_from(dir.path("locked.db")) + "Permission denied");
  }

  TEST_CASE("an address that is none is refused") {
    CHECK(open_error({.url = "mysql:x", .key = sample_key})
          == "store mysql: the address must be sqlite:PATH or"
             " postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
    CHECK(open_error({.url = "sqlite:", .key = sample_key})
          == "store sqlite: there is no path behind sqlite:");
    CHECK(open_error({.url = "sqlite:a\"b", .key = sample_key})
          == "store a\"b: a path may not hold a double quote or a NUL");
    CHECK(open_error({.url = "sqlite::memory:", .key = "short"})
          == "store :memory:: open: the key has 5 bytes instead of 32");
  }

  TEST_CASE("paths may hold spaces, equals signs and apostrophes") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    for (const auto* name : {"two  words.db", "a=b c.db", "it's.db"}) {
      CAPTURE(name);
      CHECK(open_error(options_for(dir.path(name))) == "");
      CHECK(std::filesystem::exists(dir.path(name)));
    }
  }

  TEST_CASE("only its owner can read a new store") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    CHECK(open_error(options_for(dir.path("a.db"))) == "");
    CHECK(dir.mode("a.db")
          == (std::filesystem::perms::owner_read
              | std::filesystem::perms::owner_write));
  }

  TEST_CASE("a store is opened with a log, keys and the wanted sync") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    for (const bool full : {true, false}) {
      auto options = options_for(dir.path("a.db"));
      options.full_sync = full;
      store::statements db(options);
      const auto pragma = [&](const std::string& name) {
        std::string value;
        db.select<std::string>(
            "PRAGMA " + name, [&](const std::string& found) { value = found; });
        return value;
      };
      CHECK(pragma("journal_mode") == "wal");
      CHECK(pragma("synchronous") == (full ? "2" : "1"));
      CHECK(pragma("foreign_keys") == "1");
      CHECK(pragma("busy_timeout") == "10000");
    }
  }

  TEST_CASE("another key is refused") {
    scratch dir;
    auto options = options_for(dir.path("a.db"));
    CHECK(open_error(options) == "");
    options.key = std::string(32, 'x');
    CHECK(open_error(options)
          == error_from(dir.path("a.db"))
                 + "open: its secrets are sealed under another key, or "
                   "damaged");
  }

  TEST_CASE("ping says whether the store answers") {
    scratch dir;
    store::database db(options_for(dir.path("a.db")));
    CHECK_THROWS_AS(db.ping(), store::store_error);
    db.migrate();
    CHECK_NOTHROW(db.ping());
  }

  TEST_CASE("everything is found again after the store was closed") {
    scratch dir;
    {
      store::database db(options_for(dir.path("a.db")));
      db.migrate();
      auto account = account_of("ann@example.com");
      db.create_account(account, false);
      db.put_connection(account.id, connection_named("irc-libera"));
      append(db, {batch_of(account.id, {message(1, 10, "kept")})});
    }
    store::database db(options_for(dir.path("a.db")));
    db.migrate();
    const auto user = db.load_user(protocol::user_id{1});
    REQUIRE(user);
    CHECK(user->account.email == "ann@example.com");
    CHECK(user->last_seq == 1);
    CHECK(user->connections.size() == 1);
    CHECK(texts(db.history(convoy_channel(protocol::user_id{1})))
          == std::vector<std::string>{"kept"});
  }

  TEST_CASE("a reader sees only what is committed") {
    scratch dir;
    const auto options = options_for(dir.path("a.db"));
    store::database writer(options);
    writer.migrate();
    store::database reader(options);
    CHECK(reader.accounts().empty());

    store::statements open(options);
    {
      store::transaction change(open, store::transaction::kind::write);
      open.execute("INSERT INTO users (id, email, password_hash, roles,"
                   " highlight_keywords, remote_address, stream, registered,"
                   " disabled, last_seq) VALUES (1, 'ann@example.com', '', '',"
                   " '', '', '', 0, 0, 0)");
      open.execute("UPDATE user_ids SET last = 1");
      CHECK(reader.accounts().empty());
      change.commit();
    }
    CHECK(reader.accounts().size() == 1);
    auto account = account_of("bob@example.com");
    CHECK(writer.create_account(account, true)
          == store::create_verdict::created);
    CHECK(reader.accounts().size() == 2);
  }

  TEST_CASE("a reader and a writer work at the same time") {
    scratch dir;
    const auto options = options_for(dir.path("a.db"));
    store::database writer(options);
    writer.migrate();
    auto account = account_of("ann@example.com");
    writer.create_account(account, false);
    constexpr protocol::event_seq count = 200;
    std::thread other([&] {
      store::database db(options);
      for (protocol::event_seq seq = 1; seq <= count; ++seq)
        append(db, {batch_of(account.id,
                             {message(seq, static_cast<long long>(seq))})});
    });
    store::database reader(options);
    auto query = convoy_channel(account.id);
    query.limit = count;
    protocol::event_seq seen = 0;
    bool gapless = true;
    while (seen < count) {
      const auto last = reader.load_user(account.id)->last_seq;
      const auto rows = reader.history(query).messages.size();
      // The journal and the numbering are never apart.
      gapless = gapless && rows >= last && last >= seen;
      seen = last;
    }
    other.join();
    CHECK(gapless);
    CHECK(reader.history(query).messages.size() == count);
  }
}
