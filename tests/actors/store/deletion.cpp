// SPDX-License-Identifier: Apache-2.0
#include "actors/store/statements.hpp"
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>

using namespace convoy;
using namespace convoy::tests;

namespace {

const std::string secret = "quetzalcoatl";

/// Gives a user one of everything.
void furnish(store::database& db, protocol::user_id id, int messages) {
  const auto name = protocol::to_string(id);
  auto connection = connection_named("irc-libera");
  connection.password = "pw";
  db.put_connection(id, connection);
  std::vector<protocol::event> events;
  for (int n = 1; n <= messages; ++n)
    events.push_back(message(static_cast<protocol::event_seq>(n), n * 10,
                             secret + std::to_string(n)));
  auto batch = batch_of(id, std::move(events));
  batch.changed = {{"irc-libera", conversation_named("#convoy", "#Convoy")}};
  batch.nonces.emplace_back().nonce = "n";
  append(db, {batch});
  db.create_session({"session" + name, id, at(1), at(1LL << 60), "::1", "x"});
  db.create_token({"token" + name, "hash" + name, id, "bot", {"read"}, at(1)});
  db.add_file({"small" + name, id, "a.txt", "text/plain", at(1), secret}, 1000);
  db.begin_file({"big" + name, id, "b.txt", "text/plain", at(1), ""}, 8, 1000);
  db.add_file_part("big" + name, 0, "1234");
  db.add_file_part("big" + name, 1, "5678");
  db.finish_file("big" + name);
  db.index_some(100'000);
}

/// How many rows of each table are a user's.
std::map<std::string, long long> rows(const store::store_options& options,
                                      protocol::user_id id) {
  store::statements db(options);
  std::map<std::string, long long> result;
  const auto count = [&](const std::string& table, const std::string& where) {
    db.select<long long>(
        "SELECT COUNT(*) FROM " + table + " WHERE " + where,
        [&](long long n) { result[table] = n; }, store::stored(id));
  };
  count("users", "id = :user");
  for (const auto* table : {"sessions", "connections", "conversations",
                            "journal", "files", "api_tokens", "nonces"})
    count(table, "user_id = :user");
  count("file_parts", "file_id = 'big' || :user");
  return result;
}

bool is_empty(const std::map<std::string, long long>& counts) {
  return std::ranges::all_of(counts,
                             [](const auto& each) { return each.second == 0; });
}

/// How much the search index holds, what was taken from it included.
long long index_blocks(const store::store_options& options) {
  store::statements db(options);
  long long result = 0;
  // The first ten are about the index itself.
  db.select<long long>("SELECT COUNT(*) FROM search_index_data WHERE id > 10",
                       [&](long long n) { result = n; });
  return result;
}

} // namespace

TEST_SUITE("store deletion") {
  TEST_CASE("who is half deleted is known, and cannot come back") {
    scratch dir;
    store::database db(options_for(dir.path("store")));
    db.migrate();
    auto ann = account_of("ann@example.com");
    auto bob = account_of("bob@example.com");
    db.create_account(ann, true);
    db.create_account(bob, true);
    furnish(db, bob.id, 10);
    db.set_disabled(ann.id, true);
    CHECK_FALSE(db.half_deleted());
    CHECK_FALSE(db.delete_account(bob.id, 1));
    CHECK(db.half_deleted() == bob.id);
    CHECK(db.find_account(bob.id)->stream == "");
    while (!db.delete_account(bob.id, 100)) {
      // nop
    }
    CHECK_FALSE(db.half_deleted());
  }

  TEST_CASE("nothing is left of who is deleted, and all of the others") {
    scratch dir;
    const auto options = options_for(dir.path("a.db"));
    store::database db(options);
    db.migrate();
    auto ann = account_of("ann@example.com");
    auto bob = account_of("bob@example.com");
    db.create_account(ann, true);
    db.create_account(bob, true);
    furnish(db, ann.id, 300);
    furnish(db, bob.id, 300);
    const auto before = rows(options, bob.id);
    for (const auto& [table, count] : before) {
      CAPTURE(table);
      CHECK(count > 0);
    }
    while (!db.delete_account(ann.id, 1000)) {
      // nop
    }
    CHECK(is_empty(rows(options, ann.id)));
    CHECK(rows(options, bob.id) == before);
    const protocol::text_pattern word{secret + "77"};
    CHECK(db.search({.user = ann.id, .match = word}).messages.empty());
    CHECK(db.search({.user = bob.id, .match = word}).messages.size() == 1);
  }

  TEST_CASE("it goes piece by piece, and nobody can come in meanwhile") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    const auto options = options_for(dir.path("a.db"));
    store::database db(options);
    db.migrate();
    auto ann = account_of("ann@example.com");
    db.create_account(ann, true);
    furnish(db, ann.id, 300);
    CHECK(index_blocks(options) > 0);
    CHECK_FALSE(db.delete_account(ann.id, 10));
    CHECK(db.find_account(ann.id)->disabled);
    CHECK_FALSE(db.find_session("session1", at(2)));
    int pieces = 1;
    auto left = rows(options, ann.id)["journal"];
    CHECK(left > 250);
    while (!db.delete_account(ann.id, 10)) {
      const auto now = rows(options, ann.id)["journal"];
      CHECK(left - now <= 10);
      left = now;
      REQUIRE(++pieces < 100);
    }
    CHECK(pieces > 30);
    CHECK(is_empty(rows(options, ann.id)));
    CHECK(index_blocks(options) == 0);
    CHECK(db.delete_account(ann.id, 10));
  }

  TEST_CASE("an id is not given again, and late events are refused") {
    one_user one;
    while (!one.db.delete_account(one.id, 100)) {
      // nop
    }
    auto bob = account_of("bob@example.com");
    one.db.create_account(bob, true);
    CHECK(bob.id > one.id);
    CHECK_THROWS_AS(append(one.db, {batch_of(one.id, {message(1, 10)})}),
                    store::store_conflict);
  }

  TEST_CASE("what was said is not even in the file any more") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    {
      store::database db(options_for(dir.path("a.db")));
      db.migrate();
      auto ann = account_of("ann@example.com");
      db.create_account(ann, true);
      furnish(db, ann.id, 50);
    }
    CHECK(dir.read("a.db").find(secret) != std::string::npos);
    {
      store::database db(options_for(dir.path("a.db")));
      while (!db.delete_account(protocol::user_id{1}, 10)) {
        // nop
      }
    }
    CHECK(dir.read("a.db").find(secret) == std::string::npos);
    CHECK_FALSE(std::filesystem::exists(dir.path("a.db-wal")));
  }
}
