// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_isupport.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace convoy::protocol;

namespace {

irc_isupport with(const std::string& tokens) {
  irc_isupport result;
  const auto line = parse_irc_line(":srv 005 me " + tokens
                                   + " :are supported by this server");
  REQUIRE(line);
  result.apply(*line);
  return result;
}

} // namespace

TEST_CASE("what is supported before 005 is usual") {
  const irc_isupport it;
  CHECK(it.is_channel("#a"));
  CHECK(it.is_channel("&a"));
  CHECK_FALSE(it.is_channel("+a"));
  CHECK_FALSE(it.is_channel(""));
  CHECK(it.split_prefixes("@+bob").first == "ov");
  CHECK(it.split_prefixes("@+bob").second == "bob");
  CHECK(it.split_prefixes("~&@%+x").first == "qaohv");
  CHECK(it.split_prefixes("bob@+").first == "");
  CHECK(it.without_status("@#chan") == "#chan");
  CHECK(it.without_status("@bob") == "@bob");
  CHECK(it.takes_parameter('b', false));
  CHECK(it.takes_parameter('k', false));
  CHECK(it.takes_parameter('l', true));
  CHECK_FALSE(it.takes_parameter('l', false));
  CHECK_FALSE(it.takes_parameter('m', true));
  CHECK(it.takes_parameter('o', false));
}

TEST_CASE("005 changes it") {
  const auto it = with("CASEMAPPING=ascii CHANTYPES=#+ PREFIX=(ov)@+ "
                       "STATUSMSG=@ CHANMODES=eIbq,k,flj,CF NETWORK");
  CHECK(it.mapping == casemapping::ascii);
  CHECK(it.is_channel("+a"));
  CHECK(it.is_user_mode('v'));
  CHECK_FALSE(it.is_user_mode('q'));
  CHECK(it.takes_parameter('q', true));
  CHECK(it.takes_parameter('j', true));
  CHECK_FALSE(it.takes_parameter('j', false));
  CHECK(it.split_prefixes("~bob").second == "~bob");
  CHECK(it.without_status("+#chan") == "+#chan");
}

TEST_CASE("005 that makes no sense changes nothing") {
  for (const auto* tokens : {"PREFIX=ov@+", "PREFIX=(ov)@", "PREFIX=(ov",
                             "PREFIX=)(", "CASEMAPPING=klingon", "="}) {
    CAPTURE(tokens);
    const auto it = with(tokens);
    CHECK(it.prefix_modes == "qaohv");
    CHECK(it.prefix_signs == "~&@%+");
    CHECK(it.mapping == casemapping::rfc1459);
  }
  CHECK(with("PREFIX=").split_prefixes("@bob").second == "@bob");
}

TEST_CASE("numbers, lists and words of 005") {
  const auto it =
      with("NICKLEN=30 MODES=20 LINELEN=2048 MONITOR=100 CHATHISTORY=1000 WHOX "
           "UTF8ONLY BOT=B EXCEPTS INVEX=J EXTBAN=\\x20,q\\x3Dx");
  CHECK(it.nick_length == 30);
  CHECK(it.max_modes == 20);
  CHECK(it.line_length == 2048);
  CHECK(it.monitor == std::size_t{100});
  CHECK(it.chathistory == std::size_t{1000});
  CHECK(it.whox);
  CHECK(it.utf8_only);
  CHECK(it.bot_mode == 'B');
  CHECK(it.ban_exceptions == 'e');
  CHECK(it.invite_exceptions == 'J');
  CHECK(it.extended_bans == " ,q=x");
  CHECK(it.is_list_mode('b'));
  CHECK_FALSE(it.is_list_mode('k'));
}

TEST_CASE("how many targets a command may name") {
  CHECK(with("A").max_targets("JOIN", 4) == 4);
  const auto it = with("TARGMAX=NAMES:1,JOIN:,PRIVMSG:4,,:7,KICK:x");
  CHECK(it.max_targets("NAMES", 9) == 1);
  CHECK(it.max_targets("PRIVMSG", 9) == 4);
  CHECK(it.max_targets("JOIN", 9) == irc_isupport::unlimited);
  CHECK(it.max_targets("WHOIS", 9) == 9);
  CHECK(it.max_targets("KICK", 9) == 9);
  CHECK(with("MAXTARGETS=20").max_targets("JOIN", 4) == 20);
}

TEST_CASE("which tags may be sent, which references are taken") {
  CHECK(with("A").allows_tag("typing"));
  CHECK(with("A").takes_reference("msgid"));
  CHECK_FALSE(with("CLIENTTAGDENY=typing,draft/react").allows_tag("typing"));
  CHECK(with("CLIENTTAGDENY=typing").allows_tag("draft/react"));
  const auto it = with("CLIENTTAGDENY=*,-typing MSGREFTYPES=timestamp");
  CHECK(it.allows_tag("typing"));
  CHECK_FALSE(it.allows_tag("draft/react"));
  CHECK_FALSE(it.takes_reference("msgid"));
  CHECK(it.takes_reference("timestamp"));
}

TEST_CASE("what is taken back is as before") {
  const auto it = with("NICKLEN=30 -NICKLEN MONITOR=5 -MONITOR WHOX -WHOX "
                       "PREFIX=(y)! -PREFIX EXCEPTS -EXCEPTS TARGMAX=JOIN:1 "
                       "-TARGMAX CASEMAPPING=ascii -CASEMAPPING -UNKNOWN -");
  CHECK(it.nick_length == irc_isupport::unlimited);
  CHECK_FALSE(it.monitor);
  CHECK_FALSE(it.whox);
  CHECK(it.prefix_signs == "~&@%+");
  CHECK(it.prefix_modes == "qaohv");
  CHECK(it.ban_exceptions == 0);
  CHECK(it.max_targets("JOIN", 4) == 4);
  CHECK(it.mapping == casemapping::rfc1459);
}

TEST_CASE("numbers that are none change nothing") {
  const auto it =
      with("NICKLEN=99999999999999999999999 MODES=-1 LINELEN=1 MONITOR=1x "
           "CHATHISTORY= BOT= EXTBAN=\\x0A\\x2 MAXTARGETS=9=9");
  CHECK(it.nick_length == irc_isupport::unlimited);
  CHECK(it.max_modes == 3);
  CHECK(it.line_length == 512);
  CHECK_FALSE(it.monitor);
  CHECK(it.chathistory == irc_isupport::unlimited);
  CHECK(it.bot_mode == 0);
  CHECK(it.extended_bans == "\\x0A\\x2");
  CHECK(it.max_targets("JOIN", 4) == 4);
  CHECK(with("LINELEN=1000000").line_length == 4096);
}
