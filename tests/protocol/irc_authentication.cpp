// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace convoy::protocol;
using namespace std::chrono_literals;

namespace {

irc_settings with_sasl(std::string wish) {
  auto result = irc_script::default_settings();
  result.sasl = std::move(wish);
  result.user = "ann";
  result.password = "secret";
  result.nonce = "nonce";
  return result;
}

/// ACK of `sasl` has come, and nothing else is asked for.
void agree(irc_script& it, const std::string& offer = "sasl=PLAIN") {
  it.connect();
  it.forget();
  it.server(":irc.example CAP * LS :" + offer);
  CHECK(it.lines() == "CAP REQ :sasl");
  it.server(":irc.example CAP * ACK :sasl");
}

bool is_authenticated(const irc_script& it) {
  return it.session.info().starts_with(R"({"authenticated":true,)");
}

} // namespace

TEST_CASE("with SASL the password is not sent with PASS") {
  irc_script it(with_sasl("plain"));
  it.connect();
  CHECK(it.lines()
        == "CAP LS 302\nNICK superman\nUSER ann 0 * :https://convoy.chat");
  irc_script off(with_sasl("none"));
  off.connect();
  CHECK(off.lines()
        == "CAP LS 302\nPASS :secret\nNICK superman\n"
           "USER ann 0 * :https://convoy.chat");
  off.server(":irc.example CAP * LS :sasl=PLAIN");
  CHECK(off.lines() == "CAP END");
}

TEST_CASE("PLAIN, as the wire has it") {
  irc_script it(with_sasl("plain"));
  agree(it);
  CHECK(it.lines() == "AUTHENTICATE PLAIN");
  it.forget();
  it.server("AUTHENTICATE +");
  CHECK(it.lines() == "AUTHENTICATE YW5uAGFubgBzZWNyZXQ=");
  CHECK(it.events() == "notice - <irc-libera> +");
  it.server(":irc.example 900 * ann!a@b ann :You are now logged in as ann");
  CHECK(it.lines() == "CAP END");
  CHECK(it.events()
        == "notice - <irc-libera> * ann!a@b ann You are now logged in as ann\n"
           "info");
  CHECK(is_authenticated(it));
  it.server(":irc.example 903 superman :SASL authentication successful");
  CHECK(it.lines() == "");
  CHECK(it.events()
        == "notice - <irc-libera> SASL authentication successful\ninfo");
  it.server(":irc.example 001 superman :Welcome");
  CHECK(it.steps.registered);
  CHECK_FALSE(it.steps.give_up);
  SUBCASE("and is asked for anew with the next connect") {
    it.state(connection_state::disconnected, "Connection closed.");
    it.state(connection_state::connecting, "Connecting.");
    CHECK_FALSE(is_authenticated(it));
  }
  SUBCASE("and can be lost") {
    it.forget();
    it.server(":irc.example 901 superman a!b@c :You are now logged out");
    CHECK_FALSE(is_authenticated(it));
    CHECK(it.events()
          == "error - <irc-libera> a!b@c You are now logged out\ninfo");
  }
}

TEST_CASE("what a challenge says is not shown") {
  irc_script it(with_sasl("scram-sha-256"));
  agree(it, "sasl=SCRAM-SHA-256");
  it.server("AUTHENTICATE +");
  it.forget();
  it.server(
      "AUTHENTICATE cj1ub25jZTFzZXJ2ZXIscz1RU1hDUitRNnNlazhiZjkyLGk9NDA5Ng==");
  CHECK(it.events() == "");
  CHECK(it.lines().starts_with("AUTHENTICATE Yz1iaXdz"));
}

TEST_CASE("SASL that fails where it is asked for ends the connect") {
  irc_script it(with_sasl("plain"));
  // Services that are down come back; a wrong password does not get right.
  auto end = irc_end::throttled;
  SUBCASE("wrong password") {
    agree(it);
    it.server("AUTHENTICATE +");
    it.forget();
    it.server(":irc.example 904 superman :SASL authentication failed");
    CHECK(it.events()
          == "error - <irc-libera> SASL authentication failed\ninfo");
    CHECK(it.steps.give_up
          == "SASL authentication failed: SASL authentication failed");
    end = irc_end::password;
  }
  SUBCASE("a server without it") {
    it.connect();
    it.forget();
    it.server(":irc.example CAP * LS :foo");
    CHECK(it.lines() == "");
    CHECK(it.steps.give_up
          == "SASL authentication failed: The server does not offer it.");
  }
  SUBCASE("a server that does not agree") {
    it.connect();
    it.server(":irc.example CAP * LS :sasl");
    it.forget();
    it.server(":irc.example CAP * NAK :sasl");
    CHECK(it.lines() == "");
    CHECK(it.steps.give_up
          == "SASL authentication failed: The server does not offer it.");
  }
  SUBCASE("a server without capabilities") {
    it.connect();
    it.forget();
    it.server(":irc.example 421 * CAP :Unknown command");
    CHECK_FALSE(it.steps.give_up);
    it.server(":irc.example 001 superman :Welcome");
    CHECK_FALSE(it.steps.registered);
    CHECK(it.steps.give_up
          == "SASL authentication failed: The server does not offer it.");
  }
  SUBCASE("no mechanism in common") {
    agree(it, "sasl=EXTERNAL");
    CHECK(it.lines() == "");
    CHECK(it.steps.give_up
          == "SASL authentication failed: The server has only EXTERNAL, which "
             "is not what sasl=plain asks for.");
    end = irc_end::password;
  }
  SUBCASE("a server that says nothing") {
    agree(it);
    it.forget();
    REQUIRE(it.session.deadline());
    it.pass(59s);
    CHECK_FALSE(it.steps.give_up);
    it.pass(1s);
    CHECK(it.lines() == "AUTHENTICATE *");
    CHECK(it.steps.give_up
          == "SASL authentication failed: The server did not answer in time.");
  }
  SUBCASE("no certificate") {
    irc_script external(with_sasl("external"));
    agree(external, "sasl");
    CHECK(external.lines() == "");
    CHECK(external.steps.give_up
          == "SASL authentication failed: There is no client certificate to "
             "show, or no TLS.");
    CHECK(external.steps.end == irc_end::password);
    return;
  }
  CHECK(it.steps.end == end);
  CHECK_FALSE(is_authenticated(it));
}

TEST_CASE("without anything to authenticate with it goes on (spec 9.3, 6)") {
  auto settings = with_sasl("plain");
  settings.password = "";
  irc_script it(settings);
  agree(it);
  CHECK(it.lines() == "AUTHENTICATE *\nCAP END");
  it.server({":irc.example 906 * :SASL authentication aborted",
             ":irc.example 001 superman :Welcome"});
  CHECK_FALSE(it.steps.give_up);
  CHECK(it.steps.registered);
  CHECK(it.events().find("error - <irc-libera> SASL needs a user name and a "
                         "password in the connection's URL.")
        != std::string::npos);
}

TEST_CASE("908 makes it try what there is") {
  irc_script it(with_sasl("plain"));
  agree(it, "sasl");
  CHECK(it.lines() == "AUTHENTICATE SCRAM-SHA-512");
  it.forget();
  it.server(":irc.example 908 superman PLAIN,EXTERNAL :are available");
  CHECK(it.lines() == "AUTHENTICATE PLAIN");
  CHECK(it.events() == "notice - <irc-libera> PLAIN,EXTERNAL are available");
  it.server(":irc.example 904 superman :SASL authentication failed");
  CHECK(it.lines() == "");
  CHECK_FALSE(it.steps.give_up);
  it.server({"AUTHENTICATE +", ":irc.example 903 superman :Success"});
  CHECK(it.lines() == "AUTHENTICATE YW5uAGFubgBzZWNyZXQ=\nCAP END");
}

TEST_CASE("the numerics are told as they are meant (spec 6.4)") {
  irc_script it;
  it.welcome();
  const auto told = [&](const std::string& numeric) {
    it.server(":irc.example " + numeric + " superman :Text");
    return it.events();
  };
  for (const auto* numeric : {"900", "903"}) {
    CHECK(told(numeric) == "notice - <irc-libera> Text\ninfo");
    CHECK(is_authenticated(it));
  }
  CHECK(told("908") == "notice - <irc-libera> Text");
  CHECK(is_authenticated(it));
  CHECK(told("902") == "notice - <irc-libera> Text\ninfo");
  CHECK_FALSE(is_authenticated(it));
  for (const auto* numeric : {"901", "904", "905", "906", "907"}) {
    told("900");
    CHECK(told(numeric) == "error - <irc-libera> Text\ninfo");
    CHECK_FALSE(is_authenticated(it));
  }
  CHECK(it.lines() == "");
  CHECK_FALSE(it.steps.give_up);
}

TEST_CASE("SASL that comes later is used later") {
  irc_script it(with_sasl("plain"));
  agree(it);
  it.server({"AUTHENTICATE +", ":irc.example 903 * :Success",
             ":irc.example 001 superman :Welcome"});
  it.forget();
  // Services go and come again.
  it.server({":irc.example CAP superman DEL :sasl",
             ":irc.example CAP superman NEW :sasl=PLAIN",
             ":irc.example CAP superman ACK :sasl"});
  CHECK(it.lines() == "CAP REQ :sasl");
  it.server({":irc.example 901 superman a!b@c :You are now logged out",
             ":irc.example CAP superman DEL :sasl",
             ":irc.example CAP superman NEW :sasl=PLAIN",
             ":irc.example CAP superman ACK :sasl"});
  CHECK(it.lines() == "CAP REQ :sasl\nAUTHENTICATE PLAIN");
  it.server({"AUTHENTICATE +", ":irc.example 904 superman :Wrong"});
  CHECK(it.lines() == "AUTHENTICATE YW5uAGFubgBzZWNyZXQ=");
  CHECK_FALSE(it.steps.give_up);
  CHECK(it.events().find("SASL authentication failed: Wrong")
        != std::string::npos);
}

TEST_CASE("info tells the certificate") {
  auto settings = irc_script::default_settings();
  settings.certificate_fingerprint = "abcd";
  settings.certificate_sha256 = "ef";
  CHECK(irc_script(settings).session.info().find(
            R"("certificate":{"fingerprint":"abcd","sha256":"ef"})")
        != std::string::npos);
  CHECK(irc_script().session.info().find("certificate") == std::string::npos);
}

TEST_CASE("WEBIRC comes first, and only whole") {
  auto settings = irc_script::default_settings();
  settings.profile.webirc_password = "hunter2";
  const auto first = [&](std::string address) {
    settings.remote_address = std::move(address);
    irc_script it(settings);
    it.connect();
    const auto lines = it.lines();
    return lines.substr(0, lines.find('\n'));
  };
  CHECK(first("192.0.2.7") == "WEBIRC hunter2 convoy 192.0.2.7 192.0.2.7");
  CHECK(first("::1") == "WEBIRC hunter2 convoy 0::1 0::1");
  CHECK(first("2001:db8::1")
        == "WEBIRC hunter2 convoy 2001:db8::1 2001:db8::1");
  for (const auto* bad : {"", "a b", "192.0.2.7\nQUIT", "a,b"})
    CHECK(first(bad) == "CAP LS 302");
  CHECK(first(std::string(65, '1')) == "CAP LS 302");
  settings.profile.webirc_password = "";
  CHECK(first("192.0.2.7") == "CAP LS 302");
  for (const auto* bad : {"a b", ":a"}) {
    settings.profile.webirc_password = bad;
    CHECK(first("192.0.2.7") == "CAP LS 302");
  }
}

TEST_CASE("a policy to use TLS") {
  irc_script it;
  SUBCASE("is obeyed at once without TLS") {
    it.state(connection_state::connecting, "Connecting.");
    it.state(connection_state::connected, "Connected.");
    it.session.start({"198.51.100.7", 6667, false, ""}, it.now, it.steps);
    it.forget();
    SUBCASE("where it names a port") {
      it.server(":irc.example CAP * LS :sts=port=6697 server-time");
      CHECK(it.lines() == "");
      REQUIRE(it.steps.sts);
      CHECK(it.steps.sts->host == "irc.libera.chat");
      CHECK(it.steps.sts->port == 6697);
      CHECK(it.steps.end == irc_end::secure);
      CHECK(it.steps.give_up == "The server wants TLS.");
    }
    SUBCASE("and not where it does not") {
      it.server(":irc.example CAP * LS :sts=duration=100 server-time");
      CHECK_FALSE(it.steps.sts);
      CHECK_FALSE(it.steps.give_up);
      CHECK(it.lines() == "CAP REQ :server-time");
    }
    SUBCASE("also when it comes later") {
      it.server(
          {":irc.example CAP * LS :foo", ":irc.example 001 superman :Welcome"});
      it.forget();
      it.server(":irc.example CAP superman NEW :sts=port=6697");
      CHECK(it.steps.end == irc_end::secure);
    }
  }
  SUBCASE("is told with TLS, and never asked for") {
    it.connect();
    it.forget();
    it.server(":irc.example CAP * LS :sts=duration=100,port=1");
    CHECK(it.lines() == "CAP END");
    REQUIRE(it.steps.sts);
    CHECK(it.steps.sts->host == "irc.libera.chat");
    CHECK(it.steps.sts->port == 6697);
    CHECK(it.steps.sts->duration == 100s);
    CHECK_FALSE(it.steps.give_up);
  }
  SUBCASE("is nothing for an address") {
    auto settings = irc_script::default_settings();
    settings.host = "198.51.100.7";
    irc_script address(settings);
    address.connect();
    address.forget();
    address.server(":irc.example CAP * LS :sts=duration=100");
    CHECK_FALSE(address.steps.sts);
  }
}
