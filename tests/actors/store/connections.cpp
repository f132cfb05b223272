// SPDX-License-Identifier: Apache-2.0
#include "actors/store/statements.hpp"
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

namespace {

protocol::connection_record sample_connection(const std::string& id) {
  protocol::connection_record result;
  result.id = id;
  result.name = "Libera";
  result.url = "irc://irc.libera.chat:6697/%23convoy?tls=1";
  result.password = "correct-horse-battery";
  result.wanted = false;
  result.on_connect_commands = {"/msg NickServ identify x", "/sleep 2"};
  result.info = R"({"nick":"ann"})";
  result.memory = R"({"ignores":["*!*@spam.example"]})";
  result.certificate = "-----BEGIN PRIVATE KEY-----";
  return result;
}

protocol::conversation sample_conversation(const std::string& id) {
  protocol::conversation result;
  result.id = id;
  result.name = "#Convoy";
  result.topic = "cool topic";
  result.frozen = protocol::freeze::not_connected;
  result.key = "staple-channel-key";
  result.info = R"({"away":true})";
  result.unread = 4'000'000'000;
  result.notifications = 2;
  result.read_seq = 17;
  result.last_time = at(1'700'000'000'000'001);
  result.last_msgid = "m-17";
  return result;
}

} // namespace

TEST_SUITE("store connections") {
  TEST_CASE("all of a user comes back, connections by id") {
    one_user one;
    one.db.put_connection(one.id, sample_connection("irc-z"));
    one.db.put_connection(one.id, sample_connection("irc-a"));
    auto batch = batch_of(one.id, {message(1, 10), message(2, 20)});
    batch.changed = {{"irc-a", sample_conversation("#two")},
                     {"irc-z", sample_conversation("#convoy")},
                     {"irc-a", sample_conversation("")}};
    append(one.db, {batch});

    const auto user = one.db.load_user(one.id);
    REQUIRE(user);
    CHECK(user->account.email == "ann@example.com");
    CHECK(user->last_seq == 2);
    REQUIRE(user->connections.size() == 3);
    CHECK(user->connections[0].id == "irc-a");
    CHECK(user->connections[1].id == "irc-libera");
    CHECK(user->connections[1].conversations.empty());

    const auto& connection = user->connections[2];
    const auto expected = sample_connection("irc-z");
    CHECK(connection.id == "irc-z");
    CHECK(connection.name == expected.name);
    CHECK(connection.url == expected.url);
    CHECK(connection.password == expected.password);
    CHECK(connection.wanted == expected.wanted);
    CHECK(connection.on_connect_commands == expected.on_connect_commands);
    CHECK(connection.info == expected.info);
    CHECK(connection.memory == expected.memory);
    CHECK(connection.certificate == expected.certificate);

    REQUIRE(user->connections[0].conversations.size() == 2);
    CHECK(user->connections[0].conversations[0].id == "");
    CHECK(user->connections[0].conversations[1].id == "#two");
    REQUIRE(connection.conversations.size() == 1);
    const auto& conversation = connection.conversations[0];
    const auto sample = sample_conversation("#convoy");
    CHECK(conversation.id == sample.id);
    CHECK(conversation.name == sample.name);
    CHECK(conversation.topic == sample.topic);
    CHECK(conversation.frozen == sample.frozen);
    CHECK(conversation.key == sample.key);
    CHECK(conversation.info == sample.info);
    CHECK(conversation.unread == sample.unread);
    CHECK(conversation.notifications == sample.notifications);
    CHECK(conversation.read_seq == sample.read_seq);
    CHECK(conversation.last_time == sample.last_time);
    CHECK(conversation.last_msgid == sample.last_msgid);
  }

  TEST_CASE("an unknown user is not loaded") {
    one_user one;
    CHECK_FALSE(one.db.load_user(protocol::user_id{2}));
  }

  TEST_CASE("a connection is replaced without its conversations") {
    one_user one;
    auto batch = batch_of(one.id, {});
    batch.changed = {{"irc-libera", sample_conversation("#convoy")}};
    append(one.db, {batch});
    auto changed = sample_connection("irc-libera");
    changed.password = "";
    changed.on_connect_commands = {};
    one.db.put_connection(one.id, changed);
    const auto user = one.db.load_user(one.id);
    REQUIRE(user->connections.size() == 1);
    CHECK(user->connections[0].name == "Libera");
    CHECK(user->connections[0].password == "");
    CHECK(user->connections[0].on_connect_commands.empty());
    CHECK(user->connections[0].conversations.size() == 1);
  }

  TEST_CASE("a connection needs its user") {
    one_user one;
    CHECK(error_of([&] {
            one.db.put_connection(protocol::user_id{9},
                                  sample_connection("irc-a"));
          })
              .starts_with(error_from(":memory:")
                           + "put connection irc-a of user 9: "));
  }

  TEST_CASE("wanted users are enabled and want a connection") {
    one_user one; // wants irc-libera
    auto idle = account_of("idle@example.com");
    auto disabled = account_of("disabled@example.com");
    auto keen = account_of("keen@example.com");
    disabled.disabled = true;
    for (auto* account : {&idle, &disabled, &keen}) {
      one.db.create_account(*account, true);
      one.db.put_connection(account->id, sample_connection("irc-a"));
    }
    for (const auto id : {disabled.id, keen.id})
      for (const auto* name : {"irc-b", "irc-c"})
        one.db.put_connection(id, connection_named(name));
    CHECK(one.db.wanted_users()
          == std::vector<protocol::user_id>{one.id, keen.id});
  }

  TEST_CASE("a connection goes with its conversations and its journal") {
    one_user one;
    one.db.put_connection(one.id, sample_connection("irc-other"));
    auto other = message(2, 20, "elsewhere");
    other.connection_id = "irc-other";
    auto batch = batch_of(one.id, {message(1, 10), other});
    batch.changed = {{"irc-libera", sample_conversation("#convoy")},
                     {"irc-other", sample_conversation("#convoy")}};
    append(one.db, {batch});
    one.db.delete_connection(one.id, "irc-libera", 1000);

    const auto user = one.db.load_user(one.id);
    REQUIRE(user->connections.size() == 1);
    CHECK(user->connections[0].id == "irc-other");
    CHECK(user->connections[0].conversations.size() == 1);
    CHECK(user->last_seq == 2);
    auto query = convoy_channel(one.id);
    CHECK(one.db.history(query).messages.empty());
    query.connection_id = "irc-other";
    CHECK(texts(one.db.history(query))
          == std::vector<std::string>{"elsewhere"});
    CHECK_NOTHROW(one.db.delete_connection(one.id, "irc-libera", 1000));
    one.db.put_connection(one.id, sample_connection("irc-libera"));
    CHECK(one.db.load_user(one.id)->connections[0].conversations.empty());
  }

  TEST_CASE("no secret stands in the file") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    {
      store::database db(options_for(dir.path("a.db")));
      db.migrate();
      auto account = account_of("ann@example.com");
      db.create_account(account, false);
      db.put_connection(account.id, sample_connection("irc-libera"));
      auto batch = batch_of(account.id, {message(1, 10, "in the clear")});
      batch.changed = {{"irc-libera", sample_conversation("#convoy")}};
      append(db, {batch});
      for (const auto* name : {"a.db", "a.db-wal"}) {
        CAPTURE(name);
        CHECK(dir.read(name).find("correct-horse") == std::string::npos);
        CHECK(dir.read(name).find("staple-channel") == std::string::npos);
        CHECK(dir.read(name).find("PRIVATE KEY") == std::string::npos);
      }
      CHECK(dir.read("a.db-wal").find("in the clear") != std::string::npos);
    }
    CHECK(dir.read("a.db").find("correct-horse") == std::string::npos);
    CHECK(dir.read("a.db").find("staple-channel") == std::string::npos);
    CHECK(dir.read("a.db").find("PRIVATE KEY") == std::string::npos);
    CHECK(dir.read("a.db").find("in the clear") != std::string::npos);
  }

  TEST_CASE("under another key a user's secrets are not read") {
    scratch dir;
    auto options = options_for(dir.path("a.db"));
    {
      store::database db(options);
      db.migrate();
      auto account = account_of("ann@example.com");
      db.create_account(account, false);
      db.put_connection(account.id, sample_connection("irc-libera"));
    }
    options.key = std::string(32, 'x');
    store::database db(options);
    CHECK(error_of([&] { db.load_user(protocol::user_id{1}); })
          == error_from(dir.path("a.db"))
                 + "load user 1: secrets of irc-libera: sealed under another "
                   "key, or damaged");
  }

  TEST_CASE("commands that an older program stored in the clear are sealed") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    const auto options = options_for(dir.path("a.db"));
    {
      store::database db(options);
      db.migrate();
      auto account = account_of("ann@example.com");
      db.create_account(account, false);
      db.put_connection(account.id, connection_named("irc-libera"));
      store::statements raw(options);
      raw.execute("UPDATE connections SET on_connect_commands ="
                  " '/msg NickServ identify correct-horse' || :end",
                  std::string("\n"));
    }
    CHECK(dir.read("a.db").find("correct-horse") != std::string::npos);
    {
      store::database db(options);
      db.migrate();
      const auto ann = db.load_user(protocol::user_id{1});
      REQUIRE(ann);
      CHECK(
          ann->connections.front().on_connect_commands
          == std::vector<std::string>{"/msg NickServ identify correct-horse"});
    }
    CHECK(dir.read("a.db").find("correct-horse") == std::string::npos);
  }

  TEST_CASE("commands are sealed, and come back as they were") {
    scratch dir;
    const std::vector<std::string> commands{"/msg q \\ battery-staple", "",
                                            "two\nlines"};
    {
      store::database db(options_for(dir.path("a.db")));
      db.migrate();
      auto account = account_of("ann@example.com");
      db.create_account(account, false);
      auto connection = connection_named("irc-libera");
      connection.on_connect_commands = commands;
      db.put_connection(account.id, connection);
      const auto read = [&] {
        return db.load_user(account.id)->connections.front();
      };
      CHECK(read().on_connect_commands == commands);
      connection.on_connect_commands.clear();
      connection.id = "irc-other";
      db.put_connection(account.id, connection);
      CHECK(db.load_user(account.id)
                ->connections.back()
                .on_connect_commands.empty());
    }
    CHECK(dir.read("a.db").find("battery-staple") == std::string::npos);
  }
}
