// SPDX-License-Identifier: Apache-2.0
#include "actors/store/transfer.hpp"

#include "actors/store/migrations.hpp"
#include "actors/store/statements.hpp"
#include "actors/store/verification.hpp"
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

using namespace convoy;
using namespace convoy::tests;

namespace {

const store::progress ignore = [](std::string_view, std::uint64_t,
                                  std::uint64_t) {
};

store::store_options sqlite_at(const std::string& path) {
  return {.url = sqlite_url(path), .full_sync = false, .key = sample_key};
}

/// Makes two users with some of all that there is.
void fill(const store::store_options& options) {
  store::database db(options);
  db.migrate();
  auto ann = account_of("ann@example.com");
  db.create_account(ann, false);
  auto bob = account_of("bob@example.com");
  bob.roles = {"one", "two\nlines"};
  db.create_account(bob, true);
  auto connection = connection_named("irc-libera");
  connection.password = "correct-horse";
  db.put_connection(ann.id, connection);
  std::vector<protocol::event> events;
  for (protocol::event_seq seq = 1; seq <= 700; ++seq)
    events.push_back(message(seq, static_cast<long long>(seq),
                             "words of \xc3\xa4 " + std::to_string(seq)));
  auto batch = batch_of(ann.id, std::move(events));
  batch.changed = {{"irc-libera", conversation_named("#convoy", "#Convoy")}};
  batch.nonces.emplace_back().nonce = "n";
  append(db, {batch, batch_of(bob.id, {message(1, 10, "of bob")})});
  db.add_file(
      {"f1", ann.id, "a.txt", "text/plain", at(1), std::string(5000, '\0')},
      100'000);
  db.put_sts_policy({"irc.example.org", 6697, at(77)});
  db.put_site("{}");
  protocol::connection_profile profile;
  profile.id = "libera";
  profile.flood_burst = 5'000'000'000;
  db.put_profile(profile);
  while (db.index_some(500) > 0) {
    // nop
  }
}

void check_filled(const store::store_options& options) {
  store::database db(options);
  db.migrate();
  const auto ann = db.find_account("ann@example.com");
  REQUIRE(ann);
  const auto state = db.load_user(ann->id);
  CHECK(state->last_seq == 700);
  REQUIRE(state->connections.size() == 1);
  CHECK(state->connections[0].password == "correct-horse");
  CHECK(state->connections[0].conversations.size() == 1);
  CHECK(db.find_account("bob@example.com")->roles
        == std::vector<std::string>{"one", "two\nlines"});
  CHECK(db.find_nonce(ann->id, "n"));
  CHECK(db.find_file(ann->id, "f1")->content == std::string(5000, '\0'));
  REQUIRE(db.profiles().size() == 1);
  CHECK(db.profiles()[0].flood_burst == 5'000'000'000);
  CHECK_FALSE(db.profiles()[0].skip_queue);
  store::search_query query;
  query.user = ann->id;
  query.match = protocol::text_pattern{"words of"};
  query.limit = 3;
  const auto found = db.search(query);
  REQUIRE(found.messages.size() == 3);
  CHECK(found.messages[0].text == "words of \xc3\xa4 700");
  // Whoever is made next is somebody else.
  auto cid = account_of("cid@example.com");
  db.create_account(cid, true);
  CHECK(cid.id == protocol::user_id{3});
  CHECK(store::verify(options, ignore).problems == std::vector<std::string>{});
}

} // namespace

TEST_SUITE("store transfer") {
  TEST_CASE("all of a store is in the copy, of whatever kind both are") {
    scratch dir;
    const auto there = options_for(dir.path("there"));
    fill(sqlite_at(dir.path("a.db")));
    const auto moved =
        store::transfer(sqlite_at(dir.path("a.db")), there, ignore);
    CHECK(moved.users == 2);
    CHECK(moved.events == 701);
    CHECK(moved.rows > 701);
    CHECK(moved.cleaned == 0);
    check_filled(there);

    fill(options_for(dir.path("b")));
    CHECK(store::transfer(options_for(dir.path("b")),
                          sqlite_at(dir.path("c.db")), ignore)
              .events
          == 701);
    check_filled(sqlite_at(dir.path("c.db")));
  }

  TEST_CASE("a store with something in it is not overwritten") {
    scratch dir;
    fill(sqlite_at(dir.path("a.db")));
    const auto there = options_for(dir.path("there"));
    fill(there);
    CHECK(error_of([&] {
            store::transfer(sqlite_at(dir.path("a.db")), there, ignore);
          })
          == error_from(dir.path("there"))
                 + "move: it is not empty: there is something in users");
    check_filled(there);
  }

  TEST_CASE("the key must be that of the store") {
    scratch dir;
    auto from = sqlite_at(dir.path("a.db"));
    fill(from);
    from.key = std::string(32, 'x');
    auto to = options_for(dir.path("there"));
    to.key = from.key;
    CHECK(error_of([&] { store::transfer(from, to, ignore); })
          == "store " + dir.path("a.db")
                 + ": move: its secrets are sealed under another key, or"
                   " damaged");
  }

  TEST_CASE("every column of every table is copied, but for those of a fleet") {
    scratch dir;
    const auto options = sqlite_at(dir.path("a.db"));
    store::database(options).migrate();
    store::statements db(options);
    std::map<std::string, std::set<std::string>> left;
    db.select<std::string, std::string>(
        "SELECT t.name, c.name FROM sqlite_master t,"
        " pragma_table_info(t.name) c"
        " WHERE t.type = 'table' AND t.name NOT LIKE 'search_index%'",
        [&](const std::string& table, const std::string& column) {
          left[table].insert(column);
        });
    for (const auto& each : store::copied_tables()) {
      const std::string columns = each.columns;
      for (std::size_t from = 0; from < columns.size();) {
        const auto comma = std::min(columns.find(", ", from), columns.size());
        CHECK(left[each.name].erase(columns.substr(from, comma - from)) == 1);
        from = comma + 2;
      }
      if (left[each.name].empty())
        left.erase(each.name);
    }
    for (const auto* other :
         {"nodes", "node_epochs", "budgets", "key_proof", "schema_steps"})
      CHECK(left.erase(other) == 1);
    CHECK(left.erase("sqlite_sequence") == 0);
    REQUIRE(left.size() == 1);
    CHECK(left["users"] == std::set<std::string>{"home_epoch", "indexed_seq"});
  }

  TEST_CASE("how far it is is told") {
    scratch dir;
    fill(sqlite_at(dir.path("a.db")));
    std::set<std::string> phases;
    std::uint64_t last = 0;
    std::uint64_t all = 0;
    store::transfer(
        sqlite_at(dir.path("a.db")), options_for(dir.path("there")),
        [&](std::string_view what, std::uint64_t done, std::uint64_t total) {
          phases.emplace(what);
          last = done;
          all = total;
        });
    CHECK(phases == std::set<std::string>{"rows copied", "rows compared"});
    CHECK(last == all);
    CHECK(all > 701);
  }

  TEST_CASE("nodes that are there are counted") {
    scratch dir;
    const auto options = options_for(dir.path("a"));
    CHECK(store::nodes_of(options) == 0);
    store::database db(options);
    db.migrate();
    CHECK(store::nodes_of(options) == 0);
    db.fleet().join("a", "1", std::chrono::seconds{1});
    CHECK(store::nodes_of(options) == (on_server() ? 1U : 0U));
  }
}
