// SPDX-License-Identifier: Apache-2.0
#include "actors/away_listener.hpp"

#include "actors/letter.hpp"
#include "small_fleet.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

// A home as the bus sees it.

namespace {

struct home : somebody_away {
  home() {
    heard = ports[1]->subscribe(events(), [this](const net::bus_message& what) {
      published.push_back(what.body);
    });
  }

  std::string say(const std::string& text) {
    std::string result = "nothing";
    ports[1]->request(commands(), std::make_shared<const std::string>(text),
                      10s, [&result](const net::bus_answer& answer) {
                        const auto* body = std::get_if<std::string>(&answer);
                        result = body ? *body : "nobody";
                      });
    run();
    if (result == "nothing")
      hub.advance(10s);
    return result;
  }
  std::string attach() {
    return say(R"({"do":"attach","ts":"epoch","remote_address":"192.0.2.9",)"
               R"("base_url":"https://there.example"})");
  }
  std::string place(const std::string& open = "") {
    return R"({"stream":"stream of ann@example.org","seq":)"
           + std::to_string(last()) + ",\"open\":[" + open + "]}\n";
  }

  strings published;
  std::unique_ptr<net::bus_subscription> heard;
};

constexpr auto keep = R"({"do":"keep","ts":"epoch","from":"me","asks":["1"]})";
const std::string lost = "{\"lost\":true}\n";

} // namespace

TEST_CASE("who comes is told the place, and hears what follows") {
  home it;
  CHECK(it.attach() == it.place());
  CHECK(it.store->load_user(it.user)->account.remote_address == "192.0.2.9");
  it.bob_says("hello");
  REQUIRE(it.published.size() == 1);
  const auto first = std::to_string(it.last());
  CHECK(it.published[0].starts_with("{\"first\":" + first + ",\"last\":" + first
                                    + "}\n{\"event\":\"message\""));
  CHECK(it.attach() == it.place());
  it.bob_says("once");
  CHECK(it.published.size() == 2);
}

TEST_CASE("nothing is published until somebody comes, nor when all have gone") {
  home it;
  it.bob_says("1");
  CHECK(it.published.empty());
  it.attach();
  for (auto n = 0; n < 8; ++n) {
    it.advance(10s);
    CHECK(it.say(keep) == it.place());
  }
  it.published.clear();
  it.advance(3 * away_listener_state::interest);
  CHECK(it.published == strings{"{\"moved\":true}\n"});
  it.bob_says("2");
  CHECK(it.published.size() == 1);
}

TEST_CASE("an ask is open until it is answered") {
  home it;
  it.attach();
  std::string answer;
  const std::string frame =
      R"({"method":"send","id":"7","connection_id":"irc-example",)"
      R"("conversation_id":"#room","message":"hi"})";
  it.ports[1]->request(
      it.commands(),
      seal_letter(R"({"do":"ask","ts":"epoch","from":"me","number":"1"})",
                  frame),
      100s, [&](const net::bus_answer& what) {
        answer = std::get<std::string>(what);
      });
  it.node_at(0).hold(it.node_at(0).home->archive);
  it.run();
  CHECK(it.say(keep).find(R"("open":["1"])") != std::string::npos);
  // Somebody else's is not ours.
  CHECK(it.say(R"({"do":"keep","ts":"epoch","from":"you","asks":["1"]})")
            .find(R"("open":[])")
        != std::string::npos);
  it.node_at(0).let_go(it.node_at(0).home->archive);
  it.run();
  const auto [head, body] = open_letter(answer);
  CHECK(head == "{\"seq\":" + std::to_string(it.last()) + "}");
  CHECK(member_of(body, "event") == "sent");
  CHECK(it.say(keep) == it.place());
}

TEST_CASE("a keep that nobody is there for is lost") {
  home it;
  CHECK(it.say(keep) == lost);
}

TEST_CASE("when the user's actor goes, what is open is lost and all are told") {
  home it;
  it.attach();
  std::string answer;
  it.node_at(0).hold(it.node_at(0).home->archive);
  it.ports[1]->request(
      it.commands(),
      seal_letter(R"({"do":"ask","ts":"epoch","from":"me","number":"1"})",
                  R"({"method":"send","connection_id":"irc-example",)"
                  R"("conversation_id":"#room","message":"hi"})"),
      100s, [&](const net::bus_answer& what) {
        answer = std::get<std::string>(what);
      });
  it.run();
  CHECK(answer.empty());
  const auto user = it.node_at(0).user_actor(it.user);
  caf::anon_send_exit(user, caf::exit_reason::kill);
  it.run();
  CHECK(answer == lost);
  REQUIRE_FALSE(it.published.empty());
  CHECK(it.published.back() == "{\"moved\":true}\n");
  it.node_at(0).let_go(it.node_at(0).home->archive);
  it.run();
}
