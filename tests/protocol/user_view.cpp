// SPDX-License-Identifier: Apache-2.0
#include "protocol/user_view.hpp"

#include "protocol/rest_json.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

const timestamp registered{std::chrono::seconds{1'432'932'059}};

account ann() {
  account result;
  result.id = user_id{3};
  result.email = "ann@example.com";
  result.password_hash = "$argon2id$secret";
  result.roles = {"admin"};
  result.registered = registered;
  return result;
}

conversation named(const char* id, const char* name) {
  conversation result;
  result.id = id;
  result.name = name;
  return result;
}

connection_views two_connections() {
  connection_views result;
  auto& libera = result["irc-libera"];
  libera.record.id = "irc-libera";
  libera.record.name = "libera";
  libera.record.url = "irc://ann@irc.libera.chat/";
  libera.record.password = "open sesame";
  libera.nick = "ann";
  libera.record.conversations = {named("#b", "#B"), named("bob", "Bob")};
  libera.record.conversations[0].key = "latch";
  auto& example = result["irc-zeta"];
  example.record.id = "irc-zeta";
  example.record.name = "example";
  example.record.wanted = false;
  example.record.info = R"({"nick":"a"})";
  example.state = "connected";
  example.service_accounts = {"helper"};
  auto channel = named("#a", "#a");
  channel.topic = "t";
  channel.frozen = "Not connected.";
  channel.unread = 2;
  channel.notifications = 1;
  example.record.conversations = {channel};
  return result;
}

} // namespace

TEST_CASE("connections are sorted by name") {
  CHECK(encode_connections(two_connections())
        == R"({"connections":[{"connection_id":"irc-zeta","name":"example",)"
           R"("url":"","state":"connected","wanted_state":"disconnected",)"
           R"("on_connect_commands":[],)"
           R"("service_accounts":["helper"],)"
           R"("info":{"nick":"a"}},)"
           R"({"connection_id":"irc-libera","name":"libera",)"
           R"("url":"irc://ann@irc.libera.chat/","state":"disconnected",)"
           R"("wanted_state":"connected","on_connect_commands":[],)"
           R"("service_accounts":["chanserv","nickserv"],)"
           R"("info":{"authenticated":false,"capabilities":{},)"
           R"("nick":"ann"}}]})");
}

TEST_CASE("conversations are one list, sorted by id") {
  CHECK(encode_conversations(two_connections())
        == R"({"conversations":[{"connection_id":"irc-zeta",)"
           R"("conversation_id":"#a","name":"#a","topic":"t",)"
           R"("frozen":"Not connected.","unread":2,"notifications":1,)"
           R"("info":{}},{"connection_id":"irc-libera",)"
           R"("conversation_id":"#b","name":"#B","topic":"","frozen":"",)"
           R"("unread":0,"notifications":0,"info":{}},)"
           R"({"connection_id":"irc-libera","conversation_id":"bob",)"
           R"("name":"Bob","topic":"","frozen":"","unread":0,)"
           R"("notifications":0,"info":{}}]})");
}

TEST_CASE("the user object holds the lists that were asked for") {
  const node_view node{"irc://irc.libera.chat/", ""};
  const std::string head = R"({"email":"ann@example.com","uid":"3",)"
                           R"("registered":"2015-05-29T20:40:59Z",)"
                           R"("remote_address":"127.0.0.1","roles":["admin"],)"
                           R"("highlight_keywords":[],"unread":0,)"
                           R"("default_connection":"irc://irc.libera.chat/",)"
                           R"("forced_connection":false,"video_service":"")";
  CHECK(encode_user(ann(), node, {}, false, false) == head + "}");
  CHECK(encode_user(ann(), node, {}, true, true, "c5f")
        == head + R"(,"csrf":"c5f","connections":[],"conversations":[]})");
  const node_view forced{"irc://irc.libera.chat/", "", true};
  CHECK(encode_user(ann(), forced, {}, false, false)
            .find(R"("forced_connection":true)")
        != std::string::npos);
}

TEST_CASE("no secret is in any of them") {
  const auto all = encode_user(ann(), {}, two_connections(), true, true);
  for (const auto* secret : {"argon2id", "open sesame", "latch"})
    CHECK_MESSAGE(all.find(secret) == std::string::npos, secret);
}

TEST_CASE("errors name their places") {
  CHECK(encode_errors({{"Bad thing.", "/body/email"}, {"Worse.", "/"}})
        == R"({"errors":[{"message":"Bad thing.","path":"/body/email"},)"
           R"({"message":"Worse.","path":"/"}]})");
}

TEST_CASE("a page of history says where more is") {
  event one;
  one.from = "bob";
  one.text = "hi";
  one.time = registered;
  one.seq = 4;
  CHECK(encode_history({one}, message_place{registered, 4}, std::nullopt)
        == R"({"messages":[{"from":"bob","message":"hi","type":"private",)"
           R"("highlight":false,"ts":"2015-05-29T20:40:59Z","seq":4}],)"
           R"("before":"2015-05-29T20:40:59Z","before_seq":4})");
  CHECK(encode_history({}, std::nullopt, std::nullopt) == R"({"messages":[]})");
}

TEST_CASE("what a search has found says where, and where to go on") {
  event one;
  one.connection_id = "irc-libera";
  one.conversation_id = "#convoy";
  one.from = "bob";
  one.text = "hi there";
  one.time = registered;
  one.seq = 4;
  const std::string ids =
      R"({"connection_id":"irc-libera","conversation_id":"#convoy",)";
  const std::string said =
      R"("from":"bob","message":"hi there","type":"private",)"
      R"("highlight":false,"ts":"2015-05-29T20:40:59Z","seq":4)";
  CHECK(encode_search({one}, text_pattern{"there"}, "5.0")
        == R"({"messages":[)" + ids + said
               + R"(,"snippet":"hi there","matches":[[3,5]]}],)"
                 R"("end":false,"cursor":"5.0"})");
  CHECK(encode_search({}, {}, "") == R"({"messages":[],"end":true})");
  CHECK(encode_notifications({one}, std::nullopt)
        == R"({"messages":[)" + ids + said + R"(}],"end":true})");
  CHECK(encode_notifications({one}, message_place{registered, 4})
        == R"({"messages":[)" + ids + said
               + R"(}],"end":false,"before_seq":4})");
}
