// SPDX-License-Identifier: Apache-2.0
#include "actors/channel_lists.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

constexpr protocol::user_id ann{1};
constexpr protocol::user_id bob{2};

struct lists {
  void hear(const list_heard& what) {
    caf::anon_send(world.home->channel_lists, what);
    world.settle();
  }
  std::string ask(const std::string& network, const std::string& filter = "",
                  protocol::user_id who = ann) {
    std::string result;
    caf::scoped_actor self{world.system()};
    self->send(world.home->channel_lists, list_wanted{network, who, filter});
    world.settle();
    self->receive([&](const list_answer& found) { result = found.result; });
    return result;
  }

  deterministic world;
};

protocol::irc_listed channel(const std::string& name, bool member = false) {
  return {name, 3, "about " + name, member};
}

bool shows(const std::string& answer, const std::string& channel_id) {
  return answer.find("\"conversation_id\":\"" + channel_id + "\"")
         != std::string::npos;
}

} // namespace

TEST_CASE("one LIST serves all users of the network, and of no other") {
  lists it;
  it.hear({"irc.example.net:6697", ann, true, {channel("#One")}, false});
  CHECK(member_of(it.ask("irc.example.net:6697"), "done") == "false");
  it.hear({"irc.example.net:6697", ann, false, {channel("#two")}, true});
  const auto found = it.ask("irc.example.net:6697", "", bob);
  CHECK(shows(found, "#one"));
  CHECK(shows(found, "#two"));
  CHECK(member_of(found, "n_conversations") == "2");
  CHECK(member_of(found, "done") == "true");
  CHECK_FALSE(shows(it.ask("irc.example.net:6667"), "#one"));
}

TEST_CASE("a channel that only its members may know is shown to them") {
  lists it;
  it.hear({"net:1", ann, true, {channel("#secret", true)}, true});
  CHECK(shows(it.ask("net:1", "", ann), "#secret"));
  CHECK_FALSE(shows(it.ask("net:1", "", bob), "#secret"));
  it.hear({"net:1", bob, true, {channel("#secret")}, true});
  CHECK(shows(it.ask("net:1", "", bob), "#secret"));
}

TEST_CASE("a filter goes along") {
  lists it;
  it.hear({"net:1", ann, true, {channel("#cats"), channel("#dogs")}, true});
  const auto found = it.ask("net:1", "/cat/n");
  CHECK(shows(found, "#cats"));
  CHECK_FALSE(shows(found, "#dogs"));
}

TEST_CASE("what nobody asks for goes after an hour") {
  lists it;
  it.hear({"net:1", ann, true, {channel("#one")}, true});
  it.world.advance(59min);
  CHECK(shows(it.ask("net:1"), "#one"));
  it.world.advance(61min);
  it.ask("net:2");
  CHECK_FALSE(shows(it.ask("net:1"), "#one"));
}

TEST_CASE("when there are too many channels the oldest networks go") {
  lists it;
  std::vector<protocol::irc_listed> many;
  for (std::size_t n = 0; n < protocol::channel_list::max_channels; ++n)
    many.push_back({"#" + std::to_string(n), 1, "", false});
  it.hear({"net:1", ann, true, many, true});
  it.world.advance(1s);
  it.hear({"net:2", ann, true, many, true});
  it.world.advance(1s);
  const auto size = [&](const std::string& network) {
    return member_of(it.ask(network), "n_conversations");
  };
  CHECK(size("net:1") == "100000");
  it.world.advance(1s);
  it.hear({"net:3", ann, true, {channel("#one")}, true});
  CHECK(size("net:3") == "1");
  CHECK(size("net:1") == "100000");
  CHECK(size("net:2") == "0");
}

TEST_CASE("of so many networks the one that was used longest ago goes") {
  lists it;
  const auto network = [](std::size_t n) {
    return "net:" + std::to_string(n);
  };
  for (std::size_t n = 0; n < max_listed_networks; ++n) {
    it.hear({network(n), ann, true, {channel("#one")}, true});
    it.world.advance(1s);
  }
  CHECK(shows(it.ask(network(0)), "#one"));
  it.world.advance(1s);
  it.hear({"net:more", ann, true, {channel("#one")}, true});
  CHECK(shows(it.ask(network(0)), "#one"));
  CHECK(shows(it.ask("net:more"), "#one"));
  CHECK_FALSE(shows(it.ask(network(1)), "#one"));
}
