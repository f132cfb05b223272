// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace convoy::protocol;
using namespace std::chrono_literals;

TEST_CASE("capabilities") {
  irc_script it;
  it.connect();
  it.forget();

  SUBCASE("what is offered and of use is asked for, then it ends") {
    it.server(
        ":irc.example CAP * LS :sasl=PLAIN server-time batch multi-prefix");
    CHECK(it.lines() == "CAP REQ :batch multi-prefix server-time");
    CHECK(it.events()
          == "notice - <irc-libera> * LS sasl=PLAIN server-time batch "
             "multi-prefix");
    it.server(":irc.example CAP * ACK :batch multi-prefix server-time");
    CHECK(it.lines() == "CAP END");
    it.server(":irc.example CAP * ACK :batch multi-prefix server-time");
    CHECK(it.lines() == "");
    CHECK(
        it.session.info().find(
            R"("capabilities":{"batch":true,"multi-prefix":true,"sasl":true,"server-time":true})")
        != std::string::npos);
  }
  SUBCASE("a list of several lines is answered once") {
    it.server(":irc.example CAP * LS * :message-tags account-tag");
    CHECK(it.lines() == "");
    it.server(":irc.example CAP * LS :extended-join");
    CHECK(it.lines() == "CAP REQ :account-tag extended-join message-tags");
    it.server(":irc.example CAP * LS :extended-join");
    CHECK(it.lines() == "");
  }
  SUBCASE("nothing of use") {
    it.server(":irc.example CAP * LS :sasl");
    CHECK(it.lines() == "CAP END");
  }
  SUBCASE("refused") {
    it.server(":irc.example CAP * LS :server-time");
    it.forget();
    it.server(":irc.example CAP * NAK :server-time");
    CHECK(it.lines() == "CAP END");
  }
  SUBCASE("a server that does not know them") {
    it.server(":irc.example 421 * CAP :Unknown command");
    CHECK(it.events() == "");
    it.server(":irc.example 001 superman :Welcome");
    CHECK(it.lines() == "");
  }
  SUBCASE("a server that says nothing about them, or too late") {
    it.server(":irc.example 001 superman :Welcome");
    CHECK(it.lines() == "");
    it.server(":irc.example CAP superman LS :server-time");
    CHECK(it.lines() == "CAP REQ :server-time");
    it.server(":irc.example CAP superman ACK :server-time");
    CHECK(it.lines() == "");
  }
  SUBCASE("a server that dislikes the version") {
    it.server(":irc.example 410 * LS :Invalid CAP subcommand");
    CHECK(it.lines() == "CAP END");
  }
  SUBCASE("new and gone ones") {
    it.server(
        {":irc.example CAP * LS :sasl", ":irc.example 001 superman :Welcome"});
    it.forget();
    it.server(":irc.example CAP superman NEW :server-time foo=1,2");
    CHECK(it.lines() == "CAP REQ :server-time");
    it.server(":irc.example CAP superman DEL :sasl foo");
    CHECK(it.session.info().find(R"("capabilities":{"server-time":true})")
          != std::string::npos);
    CHECK(it.lines() == "");
  }
  SUBCASE("a list without an end is not waited for") {
    for (int i = 0; i < 63; ++i)
      it.server(":x CAP * LS * :batch cap" + std::to_string(i));
    CHECK(it.lines() == "");
    it.server(":x CAP * LS * :setname");
    CHECK(it.lines() == "CAP REQ :batch setname");
    it.server(":x CAP * LS * :server-time");
    CHECK(it.lines() == "");
    it.forget();
    for (int i = 0; i < 1000; ++i)
      it.server(":x CAP * LS * :more");
    CHECK(it.steps.events.size() <= 64);
    it.server(":x CAP * ACK :batch setname");
    CHECK(it.lines() == "CAP END");
  }
  SUBCASE("a server may look for us for long before it says anything") {
    it.pass(119s);
    CHECK(it.lines() == "");
    it.server(":irc.example CAP * LS :batch");
    CHECK(it.lines() == "CAP REQ :batch");
  }
  SUBCASE("a list that stops in the middle is not waited for") {
    it.server(":x CAP * LS * :batch");
    it.pass(29s);
    it.server(":x CAP * LS * :more");
    CHECK(it.lines() == "");
    it.pass(1s);
    CHECK(it.lines() == "CAP REQ :batch");
    it.pass(30s);
    CHECK(it.lines() == "CAP END");
    it.server(":x CAP * ACK :batch");
    CHECK(it.lines() == "");
  }
  SUBCASE("refused together, had one by one") {
    it.server(":irc.example CAP * LS :server-time setname");
    it.forget();
    it.server(":irc.example CAP * NAK :server-time setname");
    CHECK(it.lines() == "CAP REQ :server-time\nCAP REQ :setname");
    it.server(":irc.example CAP * ACK :server-time");
    CHECK(it.lines() == "");
    it.server(":irc.example CAP * NAK :setname");
    CHECK(it.lines() == "CAP END");
  }
  SUBCASE("garbage") {
    it.server({"CAP", "CAP *", "CAP * LS", ":x CAP * ACK :", ":x CAP * NAK",
               ":x CAP * FOO :bar", ":x CAP * NEW", ":x CAP * DEL ="});
    CHECK(it.lines() == "CAP END");
  }
}
