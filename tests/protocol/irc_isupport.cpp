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
