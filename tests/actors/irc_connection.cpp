// SPDX-License-Identifier: Apache-2.0
#include "actors/irc_connection.hpp"

#include "one_network.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

constexpr auto local = "irc://localhost:6667?tls=0";

} // namespace

// -- the way up ---------------------------------------------------------------

TEST_CASE("a wanted connection dials what its URL says") {
  network it{
      "ircs://irc.example.net:7000?tls_verify=0&local_address=192.0.2.9"};
  REQUIRE(it.dials() == 1);
  CHECK(it.link().where.host == "irc.example.net");
  CHECK(it.link().where.port == 7000);
  CHECK(it.link().where.tls);
  CHECK_FALSE(it.link().where.tls_verify);
  CHECK(it.link().where.local_address == "192.0.2.9");
}

TEST_CASE("a connection that is not wanted rests") {
  network it{"irc://irc.example.net:6697", false};
  it.world.advance(24h);
  CHECK(it.dials() == 0);
}

TEST_CASE("once up it registers and rejoins") {
  network it;
  it.link().accept();
  it.world.settle();
  CHECK(it.link().take()
        == strings{"CAP LS 302", "NICK ann",
                   "USER ann 0 * :https://convoy.chat"});
  it.link().tell(":irc.example.net 001 ann :Welcome");
  it.world.settle();
  CHECK(it.link().take() == strings{"JOIN #room"});
}

TEST_CASE("states are told in order with what they say to people") {
  network it{"irc://irc.example.net:6697", false};
  it.socket->say("/connect", "");
  it.world.run();
  CHECK(it.last_state_text() == "Connecting to irc.example.net.");
  it.link().accept();
  it.world.run();
  CHECK(it.last_state_text() == "Connected to irc.example.net.");
  it.link().end("Connection reset by peer");
  it.world.run();
  CHECK(it.last_state_text()
        == "Connection reset by peer. Reconnecting in 4s...");
}

// -- /connect, /disconnect, /reconnect ----------------------------------------

TEST_CASE("/connect while offline is answered once the dialer lets it") {
  network it{"irc://irc.example.net:6697", false};
  CHECK(it.command("/connect") == strings{"connecting", "sent 1"});
  CHECK(it.dials() == 1);
  CHECK(it.wanted());
  CHECK(it.command("/connect") == strings{"sent 1 error Connecting."});
  CHECK(it.dials() == 1);
}

TEST_CASE("/connect to this machine is answered when it is up, or not") {
  network it{local, false};
  CHECK(it.command("/connect") == strings{"connecting"});
  it.link().accept();
  it.world.run();
  CHECK(it.told() == strings{"sent 1", "connected"});
  CHECK(it.command("/connect") == strings{"sent 1"});
  CHECK(it.command("/disconnect") == strings{"disconnecting"});
  it.world.settle();
  CHECK(it.told() == strings{"disconnected", "sent 1"});
  CHECK(it.command("/connect") == strings{"connecting"});
  it.link().end("Connection refused.");
  it.world.run();
  CHECK(it.told()
        == strings{"sent 1 error Connection refused.", "disconnected"});
}

TEST_CASE("/connect while it backs off does not wait") {
  network it;
  it.link().end("Refused.");
  it.world.settle();
  it.told();
  CHECK(it.command("/connect") == strings{"connecting", "sent 1"});
  CHECK(it.dials() == 2);
  it.link().accept();
  it.world.advance(10s);
  CHECK(it.dials() == 2);
  // The end of the wait did not end the connection.
  CHECK(it.command("/connect") == strings{"connected", "sent 1"});
}

TEST_CASE("/disconnect while connected says QUIT once and rests") {
  network it;
  it.world.welcome();
  it.told();
  CHECK(it.command("/disconnect") == strings{"disconnecting"});
  CHECK(it.link().take() == strings{"QUIT :https://convoy.chat"});
  CHECK(it.link().closing);
  CHECK(it.command("/disconnect") == strings{"sent 1 error Disconnecting."});
  CHECK(it.command("/connect") == strings{"sent 1 error Disconnecting."});
  CHECK(it.command("/disconnect") == strings{"sent 1 error Disconnecting."});
  it.world.settle();
  CHECK(it.told() == strings{"disconnected", "sent 1"});
  CHECK_FALSE(it.wanted());
  it.world.advance(1h);
  CHECK(it.dials() == 1);
}

TEST_CASE("/disconnect while dialing calls the dial off") {
  network it;
  auto& first = it.link();
  CHECK(it.command("/disconnect") == strings{"disconnected", "sent 1"});
  CHECK(first.closing);
  it.world.advance(1h);
  CHECK(it.dials() == 1);
  CHECK(it.command("/connect") == strings{"connecting", "sent 1"});
}

TEST_CASE("/disconnect while queued leaves the queue to others") {
  network it;
  const auto bob = it.world.add_user("bob@example.org", "b");
  it.world.add_connection(bob);
  const auto other = it.world.open_socket("b");
  const auto eve = it.world.add_user("eve@example.org", "e");
  it.world.add_connection(eve);
  it.world.open_socket("e");
  CHECK(it.dials() == 1);
  other->say("/disconnect", "");
  it.world.settle();
  CHECK(other->take_short().back() == "sent 1");
  it.link().accept();
  it.world.settle();
  it.world.advance(4s);
  CHECK(it.dials() == 2);
  it.link().accept();
  it.world.settle();
  it.world.advance(1h);
  CHECK(it.dials() == 2);
}

TEST_CASE("/disconnect while it backs off ends that") {
  network it;
  it.link().end("Refused.");
  it.world.settle();
  it.told();
  CHECK(it.command("/disconnect") == strings{"sent 1"});
  it.world.advance(1h);
  CHECK(it.dials() == 1);
}

TEST_CASE("/reconnect says QUIT and dials again") {
  network it;
  it.world.welcome();
  it.told();
  CHECK(it.command("/reconnect") == strings{"disconnecting"});
  CHECK(it.link().take() == strings{"QUIT :https://convoy.chat"});
  CHECK(it.command("/reconnect") == strings{"sent 1 error Disconnecting."});
  it.link().end();
  it.world.advance(4s);
  CHECK(it.told() == strings{"disconnected", "connecting", "sent 1"});
  CHECK(it.dials() == 2);
  CHECK(it.command("/reconnect") == strings{"sent 1 error Connecting."});
}

TEST_CASE("/reconnect needs a connection that is wanted") {
  network it{"irc://irc.example.net:6697", false};
  CHECK(it.command("/reconnect")
        == strings{"sent 1 error Does not want to be connected."});
}

TEST_CASE("/disconnect behind /reconnect wins, and both are answered") {
  network it;
  it.world.welcome();
  it.told();
  it.socket->say("/reconnect", "", "r");
  it.socket->say("/disconnect", "", "d");
  it.world.settle();
  const auto told = it.told();
  CHECK(std::ranges::count(told, "sent r error Connection closed.") == 1);
  CHECK(std::ranges::count(told, "sent d") == 1);
  it.world.advance(1h);
  CHECK(it.dials() == 1);
}

// -- sockets of before --------------------------------------------------------

TEST_CASE("an old socket has no say any more") {
  network it{local};
  it.world.welcome();
  const auto old = it.world.connector.links.at(0);
  const auto observer = old->observer;
  it.command("/reconnect");
  it.world.settle();
  REQUIRE(it.dials() == 2);
  it.link().accept();
  it.world.run();
  it.told();
  const auto ghost = it.world.database->load_user(it.user)->last_seq;
  observer->on_lines(
      {*protocol::parse_irc_line(":x!y@z PRIVMSG #room :ghost")});
  observer->on_written(99);
  observer->on_connected({});
  it.world.run();
  CHECK(it.socket->take().empty());
  CHECK(it.world.database->load_user(it.user)->last_seq == ghost);
  CHECK_FALSE(it.link().closing);
}

TEST_CASE("a link that is lost answers what waited for it") {
  network it;
  it.world.welcome();
  it.told();
  it.socket->say("unwritten", "#room", "u");
  it.socket->say("/names", "#room", "n");
  it.world.run();
  CHECK(it.told().empty());
  it.link().end("Connection reset by peer.");
  it.world.run();
  auto told = it.told();
  std::ranges::sort(told);
  CHECK(told
        == strings{"disconnected", "sent n error Connection closed.",
                   "sent u error Connection closed."});
}

TEST_CASE("what has begun to leave when a link is lost is unknown") {
  network it;
  it.world.welcome();
  it.told();
  it.socket->say("unwritten", "#room", "u");
  it.socket->say("/names", "#room", "n");
  it.world.run();
  SUBCASE("the socket ends") {
    it.link().end("Connection reset by peer.");
  }
  SUBCASE("the server says so") {
    it.link().tell("ERROR :Closing link");
  }
  SUBCASE("it is closed by us, and what is left is not written") {
    it.socket->say("/disconnect", "", "d");
    it.world.run();
    it.link().end();
  }
  it.world.run();
  strings codes;
  for (const auto& each : it.socket->take())
    if (member_of(each, "event") == "sent" && member_of(each, "id") != "d")
      codes.push_back(member_of(each, "id") + " " + member_of(each, "code"));
  std::ranges::sort(codes);
  CHECK(codes == strings{"n unknown", "u unknown"});
}

TEST_CASE("an echo that comes behind QUIT is shown and answered") {
  network it;
  it.link().accept();
  it.world.run();
  it.link().tell({":irc.example.net CAP * LS :echo-message",
                  ":irc.example.net CAP * ACK :echo-message",
                  ":irc.example.net 001 ann :Welcome",
                  ":ann!ann@host JOIN #room"});
  it.world.settle();
  it.socket->take();
  it.socket->say("one", "#room", "1");
  it.socket->say("two", "#room", "2");
  it.socket->say("/disconnect", "", "d");
  it.world.run();
  it.link().flush();
  it.world.run();
  CHECK(it.told() == strings{"disconnecting"});
  it.link().tell({":ann!ann@host PRIVMSG #room :one",
                  ":bob!b@host PRIVMSG #room :bye", "ERROR :Closing link"});
  it.world.run();
  const auto shown = it.socket->take_short();
  REQUIRE(shown.size() == 2);
  CHECK(shown[0].ends_with("private one"));
  CHECK(shown[1] == "sent 1");
  it.link().end();
  it.world.run();
  CHECK(
      it.told()
      == strings{"disconnected", "sent 2 error Connection closed.", "sent d"});
  CHECK(it.dials() == 1);
}

TEST_CASE("who leaves at once hears no last words") {
  network it;
  it.world.welcome();
  it.told();
  caf::anon_send(it.world.user_actor(it.user),
                 go_away{1012, "resume elsewhere", go_away::manner::at_once});
  it.world.run();
  CHECK(it.link().aborted);
  it.link().tell({":bob!b@host PRIVMSG #room :late", "ERROR :Closing link"});
  it.world.run();
  it.link().end();
  it.world.advance(1h);
  CHECK(it.dials() == 1);
}

TEST_CASE("a silent server is asked, and then given up") {
  network it;
  it.world.welcome();
  it.told();
  it.world.advance(119s);
  CHECK(it.link().take().empty());
  it.world.advance(1s);
  CHECK(it.link().take() == strings{"PING :irc.example.net"});
  it.world.advance(120s);
  CHECK(it.last_state_text() == "Connection timeout! Reconnecting in 4s...");
  CHECK(it.world.connector.links.at(0)->closing);
}

TEST_CASE("deadlines do not pile up with the commands") {
  network it;
  it.world.welcome();
  const auto before = it.world.pending_timers();
  for (auto n = 0; n < 100; ++n) {
    it.socket->say("/names", "#room");
    it.world.settle();
    it.link().tell(":irc.example.net 366 ann #room :End of /NAMES list.");
    it.world.advance(20s);
  }
  CHECK(it.world.pending_timers() <= before + 4);
}

// -- back-pressure ------------------------------------------------------------

TEST_CASE("a store that is behind stops the reading until it has caught up") {
  auto config = deterministic::quick();
  config.max_uncommitted_events = 4;
  network it{"irc://irc.example.net:6697", true, config};
  it.world.welcome();
  it.world.hold(it.world.writer);
  const auto say = [&] {
    it.link().tell({":b!b@h PRIVMSG #room :x", ":b!b@h PRIVMSG #room :y"});
    it.world.run();
  };
  say();
  CHECK(it.link().resumed == 1);
  say();
  CHECK(it.link().resumed == 1);
  it.socket->take();
  it.world.let_go(it.world.writer);
  it.world.run();
  CHECK(it.link().resumed == 2);
  CHECK(it.socket->take().size() == 4);
  say();
  CHECK(it.link().resumed == 3);
}

TEST_CASE("a server that is not read is not taken for silent") {
  auto config = deterministic::quick();
  config.max_uncommitted_events = 1;
  network it{"irc://irc.example.net:6697", true, config};
  it.world.welcome();
  it.world.hold(it.world.writer);
  it.link().tell({":b!b@h PRIVMSG #room :x", ":b!b@h PRIVMSG #room :y"});
  it.world.run();
  it.world.advance(1h);
  CHECK(it.link().take().empty());
  it.world.let_go(it.world.writer);
  it.world.settle();
  CHECK(it.link().resumed == 1);
  it.world.advance(119s);
  CHECK(it.link().take().empty());
  it.world.advance(1s);
  CHECK(it.link().take() == strings{"PING :irc.example.net"});
  it.world.advance(1h);
  CHECK(it.link().closing);
}

TEST_CASE("the smallest bound still lets the reading go on") {
  auto config = deterministic::quick();
  config.max_uncommitted_events = 1;
  network it{"irc://irc.example.net:6697", true, config};
  it.world.welcome();
  for (std::size_t n = 1; n < 4; ++n) {
    it.link().tell(":b!b@h PRIVMSG #room :x");
    it.world.run();
    CHECK(it.link().resumed == n);
  }
}

// -- changes over REST --------------------------------------------------------

TEST_CASE("a changed nick is asked for, a changed host reconnects") {
  network it;
  it.world.welcome();
  it.world.rest("POST", "/api/connection/irc-example",
                R"({"url":"irc://irc.example.net:6697?nick=annie"})");
  CHECK(it.link().take() == strings{"NICK annie"});
  CHECK(it.dials() == 1);
  it.world.rest("POST", "/api/connection/irc-example",
                R"({"url":"irc://irc2.example.net:6697?nick=annie"})");
  CHECK(it.world.connector.links.at(0)->take()
        == strings{"QUIT :https://convoy.chat"});
  REQUIRE(it.dials() == 2);
  CHECK(it.link().where.host == "irc2.example.net");
}

TEST_CASE("a host that is given up while its dial is under way is free again") {
  network it;
  CHECK(it.dials() == 1);
  it.world.rest("POST", "/api/connection/irc-example",
                R"({"url":"irc://irc2.example.net:6697?nick=ann"})");
  REQUIRE(it.dials() == 2);
  CHECK(it.link().where.host == "irc2.example.net");
  it.world.add_connection(it.world.add_user("bob@example.org", "b"));
  it.world.open_socket("b");
  REQUIRE(it.dials() == 3);
  CHECK(it.link().where.host == "irc.example.net");
}

TEST_CASE("what is not wanted any more disconnects, and the other way round") {
  network it;
  it.world.welcome();
  it.world.rest("POST", "/api/connection/irc-example",
                R"({"wanted_state":"disconnected"})");
  CHECK(it.link().closing);
  it.world.advance(30min);
  CHECK(it.dials() == 1);
  CHECK_FALSE(it.wanted());
  it.world.rest("POST", "/api/connection/irc-example",
                R"({"wanted_state":"connected"})");
  CHECK(it.dials() == 2);
}
