// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/convos_line.hpp"

#include "protocol/json.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors::command_line;
using protocol::event_kind;

namespace {

/// Kind, sender, text and whether it is a highlight, as one text.
std::string read(const std::string& line) {
  const auto event = read_log_line(line);
  if (!event)
    return "none";
  return std::string{to_string(event->kind)} + "|" + event->from + "|"
         + event->text + (event->highlight ? "|!" : "");
}

const std::string time_of_all = "2021-03-04T05:06:07 ";

} // namespace

TEST_CASE("the lines of Convos 8 are of four kinds") {
  CHECK(read(time_of_all + "0 <bob> hello  there")
        == "private|bob|hello  there");
  CHECK(read(time_of_all + "1 <bob> hello ann") == "private|bob|hello ann|!");
  CHECK(read(time_of_all + "2 <bob> a  b") == "preformat|bob|a  b");
  CHECK(read(time_of_all + "3 <bob> ann") == "preformat|bob|ann|!");
  CHECK(read(time_of_all + "0 -NickServ- welcome")
        == "notice|NickServ|welcome");
  CHECK(read(time_of_all + "0 * bob waves") == "action|bob|waves");
}

TEST_CASE("what has no sender is a notice from nobody") {
  CHECK(read(time_of_all + "0 -!- Connected to irc.example.")
        == "notice||Connected to irc.example.");
  CHECK(read(time_of_all + "0 bob joined") == "notice||bob joined");
  // These forms cannot be read back by Convos either, but nothing is lost.
  CHECK(read(time_of_all + "0 <two words> x") == "notice||<two words> x");
  CHECK(read(time_of_all + "0 <> x") == "notice||<> x");
  CHECK(read(time_of_all + "0 -- x") == "notice||-- x");
}

TEST_CASE("old lines have no flag, and any text may follow") {
  CHECK(read(time_of_all + "<bob> hello") == "private|bob|hello");
  CHECK(read(time_of_all + "<5> hello") == "private|5|hello");
  CHECK(read(time_of_all + "* bob waves") == "action|bob|waves");
  CHECK(read(time_of_all + "0 <bob> ") == "private|bob|");
  CHECK(read(time_of_all + "0 <bob>") == "private|bob|");
  CHECK(read(time_of_all + "0 * bob") == "action|bob|");
  CHECK(read(time_of_all + "0 <bob> <eve> no") == "private|bob|<eve> no");
  // Latin-1, as a client of another time sent it.
  CHECK(read(time_of_all + "0 <bob> gr\xfc\xdf")
        == "private|bob|gr\u00fc\u00df");
}

TEST_CASE("the time is UTC") {
  const auto event = read_log_line(time_of_all + "0 <bob> hello");
  REQUIRE(event);
  CHECK(protocol::to_iso(event->time) == "2021-03-04T05:06:07Z");
}

TEST_CASE("a line without a time is none") {
  for (const auto* line :
       {"", "hello", "2021-03-04T05:06:07", "2021-03-04 05:06:07 0 <a> b",
        "2021-13-04T05:06:07 0 <a> b", "2021-03-04T05:06:07Z 0 <a> b",
        " 2021-03-04T05:06:07 0 <a> b"}) {
    CAPTURE(line);
    CHECK(read(line) == "none");
  }
}

TEST_CASE("a notification says where it was") {
  const auto event =
      read_notification(time_of_all + "irc-libera #Convos <bob> hi ann");
  REQUIRE(event);
  CHECK(event->connection_id == "irc-libera");
  CHECK(event->conversation_id == "#convos");
  CHECK(event->from == "bob");
  CHECK(event->text == "hi ann");
  CHECK(event->highlight);
  auto logged = *read_log_line(time_of_all + "0 <bob> hi ann");
  logged.connection_id = "irc-libera";
  logged.conversation_id = "#convos";
  CHECK(notification_key(*event) == notification_key(logged));
  logged.from = "eve";
  CHECK(notification_key(*event) != notification_key(logged));
  CHECK_FALSE(read_notification(time_of_all + "irc-libera #convos"));
  CHECK_FALSE(read_notification("irc-libera #convos <bob> hi"));
}
