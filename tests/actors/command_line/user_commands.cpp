// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/user_commands.hpp"

#include "tests/actors/command_line/user_fixture.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors;
using namespace convoy::actors::command_line;
using convoy::tests::user_fixture;
using kind = command::kind;
using std::filesystem::perms;

TEST_CASE_FIXTURE(user_fixture, "a user that was added can log in") {
  what.email = " Ann@Example.org";
  CHECK(run(kind::user_add, "correct horse\n") == 0);
  CHECK(out == "ann@example.org is user 1\n");
  CHECK(err.empty());
  const auto account = open().find_account("ann@example.org");
  REQUIRE(account);
  CHECK(verify_password(account->password_hash, "correct horse"));
  CHECK(account->registered == now);
  CHECK(account->stream.size() == 16);
  // The first of all is an administrator.
  CHECK(account->roles == std::vector<std::string>{"admin"});
}

TEST_CASE_FIXTURE(user_fixture, "the store may be open elsewhere meanwhile") {
  auto server = open();
  server.migrate();
  what.email = "ann@example.org";
  CHECK(run(kind::user_add, "correct horse\n") == 0);
  what.email = "bob@example.org";
  CHECK(run(kind::user_add, "battery staple\n") == 0);
  const auto bob = server.find_account("bob@example.org");
  REQUIRE(bob);
  CHECK(bob->roles.empty());
  what.email = "eve@example.org";
  what.admin = true;
  CHECK(run(kind::user_add, "paper clips\n") == 0);
  CHECK(server.find_account("eve@example.org")->roles
        == std::vector<std::string>{"admin"});
}

TEST_CASE_FIXTURE(user_fixture, "a password may come from a file") {
  place.write("password", "correct horse\nnot this\n", perms::owner_read);
  what.email = "ann@example.org";
  what.password_file = place.path("password");
  CHECK(run(kind::user_add) == 0);
  CHECK(verify_password(open().find_account(what.email)->password_hash,
                        "correct horse"));
  what.password_file = place.path("missing");
  what.email = "bob@example.org";
  CHECK(run(kind::user_add) == 1);
  CHECK(err
        == "convoy: " + what.password_file + ": No such file or directory\n");
}

TEST_CASE_FIXTURE(user_fixture, "what is wrong with a new user is said") {
  what.email = "ann";
  CHECK(run(kind::user_add, "correct horse\n") == 1);
  CHECK(err == "convoy: EMAIL: Does not match email format.\n");
  what.email = "ann@example.org";
  CHECK(run(kind::user_add, "short\n") == 1);
  CHECK(err == "convoy: password: String is too short: 5/10.\n");
  CHECK(run(kind::user_add) == 1);
  CHECK(err == "convoy: no password was given\n");
  CHECK_FALSE(std::filesystem::exists(place.path("store")));
  CHECK(run(kind::user_add, "correct horse\n") == 0);
  CHECK(run(kind::user_add, "correct horse\n") == 1);
  CHECK(err == "convoy: ann@example.org: there is such an account\n");
}

TEST_CASE_FIXTURE(user_fixture, "a password can be set again") {
  what.email = "ann@example.org";
  CHECK(run(kind::user_add, "correct horse\n") == 0);
  CHECK(run(kind::user_passwd, "battery staple\n") == 0);
  const auto hash = open().find_account(what.email)->password_hash;
  CHECK(verify_password(hash, "battery staple"));
  CHECK_FALSE(verify_password(hash, "correct horse"));
  what.email = "bob@example.org";
  CHECK(run(kind::user_passwd, "battery staple\n") == 1);
  CHECK(err == "convoy: bob@example.org: there is no such account\n");
}

TEST_CASE_FIXTURE(user_fixture, "users are listed for people and for scripts") {
  for (const auto* email : {"ann@example.org", "b@example.org"}) {
    what.email = email;
    CHECK(run(kind::user_add, "correct horse\n") == 0);
  }
  CHECK(run(kind::user_list) == 0);
  CHECK(err.empty());
  CHECK(out
        == "UID  EMAIL            ROLES  REGISTERED            DISABLED\n"
           "1    ann@example.org  admin  2023-11-14T22:13:20Z  no\n"
           "2    b@example.org           2023-11-14T22:13:20Z  no\n");
  what.json = true;
  CHECK(run(kind::user_list) == 0);
  CHECK(out
        == "{\"uid\":\"1\",\"email\":\"ann@example.org\",\"roles\":[\"admin\"],"
           "\"registered\":\"2023-11-14T22:13:20Z\",\"disabled\":false}\n"
           "{\"uid\":\"2\",\"email\":\"b@example.org\",\"roles\":[],"
           "\"registered\":\"2023-11-14T22:13:20Z\",\"disabled\":false}\n");
}

TEST_CASE_FIXTURE(user_fixture, "a mistyped path does not become a store") {
  for (const auto each : {kind::user_list, kind::user_passwd}) {
    what.email = "ann@example.org";
    CHECK(run(each, "correct horse\n") == 1);
    CHECK(err == "convoy: " + place.path("store") + ": there is no store\n");
    CHECK_FALSE(std::filesystem::exists(place.path("store")));
    CHECK_FALSE(std::filesystem::exists(place.path("key")));
  }
}

TEST_CASE_FIXTURE(user_fixture, "a store that is none is said") {
  place.write("store", "this is no database, but long enough for one",
              perms::owner_read | perms::owner_write);
  CHECK(run(kind::user_list) == 1);
  CHECK(err.starts_with("convoy: "));
  CHECK(err.find(place.path("store")) != std::string::npos);
}

TEST_CASE_FIXTURE(user_fixture, "a user is shut out, and let in again") {
  what.email = "ann@example.org";
  CHECK(run(kind::user_add, "correct horse\n") == 0);
  CHECK(run(kind::user_disable) == 0);
  CHECK(out == "ann@example.org is disabled; a running server follows soon\n");
  CHECK(open().find_account("ann@example.org")->disabled);
  CHECK(open().user_standing().admitted.empty());
  CHECK(run(kind::user_enable) == 0);
  CHECK(out == "ann@example.org is enabled; a running server follows soon\n");
  CHECK_FALSE(open().find_account("ann@example.org")->disabled);
  what.email = "bob@example.org";
  for (const auto each :
       {kind::user_disable, kind::user_enable, kind::user_delete}) {
    CHECK(run(each) == 1);
    CHECK(err == "convoy: bob@example.org: there is no such account\n");
  }
}

TEST_CASE_FIXTURE(user_fixture, "roles are given and taken") {
  using names = std::vector<std::string>;
  what.email = "ann@example.org";
  CHECK(run(kind::user_add, "correct horse\n") == 0);
  what.email = "bob@example.org";
  CHECK(run(kind::user_add, "battery staple\n") == 0);
  const auto roles = [&] {
    return open().find_account("bob@example.org")->roles;
  };
  what.role = "bot";
  CHECK(run(kind::user_role) == 0);
  CHECK(out == "bob@example.org has got the role bot\n");
  what.role = "admin";
  CHECK(run(kind::user_role) == 0);
  CHECK(roles() == names{"bot", "admin"});
  CHECK(run(kind::user_role) == 0);
  CHECK(out == "bob@example.org already has the role admin\n");
  CHECK(roles() == names{"bot", "admin"});
  what.remove = true;
  what.role = "bot";
  CHECK(run(kind::user_role) == 0);
  CHECK(out == "bob@example.org has lost the role bot\n");
  CHECK(run(kind::user_role) == 0);
  CHECK(out == "bob@example.org does not have the role bot\n");
  CHECK(roles() == names{"admin"});
  what.role = "two words";
  CHECK(run(kind::user_role) == 1);
  CHECK(err == "convoy: ROLE: expected a word\n");
}

TEST_CASE_FIXTURE(user_fixture, "who is half deleted does not come back") {
  what.email = "ann@example.org";
  CHECK(run(kind::user_add, "correct horse\n") == 0);
  const auto id = open().find_account(what.email)->id;
  open().create_session({"hash", id, now, now, "::1", "x"});
  CHECK_FALSE(open().delete_account(id, 1));
  CHECK(run(kind::user_enable) == 1);
  CHECK(err == "convoy: ann@example.org: is being deleted\n");
}

TEST_CASE_FIXTURE(user_fixture,
                  "a user is deleted only when somebody says so") {
  what.email = "ann@example.org";
  CHECK(run(kind::user_add, "correct horse\n") == 0);
  // Nobody is there to ask.
  CHECK(run(kind::user_delete, "ann@example.org\n") == 1);
  CHECK(err.find("--yes") != std::string::npos);
  CHECK(open().find_account("ann@example.org"));
  what.yes = true;
  CHECK(run(kind::user_delete) == 0);
  CHECK(out.starts_with("ann@example.org is deleted"));
  CHECK(open().accounts().empty());
}

TEST_CASE_FIXTURE(user_fixture, "on a terminal the address is asked for") {
  what.email = "Ann@example.org";
  CHECK(run(kind::user_add, "correct horse\n") == 0);
  what.what = kind::user_delete;
  const auto answer = [this](const std::string& typed) {
    std::istringstream in{typed};
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    CHECK(run_user_command(what, {in, out_stream, err_stream, 0}, now) == 0);
    CHECK(err_stream.str().find("This deletes ann@example.org")
          != std::string::npos);
    return out_stream.str();
  };
  for (const auto* typed : {"", "y\n", "yes\n", "bob@example.org\n"})
    CHECK(answer(typed) == "nothing was deleted\n");
  CHECK(open().accounts().size() == 1);
  CHECK(answer("ann@example.org\n").starts_with("ann@example.org is deleted"));
  CHECK(open().accounts().empty());
}
