// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/store_access.hpp"

#include "tests/actors/store/scratch.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

using namespace convoy::actors::command_line;
using convoy::tests::error_of;
using convoy::tests::scratch;
using std::filesystem::perms;

TEST_CASE("the key's default is beside the store") {
  CHECK(default_key_file("sqlite:data/convoy.sqlite") == "data/convoy.key");
  CHECK(default_key_file("sqlite:/var/lib/x") == "/var/lib/convoy.key");
  CHECK(default_key_file("sqlite:x") == "convoy.key");
  CHECK(default_key_file("sqlite::memory:") == "convoy.key");
  CHECK(default_key_file("postgresql://h/db") == "data/convoy.key");
}

TEST_CASE("nobody sees the password of a store") {
  CHECK(shown_store("sqlite:a@b?c") == "sqlite:a@b?c");
  CHECK(shown_store("postgresql://u:secret@h:1/db?sslmode=require")
        == "postgresql://h:1/db");
  CHECK(shown_store("postgres://h/db?password=secret") == "postgres://h/db");
  CHECK(shown_store("postgresql://u:se@c/r?et@h/db") == "postgresql://h/db");
  CHECK(store_path("postgresql://h/db").empty());
}

TEST_CASE("folders and key are made once") {
  const scratch place;
  serve_options options;
  options.store = "sqlite:" + place.path("a/b/store");
  options.key_file = place.path("keys/key");
  options.store_full_sync = false;
  const auto first = prepare_store(options);
  CHECK(first.url == options.store);
  CHECK_FALSE(first.full_sync);
  CHECK(first.key.size() == 32);
  CHECK(std::filesystem::is_directory(place.path("a/b")));
  CHECK(place.mode("keys/key") == (perms::owner_read | perms::owner_write));
  CHECK(prepare_store(options).key == first.key);
}

TEST_CASE("a folder that cannot be made is named") {
  const scratch place;
  place.write("file", "", perms::owner_all);
  serve_options options;
  options.store = "sqlite:" + place.path("file/x/store");
  options.key_file = place.path("key");
  CHECK(error_of([&] { prepare_store(options); })
        == place.path("file/x") + ": Not a directory");
}

TEST_CASE("one holds a store at a time, and lets go of it") {
  const scratch place;
  const auto url = "sqlite:" + place.path("store");
  {
    const store_lock server{url};
    CHECK(error_of([&] { const store_lock second(url); })
          == place.path("store") + ": process " + std::to_string(::getpid())
                 + " uses this store; stop it first");
    const store_lock another{"sqlite:" + place.path("other")};
  }
  const store_lock next{url};
  CHECK(place.mode("store.lock") == (perms::owner_read | perms::owner_write));
}

TEST_CASE("a store in memory needs no lock, one in no folder is named") {
  const store_lock one{"sqlite::memory:"};
  const store_lock two{"sqlite::memory:"};
  const scratch place;
  CHECK(error_of([&] { const store_lock lock("sqlite:" + place.path("no/x")); })
        == place.path("no/x.lock") + ": No such file or directory");
}

TEST_CASE("a store that is not there is not made") {
  const scratch place;
  serve_options options;
  options.store = "sqlite:" + place.path("store");
  CHECK(error_of([&] { expect_store(options); })
        == place.path("store") + ": there is no store");
  place.write("store", "", perms::owner_all);
  CHECK(error_of([&] { expect_store(options); }).empty());
}
