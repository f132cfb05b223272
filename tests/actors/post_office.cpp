// SPDX-License-Identifier: Apache-2.0
#include "actors/post_office.hpp"

#include "small_fleet.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

// What comes over the bus, and what every node hears.

namespace {

std::string command(somebody_away& it, const std::string& text) {
  std::string result;
  it.ports[1]->request(it.commands(), std::make_shared<const std::string>(text),
                       10s, [&](const net::bus_answer& answer) {
                         const auto* body = std::get_if<std::string>(&answer);
                         result = body ? *body : "no answer";
                       });
  it.run();
  if (result.empty())
    it.hub.advance(10s);
  return result;
}

template <class Message>
bool tell(somebody_away& it, std::size_t n, const Message& what) {
  caf::scoped_actor self{it.node_at(n).system()};
  auto result = false;
  auto request =
      self->request(it.node_at(n).home->post_office, caf::infinite, what);
  it.run();
  request.receive([&](bool done) { result = done; }, [](const caf::error&) {});
  return result;
}

} // namespace

TEST_CASE("a home listens for those who live there, and for nobody else") {
  somebody_away it;
  CHECK(it.hub.heard_by(it.ports[0].get())
        == strings{"convoy.all", it.commands()});
  CHECK(it.hub.heard_by(it.ports[1].get()) == strings{"convoy.all"});
}

TEST_CASE("REST comes to the user, and its answer goes back") {
  somebody_away it;
  const auto found = command(it, R"({"do":"rest","what":"listConnections"})");
  CHECK(found.starts_with("{}\n{\"connections\":["));
  const auto gone = command(it, R"({"do":"rest","what":"hasConversation",)"
                                R"("connection_id":"irc-nowhere"})");
  CHECK(gone.starts_with(R"({"status":404,"message":)"));
}

TEST_CASE("what is not known is said so, or passed over") {
  somebody_away it;
  CHECK(command(it, R"({"do":"rest","what":"flyAway"})")
            .starts_with(R"({"status":501)"));
  CHECK(command(it, R"({"do":"fly"})") == "no answer");
  CHECK(command(it, "{") == "no answer");
  for (const auto* each : {"", "{", "[]", R"({"revoke":1})", R"({"fly":true})"})
    it.ports[1]->publish("convoy.all",
                         std::make_shared<const std::string>(each));
  it.run();
  CHECK(command(it, R"({"do":"rest","what":"listConnections"})")
        != "no answer");
}

TEST_CASE("somebody who is expelled anywhere leaves everywhere") {
  somebody_away it{3};
  const auto home = it.open(0);
  const auto there = it.open(2);
  CHECK(tell(it, 1, expel_user{it.user, "Enough."}));
  for (const auto& each : {home, there}) {
    REQUIRE(each->closed);
    CHECK(each->closed->reason == "Enough.");
    CHECK(each->closed->code == 1008);
  }
  CHECK(it.irc->closing);
  CHECK(it.hub.heard_by(it.ports[0].get()) == strings{"convoy.all"});
  const auto late = it.open(2);
  CHECK(late->closed);
  caf::anon_send(it.node_at(2).home->post_office, readmit_user{it.user});
  it.run();
  const auto again = it.open(2);
  it.advance(5s);
  again->load();
  it.run();
  CHECK_FALSE(again->closed);
}

TEST_CASE("nobody says that somebody has left who may not have") {
  somebody_away it;
  it.ports[1]->cut();
  CHECK_FALSE(tell(it, 1, expel_user{it.user, "Enough."}));
  it.ports[1]->mend();
}

TEST_CASE("what one admin sets holds on every node") {
  somebody_away it;
  const auto site_at = [&](std::size_t n) {
    caf::scoped_actor self{it.node_at(n).system()};
    std::string result;
    auto request =
        self->request(it.node_at(n).home->site, caf::infinite, get_site{});
    it.run();
    request.receive(
        [&](const site_is& now) { result = now.site->organization_name; },
        [](const caf::error&) {});
    return result;
  };
  const auto known = site_at(1);
  site_settings before;
  before.organization_name = known;
  auto after = before;
  after.organization_name = "Ann's";
  caf::anon_send(it.node_at(0).home->site, change_site{before, after});
  it.run();
  CHECK(site_at(0) == "Ann's");
  CHECK(site_at(1) == "Ann's");
}

TEST_CASE("what was said while the bus was away is read when it is back") {
  somebody_away it;
  const auto profiles_at = [&](std::size_t n) {
    caf::scoped_actor self{it.node_at(n).system()};
    std::size_t result = 0;
    auto request = self->request(it.node_at(n).home->profiles, caf::infinite,
                                 get_profiles{});
    it.run();
    request.receive(
        [&](const all_profiles& now) { result = now.profiles->size(); },
        [](const caf::error&) {});
    return result;
  };
  it.ports[1]->cut();
  protocol::connection_profile profile;
  profile.id = "irc-example";
  profile.url = "irc://irc.example.net:6697";
  caf::anon_send(it.node_at(0).home->profiles, save_profile{profile});
  it.run();
  CHECK(profiles_at(0) == 1);
  CHECK(profiles_at(1) == 0);
  it.ports[1]->mend();
  it.advance(5s);
  CHECK(profiles_at(1) == 1);
}
