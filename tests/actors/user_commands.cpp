// SPDX-License-Identifier: Apache-2.0
#include "actors/user_commands.hpp"

#include "actors/away_words.hpp"
#include "actors/letter.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors;

namespace {

/// What the other side reads.
template <class T>
T over(const T& what) {
  protocol::json_object head{encode_command(what)};
  const auto result = decode_command(head);
  REQUIRE(result);
  REQUIRE(std::holds_alternative<T>(*result));
  return std::get<T>(*result);
}

protocol::request over(std::string_view frame) {
  return protocol::decode_request(frame_of(protocol::decode_request(frame)));
}

} // namespace

TEST_CASE("every command reaches the other side as it is") {
  const auto user = over(read_user{true, false, "c\"s\n"});
  CHECK(user.connections);
  CHECK_FALSE(user.conversations);
  CHECK(user.csrf == "c\"s\n");
  over(list_connections{});
  over(list_conversations{});
  over(mark_notifications_read{});
  over(account_changed{});
  const auto made =
      over(create_connection{"irc://a:b@c", "#x", {"/msg a", ""}, false});
  CHECK(made.url == "irc://a:b@c");
  CHECK(made.conversation_id == "#x");
  CHECK(made.on_connect_commands == std::vector<std::string>{"/msg a", ""});
  CHECK_FALSE(made.wanted);
  CHECK(over(remove_connection{"irc-a"}).connection_id == "irc-a");
  const auto has = over(has_conversation{"irc-a", "#x"});
  CHECK(has.connection_id == "irc-a");
  CHECK(has.conversation_id == "#x");
}

TEST_CASE("what is not said stays unsaid") {
  const auto nothing = over(update_connection{"irc-a", {}, {}, {}});
  CHECK_FALSE(nothing.url);
  CHECK_FALSE(nothing.on_connect_commands);
  CHECK_FALSE(nothing.wanted);
  const auto all =
      over(update_connection{"irc-a", "", std::vector<std::string>{}, false});
  CHECK(all.url == "");
  CHECK(all.on_connect_commands == std::vector<std::string>{});
  CHECK(all.wanted == false);
  CHECK_FALSE(over(mark_read{"irc-a", "#x", {}}).seq);
  CHECK(over(mark_read{"irc-a", "#x", 7}).seq == 7);
}

TEST_CASE("a command of another version is not guessed at") {
  for (const auto* text :
       {R"({"do":"rest","what":"flyAway"})", R"({"do":"rest"})", "[]", "",
        R"({"do":"rest","what":"readUser","csrf":7})"}) {
    protocol::json_object head{text};
    CHECK_MESSAGE(!decode_command(head), text);
  }
  protocol::json_object more{
      R"({"do":"rest","what":"listConnections","new":"x"})"};
  CHECK(decode_command(more));
}

TEST_CASE("a result comes back as it was given") {
  const auto body = decode_result(*encode_result({R"({"a":"\n"})", {}}));
  CHECK(body.json == R"({"a":"\n"})");
  CHECK_FALSE(body.problem);
  const auto no =
      decode_result(*encode_result({{}, refused{404, "No.", "/url"}}));
  REQUIRE(no.problem);
  CHECK(no.problem->status == 404);
  CHECK(no.problem->message == "No.");
  CHECK(no.problem->path == "/url");
  REQUIRE(decode_result("what?").problem);
  CHECK(decode_result("").problem->status == 503);
}

TEST_CASE("a frame is read at home as it was read at the socket") {
  const auto load =
      over(R"({"method":"load","id":"7","params":{"connections":1}})");
  CHECK(load.what == protocol::method::load);
  CHECK(load.id == "\"7\"");
  CHECK(load.want_connections);
  CHECK_FALSE(load.want_conversations);
  CHECK(over(R"({"method":"load"})").id.empty());
  CHECK(over(R"({"method":"load","id":0})").id_is_falsy);
  const std::string_view frame =
      "{ \"method\": \"send\",\n\"id\":[1], "
      "\"connection_id\":\"irc-a\",\"x\":1,"
      "\"conversation_id\":\"#a\",\"message\":\"\xc3\xa4\",\"nonce\":\"n\"}";
  const auto send = over(frame);
  CHECK(send.what == protocol::method::send);
  CHECK(send.id == "[1]");
  CHECK(send.connection_id == "irc-a");
  CHECK(send.message == "\xc3\xa4");
  CHECK(send.nonce == "n");
  CHECK(send.body == frame);
}

TEST_CASE("a letter is opened at its first line") {
  const auto text = seal_letter("{}", "a\nb");
  const auto [head, body] = open_letter(*text);
  CHECK(head == "{}");
  CHECK(body == "a\nb");
  CHECK(open_letter("{}").body.empty());
  CHECK(open_letter("").head.empty());
}

TEST_CASE("events are lines, and each has its number") {
  auto frames = std::make_shared<std::vector<net::payload>>();
  for (const auto* each : {R"({"a":1})", R"({"b":2})"})
    frames->push_back(std::make_shared<const std::string>(each));
  const auto text = write_events({4, 5, frames});
  CHECK(*text == "{\"first\":4,\"last\":5}\n{\"a\":1}\n{\"b\":2}");
  const auto read = read_events(*text);
  REQUIRE(read);
  CHECK_FALSE(read->moved);
  CHECK(read->events.first == 4);
  CHECK(read->events.last == 5);
  REQUIRE(read->events.frames->size() == 2);
  CHECK(*read->events.frames->at(1) == R"({"b":2})");
  CHECK(read_events(std::string{moved_head} + "\n")->moved);
  for (const auto* wrong :
       {"", "{}", "{\"first\":4,\"last\":5}\n{}",
        "{\"first\":5,\"last\":4}\n{}", "{\"first\":0,\"last\":0}",
        "{\"first\":1,\"last\":1}\n{}\n{}"})
    CHECK_MESSAGE(!read_events(wrong), wrong);
}

TEST_CASE("a place in the stream, and an answer") {
  const auto place = read_place(write_place({"s", 7, {"1", "2"}}));
  REQUIRE(place);
  CHECK(place->stream == "s");
  CHECK(place->seq == 7);
  CHECK(place->open == std::vector<std::string>{"1", "2"});
  CHECK_FALSE(read_place(lost_head));
  using verdict = answer_letter::verdict;
  const auto answer = read_answer(answer_head(7) + "\n{\"a\":1}");
  CHECK(answer.how == verdict::answered);
  CHECK(answer.seq == 7);
  CHECK(*answer.frame == R"({"a":1})");
  CHECK(read_answer(lost_head).how == verdict::lost);
  CHECK(read_answer(again_head).how == verdict::again);
  CHECK(read_answer("").how == verdict::lost);
}
