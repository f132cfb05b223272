// SPDX-License-Identifier: Apache-2.0
#include "actors/session.hpp"
#include "coming_back.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

// Sessions that are opened with a key of the API.

namespace {

void add_token(coming_back& it, const std::string& token,
               std::vector<std::string> scopes) {
  store::api_token made;
  made.id = "id of " + token;
  made.token_hash = hash_token(token);
  made.user = it.user;
  made.scopes = std::move(scopes);
  made.created = it.world.wall;
  it.world.database->create_token(made);
}

} // namespace

TEST_CASE("a token opens what its scopes allow") {
  coming_back it;
  add_token(it, "reads", {"read"});
  add_token(it, "talks", {"read", "send"});
  add_token(it, "none", {"admin"});
  const auto reads = it.open({}, "reads");
  const auto talks = it.open({}, "talks");
  const auto none = it.open({}, "none");
  const auto wrong = it.open({}, "wrong");
  it.world.settle();
  for (const auto& each : {none, wrong}) {
    REQUIRE(each->closed);
    CHECK(each->closed->code == 1008);
  }
  reads->say("hello");
  reads->load();
  talks->say("hello");
  it.world.settle();
  CHECK(it.irc->take() == strings{"PRIVMSG #room :hello"});
  const auto frames = reads->take_short();
  REQUIRE(frames.size() == 3);
  CHECK(frames[0] == "sent 1 error This token may not send.");
  CHECK(talks->take_short().back() == "sent 1");
  // That it is in use is written down.
  CHECK(it.world.database->find_token(hash_token("talks"), it.world.wall)
            ->last_used
        == it.world.wall);
}

TEST_CASE("a token is no login, and a login no token") {
  coming_back it;
  add_token(it, "reads", {"read"});
  protocol::http_request request;
  request.session = "reads";
  auto link = std::make_shared<fake_websocket>();
  link->observer = it.world.gateway->on_websocket(request, link);
  it.sockets.push_back(link);
  const auto other = it.open({}, "token");
  it.world.settle();
  for (const auto& each : {link, other}) {
    REQUIRE(each->closed);
    CHECK(each->closed->code == 1008);
  }
}

// -- how long it holds --------------------------------------------------------

TEST_CASE("a socket ends with the token that has opened it") {
  coming_back it;
  const auto now = it.world.wall;
  it.world.database->create_token({"id",
                                   hash_token("hour"),
                                   it.user,
                                   "bot",
                                   {"read"},
                                   now,
                                   now + 30min,
                                   {}});
  const auto socket = it.open({}, "hour");
  it.world.settle();
  for (auto n = 0; n < 29; ++n)
    it.world.advance(1min);
  CHECK_FALSE(socket->closed);
  it.world.advance(1min);
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1008);
  CHECK(socket->closed->reason == "Need to log in first.");
}

TEST_CASE("a token without an end opens a socket without one") {
  coming_back it;
  add_token(it, "reads", {"read"});
  const auto socket = it.open({}, "reads");
  it.world.settle();
  for (auto n = 0; n < 100; ++n)
    it.world.advance(1h);
  CHECK_FALSE(socket->closed);
}

TEST_CASE("a socket lives on while its login is extended, and no longer") {
  coming_back it;
  it.world.database->extend_session(hash_token("token"), it.world.wall + 1h);
  const auto socket = it.open({});
  it.world.settle();
  for (auto n = 0; n < 5; ++n)
    it.world.advance(10min);
  it.world.database->extend_session(hash_token("token"), it.world.wall + 1h);
  for (auto n = 0; n < 5; ++n)
    it.world.advance(10min);
  CHECK_FALSE(socket->closed);
  // The store's not answering is no end.
  for (const auto& each : it.world.home->readers)
    it.world.hold(each);
  it.world.advance(11min);
  it.world.advance(31s);
  CHECK_FALSE(socket->closed);
  for (const auto& each : it.world.home->readers)
    it.world.let_go(each);
  it.world.advance(10s);
  REQUIRE(socket->closed);
  CHECK(socket->closed->code == 1008);
}
