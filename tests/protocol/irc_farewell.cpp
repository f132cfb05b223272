// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_farewell.hpp"

#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

/// What the session says of the next try after `line`, which came before 001.
std::optional<irc_end> end_after(std::string_view line) {
  irc_script it;
  it.connect();
  it.server(line);
  return it.steps.end;
}

} // namespace

TEST_CASE("the words of servers that ban, throttle or want a password") {
  struct sample {
    std::string_view words;
    std::optional<irc_end> end;
  };
  constexpr sample samples[]{
      {"Closing Link: ann[192.0.2.1] (K-Lined)", irc_end::banned},
      {"Closing Link: 192.0.2.1 (*** Banned: spam)", irc_end::banned},
      {"Closing link: (ann@192.0.2.1) [Z-lined: no]", irc_end::banned},
      {"Closing Link: x (User has been banned from net (AKILL ID:X))",
       irc_end::banned},
      {"Closing Link: x (Your host is listed in a DNSBL)", irc_end::banned},
      {"Closing Link: x (G-lined: reconnecting too fast)", irc_end::banned},
      {"You are not welcome on this network", irc_end::banned},
      {"Closing Link: x (Throttled: Reconnecting too fast)",
       irc_end::throttled},
      {"Trying to reconnect too fast.", irc_end::throttled},
      {"Closing Link: x (Too many host connections (local))",
       irc_end::throttled},
      {"Session limit exceeded", irc_end::throttled},
      {"Server is full, try again later", irc_end::throttled},
      {"Closing Link: x (Killed (oper (you are banned)))", irc_end::throttled},
      {"Closing Link: x (Access denied: Bad password?)", irc_end::password},
      {"Closing Link: x (SASL access only)", irc_end::password},
      {"Closing Link: ann (Ping timeout: 240 seconds)", std::nullopt},
      {"Server going down", std::nullopt},
      {"", std::nullopt}};
  for (const auto& each : samples) {
    CAPTURE(each.words);
    CHECK(parse_farewell(each.words) == each.end);
  }
}

TEST_CASE("ERROR ends the connection and says what for") {
  irc_script it;
  it.welcome();
  it.server("ERROR :Closing Link: x (Z-lined: no)");
  CHECK(it.steps.give_up == "Closing Link: x (Z-lined: no)");
  CHECK(it.steps.end == irc_end::banned);
  it.forget();
  it.server("ERROR :going down");
  CHECK(it.steps.give_up == "going down");
  CHECK_FALSE(it.steps.end);
}

TEST_CASE("who is killed should not be back at once") {
  irc_script it;
  it.welcome();
  it.server(":oper!o@h KILL bob :somebody else");
  CHECK_FALSE(it.steps.give_up);
  it.server(":oper!o@h KILL superman :oper (stop it)");
  CHECK(it.steps.give_up == "oper (stop it)");
  CHECK(it.steps.end == irc_end::throttled);
}

TEST_CASE("numerics that turn us away before 001") {
  CHECK(end_after(":s 263 superman USER :Server load is too heavy")
        == irc_end::throttled);
  CHECK(end_after(":s 463 * :Your host isn't among the privileged")
        == irc_end::banned);
  CHECK(end_after(":s 464 * :Password incorrect") == irc_end::password);
  CHECK(end_after(":s 465 * :You are banned from this server")
        == irc_end::banned);
  CHECK(end_after(":s 465 * :Throttled") == irc_end::throttled);
  CHECK(end_after(":s 466 *") == irc_end::throttled);
}

TEST_CASE("a welcome takes back what was said before") {
  irc_script it;
  it.connect();
  it.server({":s 263 superman :try again", ":s 001 superman :Welcome"});
  CHECK_FALSE(it.steps.end);
}

TEST_CASE("after 001 a wrong password is no reason to stay away") {
  irc_script it;
  it.welcome();
  it.server(":s 464 superman :Password incorrect");
  CHECK_FALSE(it.steps.end);
  CHECK(it.events() == "error - <irc-libera> Password incorrect");
}
