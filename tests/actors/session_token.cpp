// SPDX-License-Identifier: Apache-2.0
#include "actors/session.hpp"
#include "coming_back.hpp"

using namespace convoy;
using namespace convoy::actors;

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
