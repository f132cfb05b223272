// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/convos_import.hpp"

#include "actors/command_line/store_commands.hpp"
#include "convos_fixture.hpp"
#include "user_fixture.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors;
using namespace convoy::actors::command_line;
using convoy::tests::convos_fixture;
using convoy::tests::user_fixture;
using strings = std::vector<std::string>;

namespace {

struct convos_import_fixture : user_fixture {
  int import() {
    what.what = command::kind::import_convos;
    what.convos_home = convos.home.string();
    std::istringstream in;
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    const auto result =
        run_store_command(what, {in, out_stream, err_stream}, now);
    out = out_stream.str();
    err = err_stream.str();
    return result;
  }

  convos_fixture convos;
};

} // namespace

TEST_CASE_FIXTURE(convos_import_fixture, "a user comes with all they had") {
  convos.put_ann();
  convos.put("settings.json", R"({"organization_name":"Wine"})");
  convos.put("settings/connections/irc-wine.json",
             R"({"url":"irc://irc.wine.example","webirc_password":"w"})");
  CHECK(import() == 0);
  CHECK(out
        == "ann@example.org: user 4, 2 connections, 2 conversations, 7 "
           "messages, 1 files; 1 lines were no messages\n"
           "connection profile irc-wine\n"
           "settings\n");
  auto db = open();
  const auto account = db.find_account("ann@example.org");
  REQUIRE(account);
  CHECK(protocol::number(account->id) == 4);
  CHECK(verify_password(account->password_hash, "correct horse"));
  CHECK(account->roles == strings{"admin"});
  CHECK(account->stream.size() == 16);
  const auto user = db.load_user(account->id);
  REQUIRE(user);
  CHECK(user->last_seq == 7);
  CHECK(user->connections.at(1).password == "pw");
  CHECK(user->connections.at(1).on_connect_commands == strings{"/msg q login"});
  CHECK(db.journal(account->id, 0, 100).size() == 7);
  CHECK(db.find_file(account->id, "f1")->content == "some notes");
  CHECK(db.profiles().front().webirc_password == "w");
  CHECK(db.site().find("Wine") != std::string::npos);
  // The counter of the conversation stands for what its marker leaves.
  CHECK(db.count_unread(account->id, "irc-wine", "#red", 4, 7).unread == 1);
}

TEST_CASE_FIXTURE(convos_import_fixture, "a second time nothing happens") {
  convos.put_ann();
  convos.put("settings.json", R"({"organization_name":"Wine"})");
  CHECK(import() == 0);
  convos.put("settings.json", R"({"organization_name":"Beer"})");
  CHECK(import() == 0);
  CHECK(out
        == "ann@example.org: is here already, left as it is\n"
           "settings: are set here already\n");
  CHECK(open().journal(protocol::user_id{4}, 0, 100).size() == 7);
  CHECK(open().site().find("Wine") != std::string::npos);
}

TEST_CASE_FIXTURE(convos_import_fixture, "a dry run writes nothing") {
  convos.put_ann();
  what.dry_run = true;
  CHECK(import() == 0);
  CHECK(out
        == "ann@example.org: 2 connections, 2 conversations, 7 messages, 1 "
           "files; 1 lines were no messages\n"
           "nothing was written\n");
  CHECK_FALSE(std::filesystem::exists(place.path("store")));
  CHECK_FALSE(std::filesystem::exists(place.path("key")));
}

TEST_CASE_FIXTURE(convos_import_fixture, "who cannot be read does not stop the "
                                         "others") {
  convos.put_ann();
  convos.put("bob@example.org/user.json", R"({"uid":"1"})");
  convos.put("bob@example.org/irc-x/connection.json", R"({"url":"nonsense"})");
  convos.put("eve@example.org/user.json", R"({"uid":"9","password":"plain"})");
  CHECK(import() == 1);
  CHECK(err.find("bob@example.org/irc-x/connection.json/url: ")
        != std::string::npos);
  CHECK(err.find("eve@example.org: the password is stored in a way that is not "
                 "known here")
        != std::string::npos);
  CHECK(err.ends_with("convoy: not everything was imported\n"));
  auto db = open();
  CHECK_FALSE(db.find_account("bob@example.org"));
  CHECK(db.find_account("ann@example.org"));
  REQUIRE(db.find_account("eve@example.org"));
  CHECK(db.find_account("eve@example.org")->password_hash.empty());
}

TEST_CASE_FIXTURE(convos_import_fixture, "it waits for no server") {
  convos.put_ann();
  {
    const store_lock server{what.options.store};
    CHECK(import() == 1);
    CHECK(err.find("uses this store; stop it first") != std::string::npos);
  }
  CHECK(import() == 0);
}
