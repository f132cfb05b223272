// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/convos_logs.hpp"

#include "convos_fixture.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors::command_line;
using convoy::tests::convos_fixture;
using strings = std::vector<std::string>;

namespace {

struct logs_fixture : convos_fixture {
  void read() {
    user = read_convos_home(home, {}).front();
    events.clear();
    complaints.clear();
    expected.clear();
    convos_logs logs{user, [this](const std::string& what) {
                       complaints.push_back(what);
                     }};
    for (auto page = logs.next(); !page.empty(); page = logs.next()) {
      expected.push_back(logs.expected());
      most = std::max(most, page.size());
      events.insert(events.end(), page.begin(), page.end());
    }
    unreadable = logs.unreadable();
    CHECK(logs.given() == events.size());
    CHECK(logs.expected() == logs.given());
    logs.finish(user.state);
  }

  strings texts() const {
    strings result;
    for (const auto& each : events)
      result.push_back(each.text);
    return result;
  }

  convos_user user;
  std::vector<protocol::event> events;
  strings complaints;
  std::uint64_t unreadable = 0;
  std::size_t most = 0;
  std::vector<std::uint64_t> expected; ///< after each page
};

} // namespace

TEST_CASE_FIXTURE(logs_fixture, "logs of all conversations are one journal") {
  put_ann();
  read();
  CHECK(texts()
        == strings{"Connected.", "first", "second", "ann: third", "is fourth",
                   "fifth", "sixth for ann"});
  CHECK(events[0].connection_id == "irc-wine");
  CHECK(events[0].conversation_id.empty());
  CHECK(events[1].conversation_id == "#red");
  CHECK(events[1].name == "#Red");
  CHECK(events[2].conversation_id == "a/b");
  CHECK(events[4].connection_id == "irc-tea");
  CHECK(events[4].conversation_id == "#green");
  CHECK(events[4].name == "#green");
}

TEST_CASE_FIXTURE(logs_fixture, "notifications are found among the messages") {
  put_ann();
  // Convos 9 writes no flags.
  put("ann@example.org/irc-wine/2021/02/#red.log",
      "2021-02-01T00:00:03 0 <bob> ann: third\n"
      "2021-02-01T00:00:03 0 <bob> ann: third\n");
  read();
  std::vector<bool> marked;
  for (const auto& each : events)
    if (each.text == "ann: third")
      marked.push_back(each.highlight);
  CHECK(marked == std::vector<bool>{true, false});
  CHECK(events.back().text == "sixth for ann");
  CHECK(events.back().highlight);
  CHECK(events.back().notifications == 1);
  CHECK(events.back().conversation_id == "#gone");
}

TEST_CASE_FIXTURE(logs_fixture, "a line that is none is told and counted") {
  put_ann();
  read();
  CHECK(unreadable == 1);
  CHECK(complaints
        == strings{(home / "ann@example.org/irc-wine/2021/02/#red.log").string()
                   + ":3: this is not a message"});
  std::string rubbish;
  for (int n = 0; n < 30; ++n)
    rubbish += "rubbish\n";
  put("ann@example.org/irc-wine/2021/02/#red.log", rubbish);
  read();
  CHECK(unreadable == 30);
  REQUIRE(complaints.size() == 11);
  CHECK(complaints.back().ends_with("they are counted"));
}

TEST_CASE_FIXTURE(logs_fixture, "where one has read up to is kept") {
  put_ann();
  read();
  for (const auto& connection : user.state.connections)
    for (const auto& conversation : connection.conversations) {
      CAPTURE(conversation.id);
      // In #red the last of three is not read: "ann: third" is the fourth
      // event of all. All of a/b is.
      CHECK(conversation.read_seq == (conversation.id == "#red" ? 4 : 7));
      CHECK(conversation.last_time != protocol::timestamp{});
    }
}

TEST_CASE_FIXTURE(logs_fixture, "how many there will be is guessed by size") {
  put("a@b/user.json", "{}");
  put("a@b/irc-x/connection.json", R"({"url":"irc://x.org"})");
  std::string text;
  for (int n = 1000; n < 2500; ++n)
    text += "2021-02-01T00:00:01 0 <bob> " + std::to_string(n) + "\n";
  put("a@b/irc-x/2021/02/bob.log", text);
  put("a@b/irc-x/2021/03/bob.log", text);
  put("a@b/irc-x/2021/04/bob.log", text);
  read();
  // Also while half of the first month has still to be given.
  CHECK(expected == std::vector<std::uint64_t>(6, 4500));
}

TEST_CASE_FIXTURE(logs_fixture, "many lines come in pages, in order") {
  put("a@b/user.json", "{}");
  put("a@b/irc-x/connection.json", R"({"url":"irc://x.org"})");
  std::string text;
  for (int n = 0; n < 2500; ++n)
    text += "2021-02-01T00:00:01 0 <bob> " + std::to_string(n) + "\n";
  put("a@b/irc-x/2021/02/bob.log", text);
  put("a@b/irc-x/2021/02/not-a-log.txt", "x");
  put("a@b/irc-x/2020/12.log", "2020-12-01T00:00:01 0 -!- up\n");
  read();
  CHECK(most == 1000);
  REQUIRE(events.size() == 2501);
  CHECK(events[0].text == "up");
  for (std::size_t n = 0; n < 2500; ++n)
    REQUIRE(events[n + 1].text == std::to_string(n));
}
