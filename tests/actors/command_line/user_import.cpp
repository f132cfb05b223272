// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/user_import.hpp"

#include "actors/secrets.hpp"
#include "tests/actors/command_line/user_fixture.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

using namespace convoy;
using namespace convoy::actors;
using namespace convoy::actors::command_line;
using convoy::tests::user_fixture;
using std::filesystem::perms;
using texts = std::vector<std::string>;

namespace {

/// The problems of one line, without `f:1: `.
texts problems(const std::string& line) {
  std::istringstream in{line};
  auto result = read_import(in, "f", {}).problems;
  for (auto& problem : result) {
    REQUIRE(problem.starts_with("f:1: "));
    problem.erase(0, 5);
  }
  return result;
}

/// A line with that much more of a user.
std::string user(const std::string& more) {
  return R"({"email":"a@b","password":"correct horse")" + more + "}";
}

std::string connection(const std::string& more) {
  return user(R"(,"connections":[{"url":"irc://irc.libera.chat/")" + more
              + "}]");
}

struct import_fixture : user_fixture {
  int import(const std::string& text) {
    place.write("users.jsonl", text, perms::owner_all);
    what.import_file = place.path("users.jsonl");
    return run(command::kind::user_import);
  }
};

} // namespace

TEST_CASE_FIXTURE(import_fixture, "accounts come with connections and their "
                                  "conversations") {
  CHECK(
      import(R"({"email":"Ann@b","password":"correct horse",)"
             R"("roles":["admin"],"connections":[)"
             R"({"url":"irc://ann:pw@irc.libera.chat:6697/%23first",)"
             R"("conversations":["#Convoy","bob",{"name":"#x","key":"k"}],)"
             R"("on_connect_commands":["/msg q hello"]},)"
             R"({"url":"irc://irc.oftc.net/","wanted_state":"disconnected"}]})"
             "\n\n"
             R"({"email":"bob@b","password":"battery staple"})")
      == 0);
  CHECK(out == "2 accounts are imported\n");
  CHECK(err.empty());
  auto db = open();
  const auto ann = db.find_account("ann@b");
  REQUIRE(ann);
  CHECK(verify_password(ann->password_hash, "correct horse"));
  CHECK(ann->roles == texts{"admin"});
  CHECK(ann->stream.size() == 16);
  CHECK(ann->registered == now);
  const auto state = db.load_user(ann->id);
  REQUIRE(state);
  REQUIRE(state->connections.size() == 2);
  const auto& libera = state->connections[0];
  CHECK(libera.id == "irc-libera");
  CHECK(libera.password == "pw");
  CHECK(libera.wanted);
  CHECK(libera.on_connect_commands == texts{"/msg q hello"});
  texts names;
  for (const auto& each : libera.conversations)
    names.push_back(each.name + ":" + each.key);
  std::ranges::sort(names);
  CHECK(names == texts{"#Convoy:", "#first:", "#x:k", "bob:"});
  CHECK_FALSE(state->connections[1].wanted);
  CHECK(db.find_account("bob@b"));
}

TEST_CASE_FIXTURE(import_fixture, "each gets a session when one is asked for") {
  what.sessions = true;
  what.options.node.session_lifetime = std::chrono::seconds{60};
  CHECK(
      import(user("") + "\n" + R"({"email":"c@d","password":"correct horse"})")
      == 0);
  std::istringstream lines{out};
  auto db = open();
  for (const auto* email : {"a@b", "c@d"}) {
    std::string name;
    std::string token;
    REQUIRE(std::getline(std::getline(lines, name, '\t'), token));
    CHECK(name == email);
    const auto session = db.find_session(hash_token(token), now);
    REQUIRE(session);
    CHECK(session->user == db.find_account(email)->id);
    CHECK(session->expires == now + std::chrono::seconds{60});
  }
  CHECK(lines.peek() == std::istringstream::traits_type::eof());
}

TEST_CASE_FIXTURE(import_fixture, "who watches sees how far it is") {
  const auto text = user("") + "\n"
                    + R"({"email":"c@d","password":"correct horse"})" + "\n"
                    + R"({"email":"e@f","password":"correct horse"})";
  place.write("users.jsonl", text, perms::owner_all);
  what.import_file = place.path("users.jsonl");
  what.what = command::kind::user_import;
  std::istringstream in;
  std::ostringstream out_stream;
  std::ostringstream err_stream;
  // Every look at this clock is two seconds later.
  protocol::instant time{};
  const console io{in, out_stream, err_stream, -1, true, [&] {
                     return time += std::chrono::seconds{2};
                   }};
  SUBCASE("unless they want to be left alone") {
    what.quiet = true;
    CHECK(run_user_command(what, io, now) == 0);
    CHECK(err_stream.str() == warning);
  }
  SUBCASE("and then it goes") {
    CHECK(run_user_command(what, io, now) == 0);
    const auto said = err_stream.str();
    CHECK(said.find("33%  1 of 3 passwords hashed") != std::string::npos);
    CHECK(said.find("66%  2 of 3 passwords hashed") != std::string::npos);
    CHECK(said.find("Writing the accounts ...") != std::string::npos);
    CHECK(said.ends_with("\r\x1b[K"));
  }
  CHECK(out_stream.str() == "3 accounts are imported\n");
}

TEST_CASE_FIXTURE(import_fixture, "one bad line and nothing is imported") {
  CHECK(import(user("") + "\n{\"email\":\"c@d\"}\nnonsense\n") == 1);
  CHECK(out.empty());
  const auto place_of = "convoy: " + what.import_file;
  CHECK(err.starts_with(place_of + ":2: /password: Missing property.\n"
                        + place_of + ":3: /: Invalid JSON at byte "));
  CHECK_FALSE(std::filesystem::exists(place.path("store")));
}

TEST_CASE_FIXTURE(import_fixture, "an email that is taken is named with its "
                                  "line") {
  CHECK(import(user("")) == 0);
  CHECK(import(R"({"email":"c@d","password":"correct horse"})"
               "\n"
               + user(""))
        == 1);
  CHECK(err == "convoy: " + what.import_file + ":2: /email: Email is taken.\n");
  CHECK_FALSE(open().find_account("c@d"));
  CHECK(import(R"({"email":"c@d","password":"correct horse"})"
               "\n\n"
               R"({"email":"C@D ","password":"correct horse"})")
        == 1);
  CHECK(err
        == "convoy: " + what.import_file
               + ":3: /email: Is in line 1 already.\n");
}

TEST_CASE("each field's problem has its place") {
  CHECK(problems(user("")) == texts{});
  CHECK(problems("[]") == texts{"/: Expected an object."});
  CHECK(problems("{}")
        == texts{"/email: Missing property.", "/password: Missing property."});
  CHECK(problems(R"({"email":"a","password":"short"})")
        == texts{"/email: Does not match email format.",
                 "/password: String is too short: 5/10."});
  CHECK(problems(user(R"(,"rolse":[])")) == texts{"/rolse: Unknown property."});
  CHECK(problems(user(R"(,"roles":"admin")"))
        == texts{"/roles: Expected an array of strings."});
  CHECK(problems(user(R"(,"roles":["a b"])"))
        == texts{"/roles: Expected a list of words."});
  CHECK(problems(user(R"(,"connections":[1])"))
        == texts{"/connections/0: Expected an object."});
  CHECK(problems(user(R"(,"connections":[{}])"))
        == texts{"/connections/0/url: Missing property."});
  CHECK(problems(user(R"(,"connections":[{"url":"irc://"}])"))[0].starts_with(
      "/connections/0/url: "));
}

TEST_CASE("each problem of a connection has its place") {
  CHECK(problems(connection("")) == texts{});
  CHECK(problems(connection(R"(,"name":"x")"))
        == texts{"/connections/0/name: Unknown property."});
  CHECK(problems(connection(R"(,"wanted_state":"on")"))
        == texts{"/connections/0/wanted_state: Not in enum list: connected, "
                 "disconnected."});
  CHECK(problems(connection(R"(,"on_connect_commands":["a\nQUIT"])"))
        == texts{"/connections/0/on_connect_commands: Control characters are "
                 "not allowed."});
  CHECK(problems(connection(R"(,"conversations":["#a","#b c",7]})")).size()
        == 1);
  CHECK(problems(connection(R"(,"conversations":["#a","#b c"])"))
        == texts{"/connections/0/conversations/1/name: Expected the name of a "
                 "channel or a person."});
  CHECK(problems(connection(R"(,"conversations":[{"name":"#a","key":"b,c"}])"))
        == texts{"/connections/0/conversations/0/key: Expected one word."});
  CHECK(problems(connection(R"(,"conversations":[{"key":"b"},[]])"))
        == texts{"/connections/0/conversations/1: Expected an object."});
  CHECK(problems(connection(R"(,"conversations":[""])")).size() == 1);
  CHECK(problems(connection(R"(},{"url":"irc://irc.libera.chat:6667/")"))
        == texts{"/connections/1/url: Connection irc-libera is there twice."});
  std::string many;
  for (int i = 0; i < 50; ++i)
    many += R"(},{"url":"irc://h)" + std::to_string(i) + R"(.example/")";
  CHECK(problems(connection(many))
        == texts{"/connections: Too many connections."});
}

TEST_CASE_FIXTURE(import_fixture, "a file that cannot be read is said") {
  what.import_file = place.path("missing");
  CHECK(run(command::kind::user_import) == 1);
  CHECK(err == "convoy: " + what.import_file + ": No such file or directory\n");
  what.import_file = place.path(".");
  CHECK(run(command::kind::user_import) == 1);
  CHECK(err == "convoy: " + what.import_file + ": Is a directory\n");
  CHECK(import("") == 1);
  CHECK(err == "convoy: " + what.import_file + ": is empty\n");
}
