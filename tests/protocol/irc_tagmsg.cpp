// SPDX-License-Identifier: Apache-2.0
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("typing passes") {
  irc_script it(irc_script::default_settings(),
                {irc_script::channel("#a"), irc_script::channel("bob")});
  it.welcome();
  it.server({"@+typing=active :bob!b@h TAGMSG #a",
             "@+typing=paused :bob!b@h TAGMSG @#a",
             "@+typing=done :Bob!b@h TAGMSG superman"});
  CHECK(it.passing()
        == "typing #a <bob> active\n"
           "typing #a <bob> paused\n"
           "typing bob <Bob> done");
  SUBCASE("but for what is no typing") {
    it.server({"@+typing=dancing :bob!b@h TAGMSG #a", ":bob!b@h TAGMSG #a",
               "@+typing :bob!b@h TAGMSG #a", "TAGMSG",
               "@+typing=active TAGMSG #a"});
    CHECK(it.passing() == "");
  }
  SUBCASE("but for our own") {
    it.server("@+typing=active :superman!sm@h TAGMSG #a");
    CHECK(it.passing() == "");
  }
  SUBCASE("and makes no conversation") {
    it.server({"@+typing=active :eve!e@h TAGMSG superman",
               "@+typing=active :eve!e@h TAGMSG #b"});
    CHECK(it.passing() == "");
    CHECK(it.session.conversations().size() == 2);
  }
  SUBCASE("and is not kept without end") {
    for (int i = 0; i < 1000; ++i)
      it.server("@+typing=active :bob!b@h TAGMSG #a");
    CHECK(it.steps.passing.size() == 32);
  }
  CHECK(it.events() == "");
}

TEST_CASE("reactions are messages") {
  irc_script it(irc_script::default_settings(), {irc_script::channel("#a")});
  it.welcome();
  it.server("@+draft/react=👍;+draft/reply=m1;msgid=m2 :bob!b@h TAGMSG #a");
  CHECK(it.events() == R"(reaction #a <bob> 👍 {"msgid":"m2","reply_to":"m1"})");
  it.server("@+react=lol;+reply=m1 :superman!sm@h TAGMSG #a");
  CHECK(it.events() == R"(reaction #a <superman> lol {"reply_to":"m1"})");
  it.server({"@+draft/react=👍 :bob!b@h TAGMSG #a",
             "@+draft/react=;+draft/reply=m1 :bob!b@h TAGMSG #a",
             "@+draft/react=x;+draft/reply=m1 :bob!b@h TAGMSG #unknown"});
  CHECK(it.events() == "");
}

TEST_CASE("REDACT") {
  irc_script it(irc_script::default_settings(),
                {irc_script::channel("#a"), irc_script::channel("bob")});
  it.welcome();
  it.server(":bob!b@h REDACT #a m1 :wrong window");
  CHECK(it.events() == "redact #a bob m1: wrong window");
  it.server({":bob!b@h REDACT superman m2", ":bob!b@h REDACT #unknown m3",
             ":bob!b@h REDACT #a"});
  CHECK(it.events() == "redact bob bob m2");
}
