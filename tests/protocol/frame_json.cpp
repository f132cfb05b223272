// SPDX-License-Identifier: Apache-2.0
#include "protocol/frame.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

const timestamp now{std::chrono::microseconds{1'795'330'821'546'030}};

request decoded(std::string_view text) {
  return decode_request(text);
}

event message_event() {
  event result;
  result.kind = event_kind::direct;
  result.highlight = true;
  result.seq = 7;
  result.time = now;
  result.connection_id = "irc-libera";
  result.conversation_id = "#convos";
  result.name = "#Convos";
  result.from = "bob";
  result.text = "hi superman";
  return result;
}

event state_event(event_kind kind) {
  event result;
  result.kind = kind;
  result.seq = 8;
  result.time = now;
  result.connection_id = "irc-libera";
  result.conversation_id = "#convos";
  return result;
}

/// What stands between the common keys of a state event.
std::string own_part(const event& what) {
  const auto json = encode_event(what, ts_format::epoch);
  const std::string head = "{\"event\":\"state\",\"type\":\""
                           + std::string{to_string(what.kind)}
                           + "\",\"connection_id\":\"irc-libera\"";
  const std::string tail = ",\"ts\":1795330821.54603,\"seq\":8}";
  REQUIRE_MESSAGE(json.starts_with(head), json);
  REQUIRE_MESSAGE(json.ends_with(tail), json);
  return json.substr(head.size(), json.size() - head.size() - tail.size());
}

} // namespace

TEST_CASE("methods are decoded by their names") {
  CHECK(decoded("{}").what == method::ping);
  CHECK(decoded(R"({"method":""})").what == method::ping);
  CHECK(decoded(R"({"method":null})").what == method::ping);
  CHECK(decoded(R"({"method":"ping"})").what == method::ping);
  CHECK(decoded(R"({"method":"load"})").what == method::load);
  CHECK(decoded(R"({"method":"send"})").what == method::send);
  CHECK(decoded(R"({"method":"debug"})").what == method::debug);
  CHECK(decoded(R"({"method":"Ping"})").what == method::unknown);
  CHECK(decoded(R"({"method":"dance"})").name == "dance");
  CHECK(decoded(R"({"method":7})").what == method::unknown);
  CHECK(decoded(R"({"method":7})").name == "7");
}

TEST_CASE("conversations imply connections in load") {
  const auto both =
      decoded(R"({"method":"load","params":{"conversations":true}})");
  CHECK(both.want_connections);
  CHECK(both.want_conversations);
  const auto one = decoded(
      R"({"method":"load","params":{"connections":1,"conversations":0}})");
  CHECK(one.want_connections);
  CHECK_FALSE(one.want_conversations);
  CHECK_FALSE(decoded(R"({"method":"load","params":[]})").want_connections);
}

TEST_CASE("what is no JSON object says what is wrong and where") {
  const auto problem = [](std::string_view text) {
    const auto result = decoded(text);
    CHECK(result.what == method::malformed);
    CHECK(result.problem_path == "/");
    return result.problem;
  };
  CHECK(problem("[1]") == "Expected a JSON object.");
  CHECK(problem("null") == "Expected a JSON object.");
  CHECK(problem("{\"a\":") == "Invalid JSON at byte 5: Invalid value.");
  CHECK(problem("{} {}").starts_with("Invalid JSON at byte 3: "));
  CHECK(problem("{\"a\":\"\xc3\"}").starts_with("Invalid JSON at byte "));
  CHECK(problem("{\"a\":" + std::string(70, '[') + std::string(70, ']') + "}")
        == "Invalid JSON: nested deeper than 64 levels.");
  for (const auto* half : {R"({"id":"\ude00"})", R"({"\udc00":1})"})
    CHECK(problem(half) == "Invalid JSON: half of a surrogate pair.");
  CHECK(problem(R"({"id":"\ud83d"})").starts_with("Invalid JSON at byte "));
  CHECK(decoded(R"({"id":"\ud83d\ude00"})").id == "\"\xf0\x9f\x98\x80\"");
  CHECK(problem("").starts_with("Invalid JSON at byte 0: "));
}

TEST_CASE("a send with a member of another type names it") {
  const auto wrong =
      decoded(R"({"method":"send","connection_id":"a","message":42})");
  CHECK(wrong.what == method::send);
  CHECK(wrong.problem == "Expected a string.");
  CHECK(wrong.problem_path == "/message");
}

TEST_CASE("an id comes back as it was") {
  for (const auto* id :
       {"\"1\"", "7", "-1.5", "true", "[1,\"x\"]", "{\"a\":{}}"})
    CHECK(
        encode_debug(
            decoded(R"({"method":"debug","id":)" + std::string{id} + "}"), now)
        == "{\"event\":\"debug\",\"id\":" + std::string{id} + "}");
}

TEST_CASE("a number is read however it is written") {
  for (const auto* zero : {"0", "-0", "0.0", "0E100", "0e-9999999999"})
    CHECK(decoded(R"({"id":)" + std::string{zero} + "}").id_is_falsy);
  CHECK_FALSE(decoded(R"({"id":1E-20})").id_is_falsy);
  CHECK(decoded(R"({"id":1E309})").what == method::malformed);
}

TEST_CASE("a missing id becomes the time, and so does a falsy one of a ping") {
  const std::string invented =
      "{\"event\":\"pong\",\"id\":1795330821.54603,\"ts\":1795330821.54603}";
  CHECK(encode_pong(decoded("{}"), now) == invented);
  CHECK(encode_pong(decoded(R"({"id":null})"), now) == invented);
  CHECK(encode_pong(decoded(R"({"id":0})"), now) == invented);
  CHECK(encode_pong(decoded(R"({"id":""})"), now) == invented);
  CHECK(encode_pong(decoded(R"({"id":"0"})"), now) == invented);
  CHECK(encode_debug(decoded(R"({"method":"debug","id":0})"), now)
        == "{\"event\":\"debug\",\"id\":0}");
}

TEST_CASE("sent repeats the request, and the result wins where it has more") {
  const auto request =
      decoded(R"({"method":"send","id":"3","connection_id":"irc-a",)"
              R"("conversation_id":"#red","message":"/join #red","mine":[1]})");
  CHECK(encode_sent(request, "", now)
        == R"({"event":"sent","id":"3","method":"send",)"
           R"("connection_id":"irc-a","conversation_id":"#red",)"
           R"("message":"/join #red","mine":[1]})");
  CHECK(encode_sent(request,
                    R"({"conversation_id":"##blue","mine":"","topic":""})", now)
        == R"({"event":"sent","id":"3","method":"send",)"
           R"("connection_id":"irc-a","message":"/join #red","mine":[1],)"
           R"("conversation_id":"##blue","topic":""})");
}

TEST_CASE("an error repeats only what it must") {
  const auto request =
      decoded(R"({"method":"send","id":"7","connection_id":"irc-a","extra":1,)"
              R"("conversation_id":"#x","message":"/foo"})");
  CHECK(encode_error(request, "Unknown command.", "/message", now)
        == R"({"event":"sent","id":"7","connection_id":"irc-a",)"
           R"("message":"/foo","errors":[{"message":"Unknown command.",)"
           R"("path":"/message"}]})");
  CHECK(
      encode_error(decoded(R"({"method":"dance","id":1})"), "Invalid method.",
                   "", now)
      == R"({"event":"dance","id":1,"errors":[{"message":"Invalid method."}]})");
  CHECK(encode_error(decoded("[]"), "Expected a JSON object.", "/", now)
        == R"({"event":"unknown","id":1795330821.54603,"errors":)"
           R"([{"message":"Expected a JSON object.","path":"/"}]})");
}

TEST_CASE("an error may have a code") {
  CHECK(encode_error(decoded(R"({"method":"load","id":1})"), "No store.", "",
                     now, "store")
        == R"({"event":"load","id":1,"errors":[{"message":"No store.",)"
           R"("code":"store"}]})");
}

TEST_CASE("a nonce is a text of at most 200 bytes") {
  const auto with = [](const std::string& nonce) {
    return decoded(R"({"method":"send","nonce":)" + nonce + "}");
  };
  CHECK(with("\"n\"").nonce == "n");
  CHECK(with("null").nonce.empty());
  CHECK(with("null").problem.empty());
  CHECK(with("7").problem_path == "/nonce");
  CHECK(with("\"" + std::string(200, 'n') + "\"").problem.empty());
  const auto longer = with("\"" + std::string(201, 'n') + "\"");
  CHECK(longer.problem == "A nonce may have 200 bytes.");
  CHECK(longer.problem_path == "/nonce");
}

TEST_CASE("a session that comes back is told where it begins") {
  CHECK(encode_resume(7, "f00", 9)
        == R"({"event":"resume","resumed":true,"stream":"f00","since":7,)"
           R"("seq":9})");
  CHECK(encode_resume({}, "f00", 9)
        == R"({"event":"resume","resumed":false,"stream":"f00","seq":9})");
  CHECK(encode_resume(0, "f00", 0)
        == R"({"event":"resume","resumed":true,"stream":"f00","since":0,)"
           R"("seq":0})");
}

TEST_CASE("load carries the stream, its place and the user") {
  CHECK(encode_load(decoded(R"({"method":"load","id":"1"})"),
                    R"({"email":"a@b"})", "f00", 12, now)
        == R"({"event":"load","id":"1","stream":"f00","seq":12,)"
           R"("user":{"email":"a@b"}})");
}

TEST_CASE("a socket without a session is told so, without an id") {
  CHECK(encode_handshake_error()
        == R"({"errors":[{"message":"Need to log in first."}],)"
           R"("event":"handshake"})");
}

TEST_CASE("a message event has all its keys") {
  auto what = message_event();
  what.extra = R"({"msgid":"abc","account":"bob"})";
  CHECK(encode_event(what, ts_format::epoch)
        == R"({"event":"message","type":"private",)"
           R"("connection_id":"irc-libera","conversation_id":"#convos",)"
           R"("name":"#Convos","from":"bob","message":"hi superman",)"
           R"("highlight":true,"msgid":"abc","account":"bob",)"
           R"("ts":1795330821.54603,"seq":7})");
  what.extra.clear();
  CHECK(encode_event(what, ts_format::iso)
            .ends_with(R"("ts":"2026-11-22T07:00:21.54603Z","seq":7})"));
}

TEST_CASE("each state event has its keys") {
  auto what = state_event(event_kind::connection);
  what.target = "connecting";
  what.text = "Connecting to host.";
  CHECK(own_part(what)
        == R"(,"state":"connecting","message":"Connecting to host.")");

  what = state_event(event_kind::info);
  what.extra = R"({"nick":"ann","authenticated":false})";
  CHECK(own_part(what) == R"(,"nick":"ann","authenticated":false)");

  what = state_event(event_kind::frozen);
  what.name = "#Convos";
  what.text = "Not connected.";
  what.topic = "cool";
  what.unread = 2;
  what.notifications = 1;
  CHECK(own_part(what)
        == R"(,"conversation_id":"#convos","name":"#Convos",)"
           R"("frozen":"Not connected.","topic":"cool","unread":2,)"
           R"("notifications":1,"info":{})");
  what.extra = R"({"user":"x"})";
  CHECK(own_part(what).ends_with(R"("info":{"user":"x"})"));

  what = state_event(event_kind::join);
  what.from = "bob";
  CHECK(own_part(what) == R"(,"conversation_id":"#convos","nick":"bob")");

  what = state_event(event_kind::part);
  what.from = "ann";
  CHECK(own_part(what)
        == R"(,"conversation_id":"#convos","nick":"ann","message":"")");
  what.text = "bye";
  what.target = "bob";
  CHECK(own_part(what)
        == R"(,"conversation_id":"#convos","nick":"ann","message":"bye",)"
           R"("kicker":"bob")");
  what.target.clear();
  what.has_text = false;
  CHECK(own_part(what) == R"(,"conversation_id":"#convos","nick":"ann")");

  what = state_event(event_kind::quit);
  what.from = "bob";
  what.text = "gone";
  CHECK(own_part(what) == R"(,"nick":"bob","message":"gone")");

  what = state_event(event_kind::nick_change);
  what.from = "bob";
  what.target = "robert";
  CHECK(own_part(what) == R"(,"old_nick":"bob","new_nick":"robert")");

  what = state_event(event_kind::mode);
  what.from = "bob";
  what.text = "+o";
  what.target = "ann";
  CHECK(own_part(what)
        == R"(,"conversation_id":"#convos","from":"bob","mode":"+o",)"
           R"("nick":"ann")");
}

TEST_CASE("each state event about people has its keys") {
  auto what = state_event(event_kind::away);
  what.from = "bob";
  what.text = "lunch";
  CHECK(own_part(what) == R"(,"nick":"bob","away":true,"message":"lunch")");
  what.has_text = false;
  what.text.clear();
  CHECK(own_part(what) == R"(,"nick":"bob","away":false,"message":"")");

  what = state_event(event_kind::account);
  what.from = "bob";
  what.target = "bobby";
  CHECK(own_part(what) == R"(,"nick":"bob","account":"bobby")");
  what.target.clear();
  CHECK(own_part(what) == R"(,"nick":"bob","account":"")");

  what = state_event(event_kind::host);
  what.from = "bob";
  what.target = "~b@new.host";
  CHECK(own_part(what) == R"(,"nick":"bob","user":"~b","host":"new.host")");
  what.target = "odd";
  CHECK(own_part(what) == R"(,"nick":"bob","user":"odd","host":"")");

  what = state_event(event_kind::realname);
  what.from = "bob";
  what.text = "Bob B.";
  CHECK(own_part(what) == R"(,"nick":"bob","realname":"Bob B.")");

  what = state_event(event_kind::presence);
  what.target = "bob";
  CHECK(own_part(what) == R"(,"nick":"bob","online":true)");
  what.has_text = false;
  CHECK(own_part(what) == R"(,"nick":"bob","online":false)");
}

TEST_CASE("each state event about a conversation has its keys") {
  auto what = state_event(event_kind::invite);
  what.from = "bob";
  what.target = "ann";
  CHECK(own_part(what)
        == R"(,"conversation_id":"#convos","nick":"bob","invited":"ann")");

  what = state_event(event_kind::redact);
  what.from = "bob";
  what.target = "abc";
  what.text = "oops";
  CHECK(own_part(what)
        == R"(,"conversation_id":"#convos","nick":"bob","msgid":"abc",)"
           R"("message":"oops")");

  what = state_event(event_kind::rename);
  what.name = "#Convos";
  what.target = "#old";
  what.text = "better";
  CHECK(own_part(what)
        == R"(,"conversation_id":"#convos","name":"#Convos",)"
           R"("old_conversation_id":"#old","message":"better")");

  what = state_event(event_kind::read);
  what.unread = 2;
  what.notifications = 1;
  what.extra = R"({"read_seq":7})";
  CHECK(own_part(what)
        == R"(,"conversation_id":"#convos","unread":2,"notifications":1,)"
           R"("read_seq":7)");
}

TEST_CASE("what passes has no place in the stream") {
  auto what = state_event(event_kind::typing);
  what.from = "bob";
  what.text = "active";
  CHECK(encode_event(what, ts_format::epoch)
        == R"({"event":"state","type":"typing","connection_id":"irc-libera",)"
           R"("conversation_id":"#convos","nick":"bob","state":"active",)"
           R"("ts":1795330821.54603})");
  what = state_event(event_kind::queued);
  what.extra = R"({"lines":3,"wait":4.5})";
  CHECK(encode_event(what, ts_format::epoch)
        == R"({"event":"state","type":"queued","connection_id":"irc-libera",)"
           R"("conversation_id":"#convos","lines":3,"wait":4.5,)"
           R"("ts":1795330821.54603})");
}

TEST_CASE("that the store fails concerns all connections") {
  auto what = state_event(event_kind::store);
  what.text = "The store does not answer.";
  CHECK(encode_event(what, ts_format::epoch)
        == R"({"event":"state","type":"store","available":false,)"
           R"("message":"The store does not answer.","ts":1795330821.54603})");
  what.has_text = false;
  what.text = "";
  CHECK(encode_event(what, ts_format::epoch)
        == R"({"event":"state","type":"store","available":true,"message":"",)"
           R"("ts":1795330821.54603})");
}
