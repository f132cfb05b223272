// SPDX-License-Identifier: Apache-2.0
#include "protocol/page_route.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("the routes of the front end are pages, and nothing else") {
  const std::vector<std::vector<std::string>> pages{
      {},
      {""},
      {"login"},
      {"register"},
      {"search"},
      {"help"},
      {"chat"},
      {"chat", ""},
      {"chat", "irc-localhost", "#a.js"},
      {"settings"},
      {"settings", "connection", "add"},
      {"err", "404"}};
  for (const auto& path : pages)
    CHECK(is_page(path));
  const std::vector<std::vector<std::string>> others{
      {"login", "x"},     {"Login"},    {"err"},
      {"err", "4", "x"},  {"api"},      {"chats"},
      {"assets", "chat"}, {"", "login"}};
  for (const auto& path : others)
    CHECK_FALSE(is_page(path));
}

TEST_CASE("/err/{code} has that status when it is one of an error") {
  CHECK(status_of_page({"err", "404"}) == 404);
  CHECK(status_of_page({"err", "599"}) == 599);
  CHECK(status_of_page({"err", "not_found"}) == 404);
  for (const auto* other : {"200", "301", "600", "4o4", "4040", "", "loading"})
    CHECK(status_of_page({"err", other}) == 200);
  CHECK(status_of_page({"chat", "404"}) == 200);
  CHECK(status_of_page({}) == 200);
}
