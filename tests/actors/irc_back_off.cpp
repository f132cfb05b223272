// SPDX-License-Identifier: Apache-2.0
#include "actors/irc_connection.hpp"
#include "one_network.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

TEST_CASE("waits double up to the most, with a tenth of jitter at most") {
  network it;
  const int waits[]{4, 8, 16, 32, 64, 128, 256, 512, 900, 900};
  for (const auto wait : waits) {
    const auto before = it.dials();
    it.link().end("No route to host.");
    it.world.settle();
    CHECK(it.last_state_text()
          == "No route to host. Reconnecting in " + std::to_string(wait)
                 + "s...");
    it.world.advance(std::chrono::seconds{wait} - 1ms);
    CHECK(it.dials() == before);
    it.world.advance(std::chrono::milliseconds{wait * 100} + 2ms);
    CHECK(it.dials() == before + 1);
  }
}

TEST_CASE("only 001 starts the waits anew") {
  network it;
  it.link().end("Refused.");
  it.world.settle();
  it.world.advance(5s);
  it.link().accept();
  it.link().end();
  it.world.settle();
  CHECK(it.last_state_text() == "Connection closed. Reconnecting in 8s...");
  it.world.advance(9s);
  it.world.welcome();
  it.link().end();
  it.world.settle();
  CHECK(it.last_state_text() == "Connection closed. Reconnecting in 4s...");
}

TEST_CASE("a connection that is let in and dropped is not hammered") {
  network it;
  for (const auto wait : {4, 8, 16, 32}) {
    it.world.welcome();
    it.link().end();
    it.world.settle();
    CHECK(it.last_state_text()
          == "Connection closed. Reconnecting in " + std::to_string(wait)
                 + "s...");
    it.world.advance(std::chrono::seconds{wait * 2});
  }
  it.world.welcome();
  it.world.advance(60s);
  it.link().end();
  it.world.settle();
  CHECK(it.last_state_text() == "Connection closed. Reconnecting in 4s...");
}

TEST_CASE("who is banned is told so and not connected again by itself") {
  network it;
  it.link().accept();
  it.world.settle();
  it.link().tell({":irc.example.net 465 ann :You are banned from this server",
                  "ERROR :Closing Link: ann (no spam)"});
  it.world.settle();
  CHECK(it.last_state_text()
        == "Closing Link: ann (no spam). The server bans us. Not reconnecting "
           "until /connect.");
  CHECK(it.wanted());
  it.world.advance(24h);
  CHECK(it.dials() == 1);
  CHECK(it.command("/connect") == strings{"connecting", "sent 1"});
  CHECK(it.dials() == 2);
  // What the server said then is no reason any more.
  it.link().end("No route to host.");
  it.world.settle();
  CHECK(it.last_state_text() == "No route to host. Reconnecting in 4s...");
}

TEST_CASE("a wrong password is not tried again by itself") {
  network it;
  it.link().accept();
  it.world.settle();
  it.link().tell(":irc.example.net 464 ann :Password incorrect");
  it.world.settle();
  it.link().end("Connection closed.");
  it.world.settle();
  CHECK(it.last_state_text()
        == "Connection closed. The login was not accepted. Not reconnecting "
           "until /connect.");
  it.world.advance(24h);
  CHECK(it.dials() == 1);
}

TEST_CASE("a server that is tired of us gets a longer pause") {
  network it;
  it.world.welcome();
  it.link().tell("ERROR :Trying to reconnect too fast.");
  it.world.settle();
  CHECK(it.last_state_text()
        == "Trying to reconnect too fast. Reconnecting in 60s...");
  it.world.advance(59s);
  CHECK(it.dials() == 1);
  it.world.advance(8s);
  CHECK(it.dials() == 2);
  it.link().end("Unknown host.", protocol::irc_end::dns);
  it.world.settle();
  CHECK(it.last_state_text() == "Unknown host. Reconnecting in 120s...");
}

TEST_CASE("a name or a certificate that fails is tried again more slowly") {
  for (const auto why : {protocol::irc_end::dns, protocol::irc_end::tls}) {
    network it;
    it.link().end("Failed.", why);
    it.world.settle();
    CHECK(it.last_state_text() == "Failed. Reconnecting in 32s...");
  }
}
