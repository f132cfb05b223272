// SPDX-License-Identifier: Apache-2.0
#include "net/static_files.hpp"

#include "tests/net/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace convoy::net;
using namespace std::chrono_literals;

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

TEST_CASE("what is there compressed is so for those who take it") {
  temporary_folder folder;
  folder.write("app.js", "plain and long");
  folder.write("app.js.gz", "packed");
  folder.write("old.css", "1");
  folder.write("old.css.gz", "2");
  folder.write("alone.js", "3");
  const auto now = std::filesystem::last_write_time(folder.path() / "old.css");
  std::filesystem::last_write_time(folder.path() / "old.css.gz", now - 5s);
  static_files files{folder.path()};

  const auto plain = files.find({"app.js"});
  const auto packed = files.find({"app.js"}, true);
  REQUIRE(plain);
  REQUIRE(packed);
  CHECK(plain->size == 14);
  CHECK(plain->content_encoding.empty());
  CHECK(packed->size == 6);
  CHECK(packed->content_encoding == "gzip");
  CHECK(packed->content_type == "text/javascript; charset=utf-8");
  CHECK(packed->etag != plain->etag);
  using headers = std::vector<std::pair<std::string, std::string>>;
  CHECK(headers_of(*packed, 300s)
        == headers{{"ETag", packed->etag},
                   {"Last-Modified", packed->last_modified},
                   {"Cache-Control", "max-age=300"},
                   {"Vary", "Accept-Encoding"},
                   {"Content-Encoding", "gzip"}});
  CHECK(headers_of(*plain, 300s).back().first == "Vary");
  for (const auto* name : {"old.css", "alone.js"}) {
    CAPTURE(name);
    CHECK(files.find({name}, true)->size == 1);
    CHECK_FALSE(files.find({name}, true)->has_encodings);
  }
}

TEST_CASE("what changes its name with its content is kept for a year") {
  temporary_folder folder;
  folder.write("immutable/app-1a2b.js", "1");
  folder.write("parts/immutable/b.js", "1");
  folder.write("immutable.js", "1");
  static_files files{folder.path()};
  const auto age = [&](const std::vector<std::string>& path) {
    return headers_of(*files.find(path), 300s).at(2).second;
  };
  CHECK(age({"immutable", "app-1a2b.js"}) == "max-age=31536000, immutable");
  CHECK(age({"parts", "immutable", "b.js"}) == "max-age=31536000, immutable");
  CHECK(age({"immutable.js"}) == "max-age=300");
}

TEST_CASE("gzip is for those who say so") {
  for (const auto* field :
       {"gzip", "deflate, gzip, br", "GZIP;q=0.5", "br;q=1, gzip ; q=0.001"}) {
    CAPTURE(field);
    CHECK(accepts_gzip(field));
  }
  for (const auto* field :
       {"", "br", "identity, *", "gzip;q=0", "gzip; q=0.000", "x-gzip",
        "br, gzip;Q=0.0", "\"gzip\""}) {
    CAPTURE(field);
    CHECK_FALSE(accepts_gzip(field));
  }
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
