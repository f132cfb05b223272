// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/store_access.hpp"

#include "tests/actors/store/scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors::command_line;
using convoy::tests::error_of;
using convoy::tests::scratch;
using std::filesystem::perms;

TEST_CASE("the key's default is beside the store") {
  CHECK(default_key_file("sqlite:data/convoy.sqlite") == "data/convoy.key");
  CHECK(default_key_file("sqlite:/var/lib/x") == "/var/lib/convoy.key");
  CHECK(default_key_file("sqlite:x") == "convoy.key");
  CHECK(default_key_file("sqlite::memory:") == "convoy.key");
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
