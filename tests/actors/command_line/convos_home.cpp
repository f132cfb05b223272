// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/convos_home.hpp"

#include "convos_fixture.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors::command_line;
using convoy::tests::convos_fixture;
using convoy::tests::error_of;
using strings = std::vector<std::string>;

namespace {

struct home_fixture : convos_fixture {
  std::vector<convos_user> read() {
    complaints.clear();
    return read_convos_home(
        home, [this](const std::string& what) { complaints.push_back(what); });
  }

  strings complaints;
};

} // namespace

TEST_CASE_FIXTURE(home_fixture, "a user has connections and files") {
  put_ann();
  put("ann@example.org/irc-wine/irc-wine.cert", "CERT\n");
  put("ann@example.org/irc-wine/irc-wine.key", "KEY\n");
  put("settings.json", "{}");
  put("ann@example.org/.user.json.swap", "{");
  const auto users = read();
  CHECK(complaints == strings{});
  REQUIRE(users.size() == 1);
  const auto& ann = users.front();
  CHECK(ann.state.account.email == "ann@example.org");
  REQUIRE(ann.state.connections.size() == 2);
  CHECK(ann.state.connections[0].id == "irc-tea");
  CHECK(ann.state.connections[1].id == "irc-wine");
  CHECK(ann.state.connections[1].certificate == "CERT\nKEY\n");
  CHECK(ann.state.connections[0].certificate.empty());
  REQUIRE(ann.files.size() == 1);
  const auto file = read_convos_upload(ann.files.front(), {});
  REQUIRE(file);
  CHECK(file->id == "f1");
  CHECK(file->content == "some notes");
  CHECK(file->content_type == "text/plain; charset=utf-8");
}

TEST_CASE_FIXTURE(home_fixture, "users come by their uid") {
  for (const auto& [name, uid] :
       {std::pair{"zoe@x.org", "1"}, {"ann@x.org", "3"}, {"bob@x.org", "2"}})
    put(std::string{name} + "/user.json",
        R"({"uid":")" + std::string{uid} + R"("})");
  strings emails;
  for (const auto& user : read())
    emails.push_back(user.state.account.email);
  CHECK(emails == strings{"zoe@x.org", "bob@x.org", "ann@x.org"});
  // Who says not when they registered did when their file was written.
  CHECK(read().front().state.account.registered != protocol::timestamp{});
}

TEST_CASE_FIXTURE(home_fixture, "who cannot be read is left out, and why") {
  put_ann();
  put("bob@example.org/user.json", R"({"uid":"5"})");
  put("bob@example.org/irc-x/connection.json", "{}");
  put("bob@example.org/irc-y/2020/01.log", "");
  const auto users = read();
  CHECK(users.size() == 1);
  const auto bob = (home / "bob@example.org").string();
  CHECK(complaints
        == strings{bob + "/irc-x/connection.json/url: Missing property.",
                   bob + "/irc-y: has no connection.json, is left out"});
}

TEST_CASE_FIXTURE(home_fixture, "a folder of something else is said") {
  CHECK(error_of([&] { read(); })
        == home.string() + ": there is no such folder");
  put("notes.txt", "");
  CHECK(error_of([&] { read(); })
        == home.string() + ": there is no folder with a user.json in it");
}

TEST_CASE_FIXTURE(home_fixture, "a file without content is complained of") {
  put("a@b/user.json", "{}");
  put("a@b/upload/f.json", R"({"id":"f"})");
  const auto users = read();
  const auto complain = [this](const std::string& what) {
    complaints.push_back(what);
  };
  CHECK_FALSE(read_convos_upload(users.front().files.front(), complain));
  CHECK(complaints
        == strings{(home / "a@b/upload/f.data").string()
                   + ": there is no such file"});
  put("a@b/upload/f.data", "");
  const auto empty = read_convos_upload(users.front().files.front(), complain);
  REQUIRE(empty);
  CHECK(empty->content.empty());
}
