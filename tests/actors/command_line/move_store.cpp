// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/move_store.hpp"

#include "actors/command_line/store_commands.hpp"
#include "user_fixture.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors;
using namespace convoy::actors::command_line;
using convoy::tests::user_fixture;
using kind = command::kind;

namespace {

struct move_fixture : user_fixture {
  move_fixture() {
    what.email = "ann@example.org";
    REQUIRE(run(kind::user_add, "correct horse\n") == 0);
    what.to_store = "sqlite:" + place.path("new/store");
  }

  int move() {
    what.what = kind::move_store;
    std::istringstream in;
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    const auto result =
        run_store_command(what, {in, out_stream, err_stream}, now);
    out = out_stream.str();
    err = err_stream.str();
    return result;
  }

  std::size_t users_of(const std::string& url) const {
    auto options = what.options;
    options.store = url;
    return store::database{prepare_store(options)}.accounts().size();
  }
};

} // namespace

TEST_CASE_FIXTURE(move_fixture, "a store is copied, and stays as it was") {
  CHECK(move() == 0);
  CHECK(out.starts_with(what.options.store + " is copied to " + what.to_store
                        + ": 1 users, 0 events, "));
  CHECK(err
        == "convoy: the copy opens with the key " + what.options.key_file
               + " only: keep it\n");
  CHECK(users_of(what.to_store) == 1);
  CHECK(users_of(what.options.store) == 1);
  CHECK(move() == 1);
  CHECK(err.find("it is not empty: there is something in user")
        != std::string::npos);
}

TEST_CASE_FIXTURE(move_fixture, "a store that is used is copied when wished") {
  {
    const store_lock server{what.options.store};
    CHECK(move() == 1);
    CHECK(err.find("uses this store; stop it first") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(place.path("new/store")));
    what.running = true;
    CHECK(move() == 0);
    CHECK(err.starts_with(
        "convoy: what was written since this began is not in the copy\n"));
  }
  CHECK(users_of(what.to_store) == 1);
  what.running = false;
  what.to_store = "sqlite:" + place.path("other");
  const store_lock server{what.to_store};
  CHECK(move() == 1);
  CHECK(err.find("uses this store; stop it first") != std::string::npos);
}

TEST_CASE_FIXTURE(move_fixture, "what cannot be copied is said") {
  what.to_store = what.options.store;
  CHECK(move() == 1);
  CHECK(err == "convoy: FROM and TO are the same store\n");
  what.to_store = "sqlite:" + place.path("x");
  what.options.key_file = place.path("no.key");
  CHECK(move() == 1);
  CHECK(err.find("no.key: there is none") != std::string::npos);
  what.options.store = "sqlite:" + place.path("missing");
  CHECK(move() == 1);
  CHECK(err == "convoy: " + place.path("missing") + ": there is no store\n");
}

TEST_CASE_FIXTURE(move_fixture, "a store on a server is backed up elsewhere") {
  what.options.store = "postgresql://u:secret@h/db";
  what.what = kind::backup;
  what.backup_file = place.path("copy");
  std::istringstream in;
  std::ostringstream out_stream;
  std::ostringstream err_stream;
  CHECK(run_store_command(what, {in, out_stream, err_stream}, now) == 1);
  CHECK(err_stream.str()
        == "convoy: postgresql://h/db: a store on a server is backed up with"
           " pg_dump, or copied with `convoy move-store`\n");
}
