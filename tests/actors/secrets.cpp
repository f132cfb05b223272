// SPDX-License-Identifier: Apache-2.0
#include "actors/secrets.hpp"

#include "store/scratch.hpp"

#include <doctest/doctest.h>

#include <set>
#include <sys/stat.h>
#include <unistd.h>

using namespace convoy::actors;
using convoy::tests::error_of;
using convoy::tests::scratch;
using std::filesystem::perms;

namespace {

constexpr auto private_mode = perms::owner_read | perms::owner_write;
const std::string key(32, 'k');

} // namespace

TEST_SUITE("secrets") {
  TEST_CASE("a password is verified by its hash alone") {
    const auto hash = hash_password("correct horse", password_cost::minimum);
    CHECK(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    CHECK(verify_password(hash, "correct horse"));
    CHECK_FALSE(verify_password(hash, "correct horsf"));
    CHECK_FALSE(verify_password(hash, ""));
    CHECK(hash != hash_password("correct horse", password_cost::minimum));
    CHECK_FALSE(verify_password("", "correct horse"));
    CHECK_FALSE(verify_password("not a hash", "correct horse"));
  }

  TEST_CASE("a password may hold any bytes") {
    const std::string password("a\0b\xff", 4);
    const auto hash = hash_password(password, password_cost::minimum);
    CHECK(verify_password(hash, password));
    CHECK_FALSE(verify_password(hash, "a"));
  }

  TEST_CASE("a hash tells what it cost") {
    CHECK(hash_password("x", password_cost::interactive)
              .starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    CHECK(hash_password("x", password_cost::moderate)
              .starts_with("$argon2id$v=19$m=262144,t=3,p=1$"));
  }

  TEST_CASE("tokens and streams are never the same") {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
      const auto token = random_token();
      CHECK(token.size() == 43);
      CHECK(token.find_first_of("+/=") == std::string::npos);
      seen.insert(token);
      const auto stream = random_stream_id();
      CHECK(stream.size() == 16);
      CHECK(stream.find_first_not_of("0123456789abcdef") == std::string::npos);
      seen.insert(stream);
    }
    CHECK(seen.size() == 200);
  }

  TEST_CASE("what is derived from a token is stable and not the token") {
    CHECK(hash_token("abc") == "vd2BPGNCOXIxce8_7phXm5SWTjuxyz5CcmLIwGjVIxk");
    CHECK(hash_token("abc") != hash_token("abd"));
    CHECK(csrf_of("abc") == csrf_of("abc"));
    CHECK(csrf_of("abc") != csrf_of("abd"));
    CHECK(csrf_of("abc") != hash_token("abc"));
    CHECK(csrf_of(hash_token("abc")) != csrf_of("abc"));
  }

  TEST_CASE("secrets are compared whole") {
    CHECK(equal_secret("", ""));
    CHECK(equal_secret("abc", "abc"));
    CHECK_FALSE(equal_secret("abc", "abd"));
    CHECK_FALSE(equal_secret("abc", "ab"));
    CHECK_FALSE(equal_secret("", "a"));
  }

  TEST_CASE("an invitation is signed in all its parts") {
    const auto sign = sign_invite(key, "a@b.c", 1700000000, "hash");
    CHECK(sign.size() == 64);
    CHECK(sign.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(sign == sign_invite(key, "a@b.c", 1700000000, "hash"));
    const std::set<std::string> all{
        sign,
        sign_invite(std::string(32, 'x'), "a@b.c", 1700000000, "hash"),
        sign_invite(key, "a@b.d", 1700000000, "hash"),
        sign_invite(key, "a@b.c", 1700000001, "hash"),
        sign_invite(key, "a@b.c", 1700000000, ""),
        sign_invite(key, "a@b.c 1700000000", 1700000000, "hash"),
        sign_invite(key, "a@b.c", 1700000000, "1700000000 hash")};
    CHECK(all.size() == 7);
  }

  TEST_CASE("what is sealed opens under its key alone") {
    const std::string plain("pass\0word", 9);
    const auto sealed = seal(key, plain);
    CHECK(sealed.find("pass") == std::string::npos);
    CHECK(sealed != seal(key, plain));
    CHECK(unseal(key, sealed) == plain);
    CHECK(seal(key, "") == "");
    CHECK(unseal(key, "") == "");
    const std::string refused = "sealed under another key, or damaged";
    CHECK(error_of([&] { unseal(std::string(32, 'x'), sealed); }) == refused);
    auto damaged = sealed;
    damaged[damaged.size() / 2] =
        damaged[damaged.size() / 2] == 'A' ? 'B' : 'A';
    CHECK(error_of([&] { unseal(key, damaged); }) == refused);
    CHECK(error_of([&] { unseal(key, "!!"); }) == "not a sealed text");
    CHECK(error_of([&] { unseal(key, "QUJD"); }) == "not a sealed text");
    CHECK(error_of([&] { seal("short", "x"); })
          == "a key has 32 bytes, this one 5");
  }
}

TEST_SUITE("key file") {
  TEST_CASE("a key is made once, for its owner's eyes") {
    scratch dir;
    const auto made = load_or_make_key(dir.path("key"));
    CHECK(made.size() == 32);
    CHECK(made != std::string(32, '\0'));
    CHECK(dir.mode("key") == private_mode);
    CHECK(load_or_make_key(dir.path("key")) == made);
    CHECK(load_or_make_key(dir.path("other")) != made);
    // Nothing else is left in the directory.
    CHECK(std::distance(std::filesystem::directory_iterator(dir.path("")),
                        std::filesystem::directory_iterator())
          == 2);
  }

  TEST_CASE("32 bytes and 64 hex digits are keys") {
    scratch dir;
    dir.write("raw", key, private_mode);
    CHECK(load_or_make_key(dir.path("raw")) == key);
    std::string hex;
    for (int i = 0; i < 32; ++i)
      hex += "6B";
    dir.write("hex", hex, private_mode);
    CHECK(load_or_make_key(dir.path("hex")) == key);
    dir.write("line", hex + "\n", private_mode);
    CHECK(load_or_make_key(dir.path("line")) == key);
  }

  TEST_CASE("another length is refused") {
    scratch dir;
    for (const std::size_t length : {0, 1, 31, 33, 63, 65, 66, 1000}) {
      CAPTURE(length);
      dir.write("key", std::string(length, '1'), private_mode);
      CHECK(error_of([&] { load_or_make_key(dir.path("key")); })
            == "key file " + dir.path("key")
                   + ": holds neither 32 bytes nor 64 hex digits");
    }
    dir.write("key", std::string(64, 'x'), private_mode);
    CHECK(error_of([&] { load_or_make_key(dir.path("key")); })
          == "key file " + dir.path("key")
                 + ": holds neither 32 bytes nor 64 hex digits");
  }

  TEST_CASE("a key that others can read or write is refused") {
    scratch dir;
    for (const auto mode :
         {perms::others_read, perms::group_write, perms::others_write}) {
      dir.write("key", key, private_mode | mode);
      CHECK(error_of([&] { load_or_make_key(dir.path("key")); })
            == "key file " + dir.path("key")
                   + ": others may read or write it; make its mode 0600");
    }
  }

  TEST_CASE("only root may let a group read a key") {
    scratch dir;
    dir.write("key", key, private_mode | perms::group_read);
    const auto read = [&] {
      std::string result;
      const auto problem =
          error_of([&] { result = load_or_make_key(dir.path("key")); });
      return problem.empty() ? result : problem;
    };
    const auto refused = "key file " + dir.path("key")
                         + ": others may read or write it; make its mode 0600";
    const auto we_are_root = ::geteuid() == 0;
    CHECK(read() == (we_are_root ? key : refused));
    if (we_are_root) {
      REQUIRE(::chown(dir.path("key").c_str(), 1, 1) == 0);
      CHECK(read() == refused);
    }
  }

  TEST_CASE("a place that cannot hold a key is named") {
    scratch dir;
    CHECK(error_of([&] { load_or_make_key(dir.path("no/key")); })
          == "key file " + dir.path("no/key") + ": No such file or directory");
    CHECK(error_of([&] { load_or_make_key(dir.path("")); })
          == "key file " + dir.path("") + ": not a regular file");
    REQUIRE(::mkfifo(dir.path("pipe").c_str(), 0600) == 0);
    CHECK(error_of([&] { load_or_make_key(dir.path("pipe")); })
          == "key file " + dir.path("pipe") + ": not a regular file");
  }

  TEST_CASE("a file id is long and never the same") {
    const auto id = random_file_id();
    CHECK(id.size() == 32);
    CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(random_file_id() != id);
  }

  TEST_CASE("hashes that Convos made are verified, others are not known") {
    const std::string old =
        "$2a$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";
    const std::string newer =
        "$2b$08$abcdefghijklmnopqrstuubAvJmxpQuyV3jn7x.SUSPxe.DearCPe";
    for (const auto& hash : {old, newer}) {
      CHECK(can_verify(hash));
      CHECK(verify_password(hash, "correct horse"));
      CHECK_FALSE(verify_password(hash, "correct horsf"));
      CHECK_FALSE(verify_password(hash, std::string("correct horse\0", 14)));
      CHECK_FALSE(verify_password(hash, ""));
    }
    const auto ours = hash_password("x", password_cost::minimum);
    CHECK(can_verify(ours));
    for (const auto* text :
         {"", "x", "$2a$", "$argon2id$", "$1$abc$defghijklmnop",
          "$2x$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e"}) {
      CAPTURE(text);
      CHECK_FALSE(can_verify(text));
      CHECK_FALSE(verify_password(text, "correct horse"));
    }
  }
}
