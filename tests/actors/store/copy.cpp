// SPDX-License-Identifier: Apache-2.0
#include "actors/store/copy.hpp"

#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace convoy;
using namespace convoy::tests;
using std::filesystem::perms;

namespace {

const store::progress nobody = [](std::string_view, std::uint64_t,
                                  std::uint64_t) {
};

protocol::user_id fill(store::database& db, int messages) {
  db.migrate();
  auto ann = account_of("ann@example.com");
  db.create_account(ann, true);
  std::vector<protocol::event> events;
  for (int n = 1; n <= messages; ++n)
    events.push_back(message(static_cast<protocol::event_seq>(n), n,
                             std::string(500, 'x') + std::to_string(n)));
  append(db, {batch_of(ann.id, std::move(events))});
  return ann.id;
}

} // namespace

TEST_SUITE("store copy") {
  TEST_CASE("what is committed is in the copy, also what is in the log only") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    store::database db(options_for(dir.path("a.db")));
    const auto ann = fill(db, 10);
    REQUIRE(std::filesystem::file_size(dir.path("a.db-wal")) > 0);
    store::copy_database(dir.path("a.db"), dir.path("b.db"), nobody);
    CHECK(dir.mode("b.db") == (perms::owner_read | perms::owner_write));
    CHECK_FALSE(std::filesystem::exists(dir.path("b.db-wal")));
    CHECK_FALSE(std::filesystem::exists(dir.path("b.db-journal")));
    store::database copy(options_for(dir.path("b.db")));
    copy.migrate();
    CHECK(copy.load_user(ann)->last_seq == 10);
    CHECK(texts(copy.history(convoy_channel(ann))).size() == 10);
  }

  TEST_CASE("it is of one moment, and who writes meanwhile does not wait") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    store::database db(options_for(dir.path("a.db")));
    const auto ann = fill(db, 20'000);
    // Each word of the progress is between two steps of the copying.
    protocol::event_seq seq = 20'000;
    int steps = 0;
    std::uint64_t last = 0;
    store::copy_database(
        dir.path("a.db"), dir.path("b.db"),
        [&](std::string_view what, std::uint64_t done, std::uint64_t all) {
          CHECK(what == "pages");
          CHECK(done > last);
          CHECK(done <= all);
          last = done;
          ++steps;
          ++seq;
          append(db, {batch_of(ann, {message(seq, 1)})});
        });
    CHECK(steps > 2);
    CHECK(db.load_user(ann)->last_seq
          == 20'000u + static_cast<unsigned>(steps));
    store::database copy(options_for(dir.path("b.db")));
    copy.migrate();
    CHECK(copy.load_user(ann)->last_seq == 20'000);
    CHECK(copy.has_all(ann, 0, 20'000));
  }

  TEST_CASE("a file that is there is not touched, one that is none is named") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    {
      store::database db(options_for(dir.path("a.db")));
      fill(db, 1);
    }
    dir.write("b.db", "mine", perms::owner_all);
    CHECK(error_of([&] {
            store::copy_database(dir.path("a.db"), dir.path("b.db"), nobody);
          })
          == dir.path("b.db") + ": File exists");
    CHECK(dir.read("b.db") == "mine");
    dir.write("c.db", std::string(5000, 'x'), perms::owner_all);
    CHECK(error_of([&] {
            store::copy_database(dir.path("c.db"), dir.path("d.db"), nobody);
          })
          == dir.path("c.db") + ": file is not a database");
    CHECK(error_of([&] {
            store::copy_database(dir.path("no.db"), dir.path("d.db"), nobody);
          })
          == dir.path("no.db") + ": unable to open database file");
    CHECK_FALSE(std::filesystem::exists(dir.path("d.db")));
  }
}
