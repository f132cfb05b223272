// SPDX-License-Identifier: Apache-2.0
#include "actors/node_stores.hpp"

#include "actors/store/statements.hpp"
#include "store/scratch.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <utility>

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

constexpr protocol::timestamp now{1'700'000'000s};

struct on_disk {
  tests::scratch folder;
  store::store_options options{"sqlite:" + folder.path("a.sqlite"), false,
                               std::string(32, 'k')};
};

protocol::account somebody(const std::string& email) {
  protocol::account result;
  result.email = email;
  result.stream = "stream";
  result.registered = now;
  return result;
}

} // namespace

TEST_CASE("each thread of a node has its own connection to the store") {
  const on_disk where;
  const auto alone = open_stores(where.options, {}, now);
  CHECK(alone.writer);
  CHECK(alone.readers.size() == 2);
  CHECK_FALSE(alone.registry);
  CHECK_FALSE(alone.lease);
  const auto shared = open_stores(where.options, 10s, now);
  REQUIRE(shared.registry);
  REQUIRE(shared.lease);
  CHECK(shared.lease != shared.registry);
  CHECK(shared.registry->fleet().join("here", "1", 10s));
}

TEST_CASE("a node goes on when a newer program has changed the schema") {
  const on_disk where;
  const auto old = open_stores(where.options, 10s, now);
  auto ann = somebody("ann@example.org");
  old.writer->create_account(ann, true);
  {
    // What a step may do: add.
    store::statements newer{where.options};
    newer.execute("INSERT INTO schema_steps (version) VALUES (99)");
    newer.execute("ALTER TABLE users ADD COLUMN of_tomorrow INTEGER NOT NULL"
                  " DEFAULT 0");
    newer.execute("CREATE TABLE tomorrow (id INTEGER NOT NULL)");
  }
  auto bob = somebody("bob@example.org");
  CHECK(old.writer->create_account(bob, true)
        == store::create_verdict::created);
  const auto epoch = old.registry->fleet().join("here", "1", 10s);
  REQUIRE(epoch);
  CHECK(old.registry->fleet().claim(ann.id, *epoch) == *epoch);
  old.writer->write_as(*epoch);
  store::journal_batch batch;
  batch.user = ann.id;
  protocol::event said;
  said.kind = protocol::event_kind::direct;
  said.seq = 1;
  said.time = now;
  said.connection_id = "irc-example";
  said.conversation_id = "#room";
  said.from = "bob";
  said.text = "still here";
  batch.events.push_back(said);
  old.writer->append({&batch});
  CHECK(old.readers[0]->load_user(ann.id)->last_seq == 1);
  // But nobody starts with a schema they do not know.
  CHECK_THROWS_AS(open_stores(where.options, 10s, now), store::store_error);
}
