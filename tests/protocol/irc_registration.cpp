// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace convoy::protocol;
using namespace std::chrono_literals;

TEST_CASE("registration is written at once") {
  SUBCASE("with what there is to say") {
    irc_script it;
    it.connect();
    CHECK(it.lines()
          == "CAP LS 302\n"
             "NICK superman\n"
             "USER superman 0 * :https://convoy.chat");
  }
  SUBCASE("with password, user, mode and real name") {
    auto settings = irc_script::default_settings();
    settings.password = "s3cret word";
    settings.user = "~clark";
    settings.user_mode = "8";
    settings.realname = "Clark Kent";
    irc_script it(settings);
    it.connect();
    CHECK(it.lines()
          == "CAP LS 302\n"
             "PASS :s3cret word\n"
             "NICK superman\n"
             "USER xclark 8 * :Clark Kent via https://convoy.chat");
  }
  SUBCASE("no setting can put in a line or a parameter") {
    auto settings = irc_script::default_settings();
    settings.nick = "super man\nJOIN #a";
    settings.password = "a\r\nQUIT";
    settings.user = "clark kent\nQUIT";
    settings.user_mode = ":0\nQUIT";
    settings.realname = std::string("Clark\0 Kent\nQUIT", 16);
    settings.product_url = "https://x\nQUIT";
    irc_script it(settings);
    it.connect();
    CHECK(it.lines()
          == "CAP LS 302\n"
             "PASS :a\n"
             "NICK super\n"
             "USER clark 0 * :Clark Kent via https://x");
  }
}

TEST_CASE("001 makes us welcome") {
  irc_script it;
  it.connect();
  it.forget();
  it.server(":irc.example 001 Superman :Welcome to IRC");
  CHECK(it.events() == "private - <irc.example> Welcome to IRC\ninfo");
  CHECK(it.steps.registered);
  CHECK(it.session.nick() == "Superman");
  it.forget();
  it.server(":irc.example 001 Superman :Again");
  CHECK_FALSE(it.steps.registered);
}

TEST_CASE("info tells what is known") {
  irc_script it;
  CHECK(it.session.info()
        == R"({"authenticated":false,"capabilities":{},"nick":"superman"})");
  it.connect();
  it.server({":irc.example 001 superman :Welcome",
             ":irc.example 004 superman irc.example v1 iow nt"});
  CHECK(it.session.info()
        == R"({"authenticated":false,"capabilities":{},"nick":"superman",)"
           R"("real_host":"irc.example","socket":{"address":"198.51.100.7",)"
           R"("port":6697,"tls":true,"local_address":null},"version":"v1",)"
           R"("available_user_modes":"iow","available_channel_modes":"nt"})");
}

TEST_CASE("a nick that is taken") {
  irc_script it;
  it.connect();
  it.forget();

  SUBCASE("at registration the next one is tried at once") {
    it.server(":irc.example 433 * superman :Nickname is already in use");
    CHECK(it.lines() == "NICK superman_");
    CHECK(it.events()
          == "error - <irc-libera> Nickname superman is already in use.\ninfo");
    CHECK(it.session.nick() == "superman_");
    it.server({":irc.example 433 * superman :Nickname is already in use",
               ":irc.example 433 * superman_ :Nickname is already in use"});
    CHECK(it.events()
          == "info\n"
             "error - <irc-libera> Nickname superman_ is already in use.\n"
             "info");
  }
  SUBCASE("for 436 and 437 too") {
    it.server(":irc.example 436 * superman :Nickname collision KILL");
    CHECK(it.lines() == "NICK superman_");
    it.server(":irc.example 437 * superman_ :Nick is temporarily unavailable");
    CHECK(it.lines() == "NICK superman__");
  }
  SUBCASE("but not forever") {
    for (int i = 0; i < 40; ++i)
      it.server(":irc.example 433 * superman :Nickname is already in use");
    CHECK(it.session.nick() == "superman" + std::string(16, '_'));
  }
  SUBCASE("the wanted one is asked for again until it is ours") {
    it.server({":irc.example 433 * superman :Nickname is already in use",
               ":irc.example 001 superman_ :Welcome"});
    it.forget();
    it.pass(59s);
    CHECK(it.lines() == "");
    it.pass(1s);
    CHECK(it.lines() == "ISON superman");
    it.server(":irc.example 303 superman_ :");
    CHECK(it.lines() == "NICK superman");
    it.server(
        ":irc.example 433 superman_ superman :Nickname is already in use");
    CHECK(it.lines() == "");
    CHECK(it.events() == "");
    it.pass(60s);
    CHECK(it.lines() == "ISON superman");
    it.server(":irc.example 303 superman_ :");
    CHECK(it.lines() == "NICK superman");
    it.server(":superman_!sm@host NICK superman");
    CHECK(it.events() == "info");
    CHECK(it.steps.wanted_nick == "superman");
    it.pass(60s);
    CHECK(it.lines() == "");
  }
  SUBCASE("an invalid one is told") {
    it.server(":irc.example 432 * superman :Erroneous nickname");
    CHECK(it.lines() == "");
    CHECK(it.events() == "error - <irc-libera> Invalid nickname superman.");
  }
}
