// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

TEST_SUITE("store site") {
  TEST_CASE("what was put last is there") {
    one_user one;
    CHECK(one.db.site() == "");
    one.db.put_site(R"({"contact":"mailto:a@b"})");
    CHECK(one.db.site() == R"({"contact":"mailto:a@b"})");
    one.db.put_site("{}");
    CHECK(one.db.site() == "{}");
  }

  TEST_CASE("a store in a file tells the room around it") {
    if (on_server()) // it is of SQLite
      return;
    const scratch folder;
    store::database db(options_for(folder.path("s.db")));
    db.migrate();
    const auto found = db.disk();
    REQUIRE(found);
    CHECK(found->block_size > 0);
    CHECK(found->blocks_total >= found->blocks_free);
    CHECK(found->inodes_total >= found->inodes_free);
  }

  TEST_CASE("a store in memory has none") {
    one_user one;
    CHECK_FALSE(one.db.disk());
  }
}
