// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/actors/store/scratch.hpp"

#include <filesystem>
#include <fstream>
#include <string>

namespace convoy::tests {

/// A CONVOS_HOME of a test's own.
struct convos_fixture {
  /// Writes a file below it, and the folders on the way.
  void put(const std::string& name, const std::string& content) const {
    const auto path = home / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary} << content;
  }

  /// One user as Convos 8 keeps them: two connections, logs of two months,
  /// notifications and a file.
  void put_ann() const {
    put("ann@example.org/user.json",
        R"({"email":"ann@example.org","uid":"4","roles":["admin"],)"
        R"("password":"$2a$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",)"
        R"("registered":"2019-01-02T03:04:05Z"})");
    put("ann@example.org/irc-wine/connection.json",
        R"({"connection_id":"irc-wine","name":"wine",)"
        R"("url":"irc://ann:pw@irc.wine.example:6697?nick=ann",)"
        R"("on_connect_commands":["/msg q login"],"conversations":[)"
        R"({"conversation_id":"#red","name":"#Red","unread":1},)"
        R"({"conversation_id":"a/b","name":"a/b","unread":0}]})");
    put("ann@example.org/irc-tea/connection.json",
        R"({"url":"irc://irc.tea.example"})");
    put("ann@example.org/irc-wine/2021/01.log",
        "2021-01-31T23:59:58 0 -!- Connected.\n");
    put("ann@example.org/irc-wine/2021/02/#red.log",
        "2021-02-01T00:00:01 0 <bob> first\n"
        "2021-02-01T00:00:03 1 <bob> ann: third\n"
        "no line of a log\n"
        "2021-02-01T00:00:05 0 <ann> fifth\n");
    put("ann@example.org/irc-wine/2021/02/a%2Fb.log",
        "2021-02-01T00:00:02 0 <a/b> second\n");
    put("ann@example.org/irc-tea/2021/02/#green.log",
        "2021-02-01T00:00:04 0 * eve is fourth\n");
    put("ann@example.org/notifications.log",
        "2021-02-01T00:00:03 irc-wine #red <bob> ann: third\n"
        "2021-02-01T00:00:06 irc-wine #gone <eve> sixth for ann\n");
    put("ann@example.org/upload/f1.json",
        R"({"id":"f1","filename":"notes.txt","saved":"2021-02-01T00:00:00Z"})");
    put("ann@example.org/upload/f1.data", "some notes");
  }

  scratch place;
  std::filesystem::path home = place.path("convos");
};

} // namespace convoy::tests
