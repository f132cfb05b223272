// SPDX-License-Identifier: Apache-2.0
#include "actors/away_user.hpp"
#include "small_fleet.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

// A nonce has one answer, whichever node is asked for it (P4).

TEST_CASE("what the store knows of a nonce is said while the home is away") {
  somebody_away it;
  const auto there = it.open(1);
  const auto say = [&](const std::string& nonce, const std::string& id) {
    there->ask(R"({"method":"send","connection_id":"irc-example",)"
               R"("conversation_id":"#room","message":"hi","nonce":")"
               + nonce + R"(","id":")" + id + "\"}");
    it.run();
  };
  const auto told = [&] {
    strings result;
    for (const auto& each : there->take())
      if (member_of(each, "event") == "sent")
        result.push_back(member_of(each, "id") + " " + member_of(each, "code"));
    return result;
  };
  say("known", "1");
  it.node_at(0).settle();
  it.run();
  CHECK(told() == strings{"1 "});
  store::journal_batch batch;
  batch.user = it.user;
  for (const auto& [name, begun] :
       {std::pair{"begun", it.node_at(1).wall},
        {"old", it.node_at(1).wall - std::chrono::hours{10'000}}}) {
    auto& nonce = batch.nonces.emplace_back();
    nonce.nonce = name;
    nonce.begun = begun;
  }
  auto& refused = batch.nonces.emplace_back(batch.nonces.front());
  refused.nonce = "refused";
  refused.answered = true;
  refused.error = "No.";
  it.store->append({&batch});
  it.irc->take();
  it.ports[0]->cut();
  // The first one finds that nobody is there, the others know it.
  for (const auto* id : {"2", "3"}) {
    CAPTURE(id);
    say("known", id);
    CHECK(told() == strings{std::string{id} + " "});
    say("begun", id);
    CHECK(told() == strings{std::string{id} + " unknown"});
    say("new", id);
    CHECK(told() == strings{std::string{id} + " again"});
    say("old", id);
    CHECK(told() == strings{std::string{id} + " again"});
  }
  say("refused", "4");
  CHECK(there->take_short() == strings{"sent 4 error No."});
  CHECK(it.irc->take().empty());
  it.ports[0]->mend();
}

TEST_CASE("an answer that the bus has lost is in the store") {
  somebody_away it;
  const auto there = it.open(1);
  there->ask(R"({"method":"send","connection_id":"irc-example","id":"7",)"
             R"("conversation_id":"#room","message":"hi","nonce":"n"})");
  it.node_at(1).settle();
  it.hub.run();
  it.ports[0]->cut();
  it.node_at(0).settle();
  it.ports[0]->mend();
  it.advance(away_user_state::keep_pause);
  auto told = there->take_short();
  std::ranges::sort(told);
  REQUIRE(told.size() == 2);
  CHECK(told[0].ends_with("private hi"));
  CHECK(told[1] == "sent 7");
}
