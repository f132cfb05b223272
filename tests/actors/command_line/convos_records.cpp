// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/convos_records.hpp"

#include "protocol/json.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors::command_line;
using strings = std::vector<std::string>;

namespace {

strings texts(const std::vector<protocol::json_problem>& problems) {
  strings result;
  for (const auto& each : problems)
    result.push_back(each.path + " " + each.message);
  return result;
}

} // namespace

TEST_CASE("a user of Convos 8, whose uid is a text") {
  const auto [account, problems] = read_convos_user(
      R"({"email":"Ann@Example.org","password":"$2a$08$x","uid":"12",)"
      R"("roles":["admin"],"highlight_keywords":["wine","cheese"],)"
      R"("registered":"2019-01-02T03:04:05Z","remote_address":"10.0.0.1",)"
      R"("unread":3})",
      "ann@example.org");
  CHECK(texts(problems) == strings{});
  CHECK(account.email == "ann@example.org");
  CHECK(account.password_hash == "$2a$08$x");
  CHECK(protocol::number(account.id) == 12);
  CHECK(account.roles == strings{"admin"});
  CHECK(account.highlight_keywords == strings{"wine", "cheese"});
  CHECK(account.remote_address == "10.0.0.1");
  CHECK(protocol::to_iso(account.registered) == "2019-01-02T03:04:05Z");
}

TEST_CASE("a user may have next to nothing, and a uid that is a number") {
  const auto [account, problems] =
      read_convos_user(R"({"uid":3,"roles":null})", "bob@example.org");
  CHECK(texts(problems) == strings{});
  CHECK(account.email == "bob@example.org");
  CHECK(protocol::number(account.id) == 3);
  CHECK(account.registered == protocol::timestamp{});
  CHECK(protocol::number(
            read_convos_user(R"({"uid":"99999999999"})", "a@b").record.id)
        == 0);
}

TEST_CASE("what is wrong with a user is said") {
  CHECK(texts(read_convos_user(R"({"email":"ann"})", "a@b").problems)
        == strings{"/email Does not match email format."});
  CHECK(texts(read_convos_user(R"({"registered":"today"})", "a@b").problems)
        == strings{"/registered Expected a time."});
  CHECK(texts(read_convos_user("{", "a@b").problems).size() == 1);
}

TEST_CASE("a connection keeps its id, and its password leaves the URL") {
  const auto [record, problems] = read_convos_connection(
      R"({"connection_id":"irc-old","name":"old","url":)"
      R"("irc://ann:pw@irc.example.org:6697/%23first?nick=ann&tls=1",)"
      R"("wanted_state":"disconnected","on_connect_commands":["/msg q hi",""],)"
      R"("state":"connected","info":{"nick":"ann"},"conversations":[)"
      R"({"conversation_id":"#wine","name":"#Wine","topic":"red","frozen":"",)"
      R"("password":"cork","unread":"4","notifications":1,"info":{}},)"
      R"({"name":"Bob","frozen":"Not connected."},{"name":"#WINE"}]})",
      "irc-old", "ann@example.org");
  CHECK(texts(problems) == strings{});
  CHECK(record.id == "irc-old");
  CHECK(record.name == "old");
  CHECK(record.url == "irc://ann@irc.example.org:6697?nick=ann&tls=1");
  CHECK(record.password == "pw");
  CHECK_FALSE(record.wanted);
  CHECK(record.on_connect_commands == strings{"/msg q hi"});
  REQUIRE(record.conversations.size() == 2);
  const auto& wine = record.conversations[0];
  CHECK(wine.id == "#wine");
  CHECK(wine.name == "#Wine");
  CHECK(wine.topic == "red");
  CHECK(wine.key == "cork");
  CHECK(wine.unread == 4);
  CHECK(wine.notifications == 1);
  CHECK(record.conversations[1].id == "bob");
  CHECK(record.conversations[1].frozen == "Not connected.");
}

TEST_CASE("dialogs of older versions are conversations") {
  const auto [record, problems] = read_convos_connection(
      R"({"url":"irc://irc.example.org","dialogs":[{"dialog_id":"#a","name":"#A"}]})",
      "irc-example", "ann@example.org");
  CHECK(texts(problems) == strings{});
  REQUIRE(record.conversations.size() == 1);
  CHECK(record.conversations[0].id == "#a");
  CHECK(record.wanted);
}

TEST_CASE("what is wrong with a connection is said") {
  const auto wrong = [](const std::string& json) {
    return texts(read_convos_connection(json, "irc-x", "a@b").problems);
  };
  CHECK(wrong("{}") == strings{"/url Missing property."});
  CHECK(wrong(R"({"url":"web://x"})").size() == 1);
  CHECK(wrong(R"({"url":"irc://x.org","on_connect_commands":["a\nQUIT"]})")
        == strings{"/on_connect_commands Control characters are not allowed."});
  CHECK(
      wrong(R"({"url":"irc://x.org","conversations":[{"name":"#a\r"}]})")
      == strings{"/conversations/0/name Control characters are not allowed."});
}

TEST_CASE("files, profiles and settings are read, in either version's types") {
  const auto file = read_convos_file(
      R"({"id":"a1b2","filename":"notes.txt","saved":"2020-01-01T00:00:00Z",)"
      R"("write_only":1,"ext":"txt"})");
  CHECK(texts(file.problems) == strings{});
  CHECK(file.record.id == "a1b2");
  CHECK(file.record.name == "notes.txt");
  CHECK(file.record.write_only);
  CHECK(texts(read_convos_file("{}").problems)
        == strings{"/id Missing property."});

  const auto profile = read_convos_profile(
      R"({"id":"irc-example","url":"irc://irc.example.org","skip_queue":"1",)"
      R"("max_message_length":9999,"max_bulk_message_size":"5",)"
      R"("service_accounts":["q"],"webirc_password":"w"})",
      "irc-example");
  CHECK(texts(profile.problems) == strings{});
  CHECK(profile.record.id == "irc-example");
  CHECK(profile.record.max_message_length == 2048);
  CHECK(profile.record.max_bulk_message_size == 5);
  CHECK(profile.record.service_accounts == strings{"q"});
  CHECK(profile.record.skip_queue == true);
  CHECK(profile.record.webirc_password == "w");

  const auto site = read_convos_settings(
      R"({"open_to_public":true,"forced_connection":0,"contact":"mailto:a@b",)"
      R"("organization_name":"Wine","session_secrets":["x"]})");
  CHECK(texts(site.problems) == strings{});
  CHECK(site.record.site.open_to_public);
  CHECK_FALSE(site.record.site.forced_connection);
  CHECK(site.record.site.contact == "mailto:a@b");
  CHECK(site.record.site.organization_name == "Wine");
  CHECK(site.record.names
        == std::set<std::string, std::less<>>{"contact", "forced_connection",
                                              "open_to_public",
                                              "organization_name"});
}
