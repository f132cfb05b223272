// SPDX-License-Identifier: Apache-2.0
#include "net/static_files.hpp"

#include "tests/net/temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;

TEST_CASE("files below the root are found") {
  temporary_folder folder;
  folder.write("index.html", "<p>hi");
  folder.write("js/app.js", "1");
  folder.write("with space.txt", "2");
  static_files files{folder.path()};

  auto index = files.find({});
  REQUIRE(index);
  CHECK(index->size == 5);
  CHECK(index->content_type == "text/html; charset=utf-8");
  CHECK(index->etag.front() == '"');
  CHECK(index->last_modified.ends_with(" GMT"));
  CHECK(files.find({"index.html"})->etag == index->etag);
  CHECK(files.find({"js", "app.js"})->content_type
        == "text/javascript; charset=utf-8");
  CHECK(files.find({"with space.txt"}));
}

TEST_CASE("what is not a plain file below the root is not") {
  temporary_folder outside;
  outside.write("secret.txt", "s");
  temporary_folder folder;
  folder.write("a.txt", "a");
  folder.write(".env", "s");
  folder.write(".git/config", "s");
  folder.write("sub/b.txt", "b");
  std::filesystem::create_symlink(outside.path() / "secret.txt",
                                  folder.path() / "leak.txt");
  std::filesystem::create_directory_symlink(outside.path(),
                                            folder.path() / "leak");
  std::filesystem::create_symlink("a.txt", folder.path() / "alias.txt");
  static_files files{folder.path()};

  using path = std::vector<std::string>;
  for (const auto& refused :
       {path{".."}, path{"..", "a.txt"}, path{"sub", "..", "a.txt"},
        path{"../a.txt"}, path{"sub/b.txt"}, path{".env"},
        path{".git", "config"}, path{"sub"}, path{"sub", ""}, path{"", "a.txt"},
        path{"leak.txt"}, path{"leak", "secret.txt"}, path{"missing"},
        path{std::string("a.txt\0x", 7)}, path{"a.txt", "b"}, path{"."},
        path{"sub\\b.txt"}, path{std::string(5000, 'x')}, path{}}) {
    CAPTURE(refused.size());
    CHECK_FALSE(files.find(refused));
  }
  CHECK(files.find({"alias.txt"}));
}

TEST_CASE("a root whose name begins another's does not give that away") {
  temporary_folder folder;
  folder.write("web/index.html", "1");
  folder.write("web-private/x.txt", "2");
  std::filesystem::create_symlink("../web-private/x.txt",
                                  folder.path() / "web" / "x.txt");
  static_files files{folder.path() / "web"};
  CHECK(files.find({}));
  CHECK_FALSE(files.find({"x.txt"}));
}

TEST_CASE("without a root there are no files") {
  CHECK_FALSE(static_files{}.find({}));
  CHECK_FALSE(static_files{"no/such/folder"}.find({"a"}));
}

TEST_CASE("If-None-Match is a list, or anything") {
  CHECK(matches_etag("\"a\"", "\"a\""));
  CHECK(matches_etag("\"x\", W/\"a\" , \"y\"", "\"a\""));
  CHECK(matches_etag("*", "\"a\""));
  CHECK_FALSE(matches_etag("", "\"a\""));
  CHECK_FALSE(matches_etag("\"b\",", "\"a\""));
}
