// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

namespace {

store::file_record file_of(protocol::user_id user, const std::string& id,
                           const std::string& content) {
  return {id, user, "notes.txt", "text/plain; charset=utf-8", at(77), content};
}

} // namespace

TEST_SUITE("store files") {
  TEST_CASE("a file comes back byte by byte") {
    one_user one;
    const std::string content("a\0\xff\n\xf0\x9f\x98\x80", 8);
    CHECK(one.db.add_file(file_of(one.id, "f1", content), 8)
          == store::file_verdict::stored);
    const auto found = one.db.find_file(one.id, "f1");
    REQUIRE(found);
    CHECK(found->id == "f1");
    CHECK(found->user == one.id);
    CHECK(found->name == "notes.txt");
    CHECK(found->content_type == "text/plain; charset=utf-8");
    CHECK(found->saved == at(77));
    CHECK(found->content == content);
    CHECK(one.db.add_file(file_of(one.id, "f2", ""), 8)
          == store::file_verdict::stored);
    CHECK(one.db.find_file(one.id, "f2")->content == "");
  }

  TEST_CASE("a file is found without its content, too") {
    one_user one;
    one.db.add_file({"f1", one.id, "a.txt", "text/plain", at(1), "four"}, 10);
    const auto found = one.db.find_file(one.id, "f1", false);
    REQUIRE(found);
    CHECK(found->name == "a.txt");
    CHECK(found->content == "");
    CHECK(found->size == 4);
    CHECK(one.db.find_file(one.id, "f1")->size == 4);
  }

  TEST_CASE("only with its owner's number it is found") {
    one_user one;
    one.db.add_file(file_of(one.id, "f1", "x"), 100);
    CHECK_FALSE(one.db.find_file(protocol::user_id{9}, "f1"));
    CHECK_FALSE(one.db.find_file(one.id, "f"));
    CHECK_FALSE(one.db.find_file(one.id, ""));
  }

  TEST_CASE("a person's files have so much room, and no more") {
    one_user one;
    auto bob = account_of("bob@example.com");
    one.db.create_account(bob, true);
    CHECK(one.db.add_file(file_of(one.id, "f1", "12345"), 10)
          == store::file_verdict::stored);
    CHECK(one.db.add_file(file_of(one.id, "f2", "123456"), 10)
          == store::file_verdict::no_room);
    CHECK_FALSE(one.db.find_file(one.id, "f2"));
    CHECK(one.db.add_file(file_of(one.id, "f3", "12345"), 10)
          == store::file_verdict::stored);
    CHECK(one.db.add_file(file_of(bob.id, "f4", "1234567890"), 10)
          == store::file_verdict::stored);
  }

  TEST_CASE("an id is given once, and its user must exist") {
    one_user one;
    one.db.add_file(file_of(one.id, "f1", "old"), 100);
    CHECK(one.db.add_file(file_of(one.id, "f1", "new"), 100)
          == store::file_verdict::id_taken);
    CHECK(one.db.find_file(one.id, "f1")->content == "old");
    CHECK(error_of([&] {
            one.db.add_file(file_of(protocol::user_id{9}, "f2", "x"), 100);
          }).starts_with(error_from(":memory:") + "add file of user 9: "));
  }

  TEST_CASE("a file that is written in parts is there when it is finished") {
    one_user one;
    auto file = file_of(one.id, "f1", "");
    file.write_only = true;
    CHECK(one.db.begin_file(file, 7, 10) == store::file_verdict::stored);
    one.db.add_file_part("f1", 1, std::string("\0d\xff", 3));
    one.db.add_file_part("f1", 0, "abc");
    CHECK_FALSE(one.db.find_file(one.id, "f1"));
    CHECK(one.db.files_of(one.id, "", 10).empty());
    // It has its room already.
    CHECK(one.db.add_file(file_of(one.id, "f2", "1234"), 10)
          == store::file_verdict::no_room);
    one.db.finish_file("f1");
    const auto found = one.db.find_file(one.id, "f1");
    REQUIRE(found);
    CHECK(found->content == std::string("abc\0d\xff", 6));
    CHECK(found->write_only);
    CHECK_THROWS_AS(one.db.add_file_part("f1", 0, "again"), store::store_error);
    CHECK_THROWS_AS(one.db.add_file_part("f9", 0, "x"), store::store_error);
    CHECK(one.db.begin_file(file, 0, 10) == store::file_verdict::id_taken);
  }

  TEST_CASE("files are listed, the newest first, from any of them on") {
    one_user one;
    for (const auto& [id, time] : std::vector<std::pair<std::string, int>>{
             {"old", 1}, {"a", 5}, {"b", 5}, {"new", 9}}) {
      auto file = file_of(one.id, id, id);
      file.saved = at(time);
      one.db.add_file(file, 100);
    }
    const auto ids = [&](const std::string& after, std::size_t limit) {
      std::string result;
      for (const auto& each : one.db.files_of(one.id, after, limit))
        result += each.id + ' ';
      return result;
    };
    CHECK(ids("", 10) == "new b a old ");
    CHECK(ids("", 2) == "new b ");
    CHECK(ids("b", 2) == "a old ");
    CHECK(ids("old", 2) == "");
    CHECK(ids("none", 2) == "");
    CHECK(one.db.newer_file(one.id, "old", 1) == "a");
    CHECK(one.db.newer_file(one.id, "old", 3) == "new");
    CHECK(one.db.newer_file(one.id, "old", 4) == "");
    CHECK(one.db.newer_file(one.id, "none", 0) == "");
    const auto entry = one.db.files_of(one.id, "b", 1).at(0);
    CHECK(entry.name == "notes.txt");
    CHECK(entry.saved == at(5));
    CHECK(entry.size == 1);
    CHECK(one.db.files_of(protocol::user_id{9}, "", 10).empty());
  }

  TEST_CASE("a deleted file is gone at once, and then bit by bit") {
    one_user one;
    const auto write = [&](const std::string& id) {
      one.db.begin_file(file_of(one.id, id, ""), 3, 1000);
      for (std::size_t part = 0; part < 3; ++part)
        one.db.add_file_part(id, part, "x");
      one.db.finish_file(id);
    };
    write("f1");
    write("f2");
    CHECK(one.db.delete_files(protocol::user_id{9}, {"f1"}) == 0);
    CHECK(one.db.delete_files(one.id, {"f1", "f1", "none"}) == 1);
    CHECK_FALSE(one.db.find_file(one.id, "f1"));
    CHECK(one.db.files_of(one.id, "", 10).size() == 1);
    // Its room is free, its id is not.
    CHECK(one.db.begin_file(file_of(one.id, "f3", ""), 97, 100)
          == store::file_verdict::stored);
    CHECK(one.db.add_file(file_of(one.id, "f1", ""), 100)
          == store::file_verdict::id_taken);
    int steps = 1;
    while (!one.db.sweep_files(2))
      ++steps;
    CHECK(steps == 2);
    CHECK(one.db.find_file(one.id, "f2")->content == "xxx");
    write("f1");
    CHECK(one.db.find_file(one.id, "f1")->content == "xxx");
  }

  TEST_CASE("what a crash left unfinished takes no room") {
    one_user one;
    one.db.begin_file(file_of(one.id, "f1", ""), 100, 100);
    one.db.add_file_part("f1", 0, "x");
    one.db.add_file(file_of(one.id, "f2", ""), 100);
    one.db.delete_unfinished_files();
    CHECK(one.db.find_file(one.id, "f2"));
    one.db.finish_file("f1");
    CHECK_FALSE(one.db.find_file(one.id, "f1"));
    CHECK(one.db.add_file(file_of(one.id, "f1", std::string(100, 'x')), 100)
          == store::file_verdict::stored);
  }
}
