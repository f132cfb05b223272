// SPDX-License-Identifier: Apache-2.0
#include "actors/store/verification.hpp"

#include "actors/store/statements.hpp"
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace convoy;
using namespace convoy::tests;
using strings = std::vector<std::string>;

namespace {

/// A store with a bit of everything, which can be damaged.
struct damaged {
  damaged() {
    store::database db(options);
    db.migrate();
    auto ann = account_of("ann@example.com");
    db.create_account(ann, true);
    auto connection = connection_named("irc-libera");
    connection.password = "pw";
    connection.on_connect_commands = {"/msg q login"};
    db.put_connection(ann.id, connection);
    std::vector<protocol::event> events;
    for (int n = 1; n <= 300; ++n)
      events.push_back(message(static_cast<protocol::event_seq>(n), n,
                               "words " + std::to_string(n)));
    auto batch = batch_of(ann.id, std::move(events));
    batch.changed = {{"irc-libera", conversation_named("#convoy", "#Convoy")}};
    append(db, {batch});
    db.add_file({"f", ann.id, "a.txt", "text/plain", at(1), "text"}, 1000);
    db.index_some(1000);
  }

  void run(const std::string& sql) const {
    store::statements db(options);
    if (!on_server())
      db.session() << "PRAGMA foreign_keys = OFF";
    db.session() << sql;
  }

  strings problems() const {
    return verdict().problems;
  }

  store::verdict verdict() const {
    return store::verify(options,
                         [](std::string_view, std::uint64_t, std::uint64_t) {});
  }

  scratch dir;
  store::store_options options = options_for(dir.path("a.db"));
};

} // namespace

TEST_SUITE("store verification") {
  TEST_CASE_FIXTURE(damaged, "a whole store has no problem") {
    CHECK(problems() == strings{});
    CHECK(verdict().schema == verdict().known_schema);
  }

  TEST_CASE_FIXTURE(damaged, "a number that was not given is found") {
    run("UPDATE users SET last_seq = 299");
    CHECK(problems()
          == strings{"User ann@example.com: event 300 stands behind the last "
                     "one, 299.",
                     "User ann@example.com: the search index is ahead of the "
                     "journal."});
  }

  TEST_CASE_FIXTURE(damaged, "a reference that leads nowhere is found") {
    if (on_server()) // it is of SQLite
      return;
    run("DELETE FROM connections");
    CHECK(problems()
          == strings{"1 rows of conversations belong to no row of "
                     "connections."});
  }

  TEST_CASE_FIXTURE(damaged, "events of nobody are found") {
    run("UPDATE journal SET user_id = 7 WHERE seq > 290");
    run("UPDATE users SET indexed_seq = 290");
    CHECK(problems()
          == strings{"10 events belong to user 7, who does not exist."});
  }

  TEST_CASE_FIXTURE(damaged, "a read marker beyond the end is found") {
    run("UPDATE conversations SET read_seq = 301");
    CHECK(problems()
          == strings{"User ann@example.com: irc-libera #convoy is read beyond "
                     "the last event."});
  }

  TEST_CASE_FIXTURE(damaged, "another key is found, and a damaged secret") {
    options.key = std::string(32, 'x');
    CHECK(problems()
          == strings{"Its secrets are sealed under another key than that of "
                     "the key file."});
    options.key = sample_key;
    run("UPDATE connections SET on_connect_sealed ="
        " SUBSTR(on_connect_sealed, 1, 50) || 'AAAA'");
    CHECK(problems()
          == strings{"User ann@example.com, connection irc-libera: the list of "
                     "commands does not open with the key."});
  }

  TEST_CASE_FIXTURE(damaged, "a file of another size, or none, is found") {
    run("UPDATE files SET size = 5");
    CHECK(problems()
          == strings{"User ann@example.com, file a.txt: it has 4 bytes instead "
                     "of 5."});
    run("UPDATE files SET content = '!'");
    CHECK(problems()
          == strings{"User ann@example.com, file a.txt: the content is "
                     "damaged."});
  }

  TEST_CASE_FIXTURE(damaged, "a search index that is not in step is found") {
    run("UPDATE journal SET content = 'something else' WHERE seq <= 100");
    CHECK(problems()
          == strings{"User ann@example.com: of 150 messages that were looked "
                     "for, the search index does not know 50."});
  }

  TEST_CASE_FIXTURE(damaged, "an id that was not given is found") {
    run("UPDATE user_ids SET last = 0");
    CHECK(problems() == strings{"User 1 has an id that was not given."});
  }

  TEST_CASE_FIXTURE(damaged, "a newer schema, or none of ours, is said") {
    run("INSERT INTO schema_steps (version) VALUES (1000)");
    const auto known = std::to_string(verdict().known_schema);
    CHECK(problems()
          == strings{"Its schema 1000 is newer than this program knows ("
                     + known + ")."});
    run("DROP TABLE schema_steps");
    CHECK(problems() == strings{"It is no store of Convoy."});
  }

  TEST_CASE_FIXTURE(damaged, "a broken page is found") {
    if (on_server()) // it is of SQLite
      return;
    run("PRAGMA wal_checkpoint(TRUNCATE)");
    {
      std::fstream file(dir.path("a.db"),
                        std::ios::in | std::ios::out | std::ios::binary);
      // Not the first pages: without them it is no database at all.
      file.seekp(-10 * 4096, std::ios::end);
      file << std::string(10 * 4096, 'x');
    }
    const auto found = problems();
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().find("damaged") != std::string::npos);
  }
}
