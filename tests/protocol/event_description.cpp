// SPDX-License-Identifier: Apache-2.0
#include "protocol/event_description.hpp"

#include "protocol/frame.hpp"
#include "protocol/json.hpp"
#include "protocol/user_view.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <set>

using namespace convoy::protocol;

namespace {

constexpr timestamp now{std::chrono::milliseconds{1'593'647'381'729}};

std::string text_of(const std::vector<json_problem>& problems) {
  std::string result;
  for (const auto& each : problems)
    result += each.path + " " + each.message + "\n";
  return result;
}

std::string wrong_frame(const std::string& frame,
                        const event_description::names& echoed = {}) {
  return text_of(the_events().check_frame(frame, echoed));
}

std::string wrong_request(const std::string& frame) {
  return text_of(the_events().check_request(frame));
}

/// Something of that kind, with all that any kind has.
event sample(event_kind kind) {
  event result;
  result.kind = kind;
  result.seq = 7;
  result.time = now;
  result.connection_id = "irc-libera";
  result.conversation_id = "#room";
  result.name = "#Room";
  result.from = "ann";
  result.target = "bob@example.com";
  result.text = "text";
  if (kind == event_kind::connection)
    result.target = "connected";
  if (kind == event_kind::join)
    result.target.clear();
  if (kind == event_kind::typing)
    result.text = "active";
  if (kind == event_kind::info)
    result.extra = R"({"authenticated":true,"capabilities":{"sasl":true},)"
                   R"("nick":"ann","socket":{"address":"::1","port":6697,)"
                   R"("tls":true,"local_address":null}})";
  if (kind == event_kind::frozen)
    result.extra = R"({"nick":"bob","idle_for":3,"ts":1.5,)"
                   R"("channels":{"#room":{"mode":"o"}}})";
  if (kind == event_kind::read)
    result.extra = R"({"read_seq":6})";
  if (kind == event_kind::queued)
    result.extra = R"({"lines":3,"wait":1.5})";
  return result;
}

/// All that have a name.
std::vector<event_kind> kinds() {
  std::vector<event_kind> result;
  for (unsigned n = 1; n < 256; ++n)
    if (!to_string(static_cast<event_kind>(n)).empty())
      result.push_back(static_cast<event_kind>(n));
  return result;
}

std::string member_of(const std::string& json, const char* object,
                      const char* key) {
  json_object all{json};
  auto inner = all.object(object);
  REQUIRE(inner);
  return inner->string(key).value_or("");
}

} // namespace

TEST_SUITE("event_description") {
  TEST_CASE("every kind of event is described, with either time") {
    CHECK(kinds().size() >= 26);
    for (const auto kind : kinds())
      for (const auto format : {ts_format::epoch, ts_format::iso}) {
        CAPTURE(to_string(kind));
        CHECK(wrong_frame(encode_event(sample(kind), format)) == "");
      }
  }

  TEST_CASE("what a message may have beside itself is described") {
    auto said = sample(event_kind::direct);
    said.extra = R"({"msgid":"m1","account":"ann","reply_to":"m0","bot":true,)"
                 R"("late":true,"tags":{"example.com/mood":"happy"}})";
    CHECK(wrong_frame(encode_event(said, ts_format::iso)) == "");
    said.extra = R"({"gap":{"from":"2026-11-22T07:01:18Z",)"
                 R"("to":"2026-11-22T07:02:18Z"}})";
    CHECK(wrong_frame(encode_event(said, ts_format::iso)) == "");
    said.extra = R"({"mood":"happy"})";
    CHECK(wrong_frame(encode_event(said, ts_format::iso))
          == "/mood This is not described.\n");
  }

  TEST_CASE("every answer is described") {
    const auto ping = decode_request("{}");
    CHECK(wrong_frame(encode_pong(ping, now)) == "");
    CHECK(
        wrong_frame(encode_debug(decode_request(R"({"method":"debug"})"), now))
        == "");
    CHECK(wrong_frame(encode_handshake_error()) == "");
    CHECK(wrong_frame(encode_resume(7, "s", 9)) == "");
    CHECK(wrong_frame(encode_resume({}, "s", 9)) == "");
    connection_view view;
    view.record.id = "irc-libera";
    view.state = "connected";
    view.record.conversations.emplace_back().id = "#room";
    account who;
    who.id = user_id{1};
    who.email = "ann@example.com";
    const auto user = encode_user(who, {}, {{"irc-libera", view}}, true, true);
    CHECK(wrong_frame(encode_load(ping, user, "s", 9, now)) == "");
    for (const auto* code : {"", "again", "store", "unknown"})
      CHECK(wrong_frame(encode_error(decode_request(R"({"method":"x"})"), "No.",
                                     "/method", now, code))
            == "");
  }

  TEST_CASE("sent has the members of the request again, whatever they are") {
    const auto asked = decode_request(
        R"({"id":[1],"method":"send","connection_id":"irc-libera",)"
        R"("message":"/names","mine":{"a":1}})");
    const auto answer = encode_sent(
        asked, R"({"participants":[{"nick":"ann","mode":"o"}]})", now);
    CHECK(wrong_frame(answer) == "/mine This is not described.\n");
    CHECK(wrong_frame(answer, {"mine"}) == "");
    CHECK(
        wrong_frame(
            encode_sent(asked,
                        R"({"participants":[{"nick":"ann","host":"x"}]})", now),
            {"mine"})
        == "/participants/0/mode Missing property.\n"
           "/participants/0/host This is not described.\n");
  }

  TEST_CASE("a frame that is not as described is not let pass") {
    CHECK(wrong_frame("[]") == "/ Expected an object.\n");
    CHECK(wrong_frame("{}") == "/ There is no  in the description.\n");
    CHECK(wrong_frame(R"({"event":"state","type":"gone"})")
          == "/ There is no state/gone in the description.\n");
    CHECK(wrong_frame(R"({"event":"pong","id":"1"})")
          == "/ts Missing property.\n");
    CHECK(wrong_frame(R"({"event":"pong","id":"1","ts":"now"})")
          == "/ts Expected a number.\n");
    CHECK(wrong_frame(R"({"event":"state","type":"typing","connection_id":)"
                      R"("irc-x","conversation_id":"#a","nick":"ann",)"
                      R"("state":"active","ts":1.5,"seq":3})")
          == "/seq This is not described.\n");
    CHECK(wrong_frame(R"({"event":"sent","id":"1","errors":[]})") != "");
    CHECK(
        wrong_frame(
            R"({"event":"x","id":"1","errors":[{"message":"No.","code":"x"}]})")
        == "/errors/0/code Not in enum list: again, store, unknown.\n");
  }

  TEST_CASE("a frame of a client is checked by its method") {
    CHECK(wrong_request("{}") == "");
    CHECK(wrong_request(R"({"method":"ping","id":{"a":[]}})") == "");
    CHECK(wrong_request(R"({"method":"load","id":"1","object":"user",)"
                        R"("params":{"connections":true}})")
          == "");
    CHECK(wrong_request(R"({"method":"send","connection_id":"irc-x",)"
                        R"("message":"hi","mine":1})")
          == "");
    CHECK(wrong_request(R"({"method":"send","connection_id":"irc-x"})")
          == "/message Missing property.\n");
    CHECK(wrong_request(R"({"method":"send","connection_id":7,"message":"x"})")
          == "/connection_id Expected a string.\n");
    CHECK(wrong_request(R"({"method":"dance"})")
          == "/ There is no dance in the description.\n");
    CHECK(wrong_request("no") != "");
  }

  TEST_CASE("the document says where the WebSocket is") {
    const auto plain = the_events().document("http://127.0.0.1:3000");
    CHECK(plain.find(R"("node":{"host":"127.0.0.1:3000","protocol":"ws",)"
                     R"("security")")
          != std::string::npos);
    const auto below = the_events().document("https://example.com/convoy");
    CHECK(below.find(R"("node":{"host":"example.com","protocol":"wss",)"
                     R"("pathname":"/convoy",)")
          != std::string::npos);
    json_object all{below};
    REQUIRE(all.ok());
    CHECK(all.string("asyncapi") == "3.0.0");
    CHECK(member_of(below, "info", "title") == "Convoy events");
    CHECK(member_of(below, "info", "version") != "");
  }
}
