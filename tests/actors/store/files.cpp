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
    CHECK_THROWS_AS(one.db.add_file(file_of(one.id, "f1", "new"), 100),
                    store::store_error);
    CHECK(one.db.find_file(one.id, "f1")->content == "old");
    CHECK(error_of([&] {
            one.db.add_file(file_of(protocol::user_id{9}, "f2", "x"), 100);
          }).starts_with("store :memory:: add file of user 9: "));
  }
}
