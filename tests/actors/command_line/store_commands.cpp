// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/store_commands.hpp"

#include "actors/store/statements.hpp"
#include "user_fixture.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors;
using namespace convoy::actors::command_line;
using convoy::tests::user_fixture;
using std::filesystem::perms;
using kind = command::kind;

namespace {

struct store_fixture : user_fixture {
  store_fixture() {
    what.email = "ann@example.org";
    REQUIRE(run(kind::user_add, "correct horse\n") == 0);
    what.backup_file = place.path("copy");
  }

  int run_on_store(kind which) {
    what.what = which;
    std::istringstream in;
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    const auto result =
        run_store_command(what, {in, out_stream, err_stream}, now);
    out = out_stream.str();
    err = err_stream.str();
    return result;
  }

  void add(const std::string& email) {
    what.email = email;
    REQUIRE(run(kind::user_add, "correct horse\n") == 0);
  }

  std::size_t users() const {
    return open()->accounts().size();
  }

  std::unique_ptr<store::database> open() const {
    return std::make_unique<store::database>(prepare_store(what.options));
  }
};

} // namespace

TEST_CASE_FIXTURE(store_fixture, "a copy is made, and put back") {
  const auto server = open();
  CHECK(run_on_store(kind::backup) == 0);
  CHECK(out.starts_with(place.path("store") + " is copied to "
                        + place.path("copy") + ", "));
  CHECK(err.find("the key " + place.path("key") + " is not in the copy")
        != std::string::npos);
  CHECK(place.mode("copy") == (perms::owner_read | perms::owner_write));
  add("bob@example.org");
  CHECK(users() == 2);
  CHECK(run_on_store(kind::restore) == 1);
  CHECK(err
        == "convoy: " + place.path("store")
               + ": it is there already; --force replaces it\n");
  what.force = true;
  CHECK(run_on_store(kind::restore) == 0);
  CHECK(users() == 1);
  CHECK(run_on_store(kind::verify) == 0);
  CHECK(out == what.options.store + " is whole\n");
}

TEST_CASE_FIXTURE(store_fixture,
                  "a copy is replaced only when that is wished") {
  place.write("copy", "mine", perms::owner_all);
  CHECK(run_on_store(kind::backup) == 1);
  CHECK(place.read("copy") == "mine");
  what.force = true;
  CHECK(run_on_store(kind::backup) == 0);
  CHECK(place.read("copy") != "mine");
}

TEST_CASE_FIXTURE(store_fixture, "with its key a copy goes to another place") {
  what.with_key = true;
  CHECK(run_on_store(kind::backup) == 0);
  CHECK(err.empty());
  CHECK(place.read("copy.key") == place.read("key"));
  CHECK(place.mode("copy.key") == (perms::owner_read | perms::owner_write));
  what.options.store = "sqlite:" + place.path("other/store");
  what.options.key_file = place.path("other/key");
  what.with_key = false;
  CHECK(run_on_store(kind::restore) == 1);
  CHECK(err.find("there is none") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(place.path("other/store")));
  what.with_key = true;
  CHECK(run_on_store(kind::restore) == 0);
  CHECK(users() == 1);
  CHECK(run_on_store(kind::verify) == 0);
}

TEST_CASE_FIXTURE(store_fixture, "what is not whole is not restored") {
  CHECK(run_on_store(kind::backup) == 0);
  what.force = true;
  {
    store::statements copy(
        {.url = "sqlite:" + place.path("copy"), .key = std::string(32, 'k')});
    copy.session() << "UPDATE user_ids SET last = 0";
  }
  CHECK(run_on_store(kind::restore) == 1);
  CHECK(err
        == "convoy: " + place.path("copy")
               + ": User 1 has an id that was not given.\n");
  place.write("copy", std::string(9000, 'x'), perms::owner_all);
  CHECK(run_on_store(kind::restore) == 1);
  CHECK(err == "convoy: " + place.path("copy") + ": file is not a database\n");
  what.backup_file = place.path("missing");
  CHECK(run_on_store(kind::restore) == 1);
  CHECK(err
        == "convoy: " + place.path("missing") + ": there is no such file\n");
  CHECK(users() == 1);
}

TEST_CASE_FIXTURE(store_fixture, "nothing is restored over a running server") {
  CHECK(run_on_store(kind::backup) == 0);
  what.force = true;
  const store_lock server{what.options.store};
  CHECK(run_on_store(kind::restore) == 1);
  CHECK(err.find("uses this store; stop it first") != std::string::npos);
}

TEST_CASE_FIXTURE(store_fixture,
                  "a log of the old store is not the new one's") {
  CHECK(run_on_store(kind::backup) == 0);
  {
    // As after a crash: what was committed last is in the log only.
    const auto crashed = open();
    add("bob@example.org");
    std::filesystem::copy(place.path("store-wal"), place.path("wal"));
  }
  std::filesystem::copy(place.path("wal"), place.path("store-wal"));
  what.force = true;
  CHECK(run_on_store(kind::restore) == 0);
  CHECK_FALSE(std::filesystem::exists(place.path("store-wal")));
  CHECK(users() == 1);
  CHECK(run_on_store(kind::verify) == 0);
}

TEST_CASE_FIXTURE(store_fixture, "verify says all that is wrong") {
  {
    store::statements db(prepare_store(what.options));
    db.session() << "UPDATE user_ids SET last = 0";
    db.session() << "UPDATE users SET indexed_seq = 5";
  }
  CHECK(run_on_store(kind::verify) == 1);
  CHECK(out.empty());
  CHECK(err
        == "convoy: " + what.options.store
               + ": User 1 has an id that was not given.\n"
                 "convoy: "
               + what.options.store
               + ": User ann@example.org: the search index is ahead of the "
                 "journal.\n");
  what.options.store = "sqlite:" + place.path("no");
  CHECK(run_on_store(kind::verify) == 1);
  CHECK(err == "convoy: " + place.path("no") + ": there is no store\n");
  CHECK_FALSE(std::filesystem::exists(place.path("no")));
}
