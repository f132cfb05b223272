// SPDX-License-Identifier: Apache-2.0
#include "net/page_template.hpp"

#include "tests/net/temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;

TEST_CASE("values stand in the page, and cannot end what they are in") {
  temporary_folder folder;
  folder.write("index.html", "<a title=\"{{NAME}}\">{{OTHER}}{{UNKNOWN}}</a>");
  page_template page{folder.path() / "index.html"};
  CHECK(page.problem() == "");
  CHECK(page.render({{"NAME", "\"><script>&'"}, {"OTHER", "{{NAME}} é"}})
        == "<a title=\"&quot;&gt;&lt;script&gt;&amp;&apos;\">{{NAME}} é</a>");
}

TEST_CASE("a page that has changed is read again") {
  temporary_folder folder;
  page_template page{folder.path() / "index.html"};
  CHECK(page.problem().find("index.html: No such file") != std::string::npos);
  CHECK(page.render({}) == "");
  folder.write("index.html", "one {{X}}");
  CHECK(page.render({{"X", "1"}}) == "one 1");
  folder.write("index.html", "another {{X}}");
  CHECK(page.render({{"X", "1"}}) == "another 1");
}

TEST_CASE("a page that is none is named with what is wrong") {
  temporary_folder folder;
  folder.write("index.html", "{{#X}} has no end");
  page_template page{folder.path() / "index.html"};
  const auto wrong = page.problem();
  CHECK(wrong.find("index.html: ") != std::string::npos);
  CHECK(wrong.find('X') != std::string::npos);
  CHECK(page.render({{"X", "1"}}) == "");
  folder.write("index.html", "good again");
  CHECK(page.problem() == "");
}
