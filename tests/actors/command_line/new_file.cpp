// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/new_file.hpp"

#include "tests/actors/store/scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors::command_line;
using convoy::tests::error_of;
using convoy::tests::scratch;
using std::filesystem::perms;

namespace {

std::size_t files_in(const scratch& place) {
  const auto folder = std::filesystem::path{place.path("x")}.parent_path();
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator{folder}, {}));
}

} // namespace

TEST_CASE("a file is there once it is kept, and only its owner reads it") {
  const scratch place;
  {
    new_file file{place.path("a"), false};
    file.write("text");
    CHECK_FALSE(std::filesystem::exists(place.path("a")));
    CHECK(std::filesystem::path{file.path()}.parent_path()
          == std::filesystem::path{place.path("a")}.parent_path());
    file.keep();
    CHECK(place.read("a") == "text");
  }
  CHECK(place.mode("a") == (perms::owner_read | perms::owner_write));
  CHECK(files_in(place) == 1);
}

TEST_CASE("nothing is left of a file that is not kept") {
  const scratch place;
  {
    const new_file file{place.path("a"), false};
    file.write("text");
  }
  CHECK(files_in(place) == 0);
}

TEST_CASE("a file that is there is replaced only when that is wished") {
  const scratch place;
  place.write("a", "old", perms::owner_all);
  const auto refusal =
      place.path("a") + ": it is there already; --force replaces it";
  CHECK(error_of([&] { const new_file file(place.path("a"), false); })
        == refusal);
  {
    new_file file{place.path("a"), true};
    file.write("new");
    CHECK(place.read("a") == "old");
    file.keep();
  }
  CHECK(place.read("a") == "new");
  new_file late{place.path("b"), false};
  late.write("mine");
  place.write("b", "theirs", perms::owner_all);
  CHECK(error_of([&] { late.keep(); })
        == place.path("b") + ": it is there already; --force replaces it");
  CHECK(place.read("b") == "theirs");
}

TEST_CASE("where nothing can be written is named") {
  const scratch place;
  const new_file file{place.path("no/a"), false};
  CHECK(error_of([&] { file.write("text"); })
        == place.path("no/a") + ": No such file or directory");
}
