// SPDX-License-Identifier: Apache-2.0
#include "net/front_end.hpp"

#include "tests/net/temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;

namespace {

std::string dictionary(const std::string& text) {
  return "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
         "msgid \"Log in\"\nmsgstr \""
         + text + "\"\n";
}

bool says(const front_end& pages, const std::string& text) {
  return pages.languages()->encode("no").find(text) != std::string::npos;
}

} // namespace

TEST_CASE("without folders there is English, and no page") {
  front_end pages{"", ""};
  CHECK_FALSE(pages.has_page());
  CHECK(pages.languages()->match("en") == "en");
}

TEST_CASE("languages are read again, and kept when that goes wrong") {
  temporary_folder folder;
  folder.write("no.po", dictionary("Logg"));
  front_end pages{"", folder.path()};
  CHECK(says(pages, "Logg\""));
  const auto before = pages.languages();
  folder.write("no.po", dictionary("Inn"));
  CHECK(pages.read_languages(folder.path()).empty());
  CHECK(says(pages, "Inn\""));
  // Who had asked before goes on with what there was.
  CHECK(before->encode("no").find("Logg\"") != std::string::npos);
  folder.write("it.po", "msgid \"a\"\nmsgstr unquoted\n");
  CHECK(pages.read_languages(folder.path()).find("it.po") != std::string::npos);
  CHECK(says(pages, "Inn\""));
}

TEST_CASE("the page is there with its folder") {
  temporary_folder folder;
  front_end pages{folder.path(), ""};
  CHECK(pages.has_page());
  folder.write("index.html", "v{{VERSION}}");
  CHECK(pages.render({{"VERSION", "1"}}) == "v1");
}

TEST_CASE("what cannot be used is named") {
  temporary_folder folder;
  const auto none = (folder.path() / "none").string();
  CHECK_THROWS_WITH(front_end(none, ""),
                    ("web root " + none + ": not a folder").c_str());
  CHECK_THROWS(front_end("", none));
  folder.write("index.html", "{{#OPEN}}");
  CHECK_THROWS(front_end(folder.path(), ""));
}
