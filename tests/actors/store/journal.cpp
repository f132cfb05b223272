// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

namespace {

/// Adds a second user to the one there is.
protocol::user_id second_user(store::database& db) {
  auto account = account_of("bob@example.com");
  db.create_account(account, true);
  return account.id;
}

} // namespace

TEST_SUITE("store journal") {
  TEST_CASE("all of an event comes back") {
    one_user one;
    protocol::event sent;
    sent.kind = protocol::event_kind::action;
    sent.highlight = true;
    sent.has_text = false;
    sent.unread = 4'000'000'000;
    sent.notifications = 7;
    sent.seq = 1;
    sent.time = at(1'795'330'821'546'030);
    sent.connection_id = "irc-libera";
    sent.conversation_id = "#convoy";
    sent.name = "#Convoy";
    sent.from = "b\xc3\xb6"
                "b";
    sent.target = "ann";
    sent.text = "a 'quoted' \"text\"; with :names, {braces}, \\n and ?";
    if (!on_server())
      sent.text += '\0';
    sent.topic = "topic";
    sent.extra = R"({"msgid":"x"})";
    append(one.db, {batch_of(one.id, {sent})});
    const auto page = one.db.history(convoy_channel(one.id));
    REQUIRE(page.messages.size() == 1);
    const auto& found = page.messages[0];
    CHECK(found.kind == sent.kind);
    CHECK(found.highlight == sent.highlight);
    CHECK(found.has_text == sent.has_text);
    CHECK(found.unread == sent.unread);
    CHECK(found.notifications == sent.notifications);
    CHECK(found.seq == sent.seq);
    CHECK(found.time == sent.time);
    CHECK(found.connection_id == sent.connection_id);
    CHECK(found.conversation_id == sent.conversation_id);
    CHECK(found.name == sent.name);
    CHECK(found.from == sent.from);
    CHECK(found.target == sent.target);
    CHECK(found.text == sent.text);
    CHECK(found.topic == sent.topic);
    CHECK(found.extra == sent.extra);
  }

  TEST_CASE("batches of several users are one commit") {
    one_user one;
    const auto bob = second_user(one.db);
    append(one.db, {batch_of(one.id, {message(1, 10), message(2, 20)}),
                    batch_of(bob, {message(1, 30)}),
                    batch_of(one.id, {message(3, 40)})});
    CHECK(one.db.load_user(one.id)->last_seq == 3);
    CHECK(one.db.load_user(bob)->last_seq == 1);
    CHECK(one.db.history(convoy_channel(one.id)).messages.size() == 3);
    CHECK(one.db.history(convoy_channel(bob)).messages.size() == 1);
    CHECK_NOTHROW(append(one.db, {}));
  }

  TEST_CASE("numbers that do not follow are refused, and nothing is kept") {
    one_user one;
    const auto bob = second_user(one.db);
    append(one.db, {batch_of(one.id, {message(1, 10)})});
    const auto refused = [&](std::vector<protocol::event> events) {
      const auto error = error_of([&] {
        append(one.db, {batch_of(bob, {message(1, 5)}),
                        batch_of(one.id, std::move(events))});
      });
      // Nothing of the good batch either, and the store still works.
      CHECK(one.db.load_user(bob)->last_seq == 0);
      CHECK(one.db.history(convoy_channel(bob)).messages.empty());
      CHECK(one.db.load_user(one.id)->last_seq == 1);
      CHECK(one.db.history(convoy_channel(one.id)).messages.size() == 1);
      return error;
    };
    const std::string where = error_from(":memory:") + "append to user 1: ";
    CHECK(refused({message(3, 20)}) == where + "event 3 does not follow 1");
    CHECK(refused({message(1, 20)}) == where + "event 1 does not follow 1");
    CHECK(refused({message(0, 20)}) == where + "event 0 does not follow 1");
    CHECK(refused({message(2, 20), message(4, 30)})
          == where + "event 4 stands where 3 should");
    CHECK(refused({message(2, 20), message(2, 30)})
          == where + "event 2 stands where 3 should");
    append(one.db, {batch_of(one.id, {message(2, 20)})});
    CHECK(one.db.load_user(one.id)->last_seq == 2);
  }

  TEST_CASE("a user must exist") {
    one_user one;
    CHECK(error_of([&] {
            append(one.db, {batch_of(protocol::user_id{9}, {message(1, 10)})});
          })
          == error_from(":memory:")
                 + "append to user 9: there is no such user");
  }

  TEST_CASE("conversations change and go with their batch") {
    one_user one;
    auto batch = batch_of(one.id, {message(1, 10)});
    auto one_channel = conversation_named("#one", "#One");
    const auto two_channel = conversation_named("#two", "#Two");
    batch.changed = {{"irc-libera", one_channel}, {"irc-libera", two_channel}};
    append(one.db, {batch});
    one_channel.unread = 5;
    batch = batch_of(one.id, {message(2, 20)});
    batch.changed = {{"irc-libera", one_channel}};
    batch.removed = {{"irc-libera", "#two"}, {"irc-libera", "#never"}};
    append(one.db, {batch});
    const auto user = one.db.load_user(one.id);
    const auto& conversations = user->connections[0].conversations;
    REQUIRE(conversations.size() == 1);
    CHECK(conversations[0].id == "#one");
    CHECK(conversations[0].unread == 5);
  }

  TEST_CASE("a conversation of no connection fails its commit") {
    one_user one;
    auto batch = batch_of(one.id, {message(1, 10)});
    batch.changed = {{"irc-none", conversation_named("#x", "#x")}};
    CHECK(error_of([&] { append(one.db, {batch}); })
              .starts_with(error_from(":memory:")
                           + "append to user 1: conversation #x "
                             "of connection irc-none: "));
    CHECK(one.db.load_user(one.id)->last_seq == 0);
    CHECK(one.db.history(convoy_channel(one.id)).messages.empty());
  }
}
