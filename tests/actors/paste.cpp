// SPDX-License-Identifier: Apache-2.0
#include "actors/paste.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors;

TEST_SUITE("pastes") {
  TEST_CASE("a paste is named by its first words") {
    CHECK(paste_name("Hello World") == "hello_world.txt");
    CHECK(paste_name("#!/bin/sh\necho") == "bin_sh.txt");
    CHECK(paste_name("a2345") == "a____.txt");
    CHECK(paste_name("_rest") == "_rest.txt");
    CHECK(paste_name("Gr\xc3\xbc\xc3\x9f"
                     "e an alle")
          == "gr__e_an_alle.txt");
  }

  TEST_CASE("lines that are too short are passed over") {
    CHECK(paste_name("{\n  ab\n\n  return 1;\n") == "return___.txt");
    CHECK(paste_name("abcd\nabcde") == "abcde.txt");
  }

  TEST_CASE("a name has an end") {
    CHECK(paste_name(std::string(100, 'x')) == std::string(28, 'x') + ".txt");
  }

  TEST_CASE("a text without such a line is a paste") {
    CHECK(paste_name("") == "paste.txt");
    CHECK(paste_name("abcd") == "paste.txt");
    CHECK(paste_name("\n\n") == "paste.txt");
    CHECK(paste_name("\xf0\x9f\x98\x80\xf0\x9f\x98\x80") == "paste.txt");
  }

  TEST_CASE("a paste is a text of its person") {
    const auto file = make_paste(protocol::user_id{7}, "Some words",
                                 protocol::timestamp{std::chrono::seconds{9}});
    CHECK(file.id.size() == 32);
    CHECK(file.user == protocol::user_id{7});
    CHECK(file.name == "some_words.txt");
    CHECK(file.content_type == "text/plain; charset=utf-8");
    CHECK(file.saved == protocol::timestamp{std::chrono::seconds{9}});
    CHECK(file.content == "Some words");
  }
}
