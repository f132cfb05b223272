// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/user_export.hpp"

#include "actors/command_line/store_commands.hpp"
#include "protocol/json_object.hpp"
#include "tests/actors/store/samples.hpp"
#include "user_fixture.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace convoy;
using namespace convoy::actors;
using namespace convoy::actors::command_line;
using convoy::tests::user_fixture;
using kind = command::kind;
using strings = std::vector<std::string>;

namespace {

struct export_fixture : user_fixture {
  export_fixture() {
    what.email = "ann@example.org";
    REQUIRE(run(kind::user_add, "correct horse\n") == 0);
    auto db = open();
    const auto id = db.find_account("ann@example.org")->id;
    protocol::connection_record connection;
    connection.id = "irc-libera";
    connection.url = "irc://irc.libera.chat/?nick=ann";
    connection.password = "battery-staple";
    connection.certificate = "PEM-of-ann";
    connection.on_connect_commands = {"/msg q identify"};
    connection.info = R"({"nick":"ann"})";
    db.put_connection(id, connection);
    store::journal_batch batch;
    batch.user = id;
    for (protocol::event_seq seq = 1; seq <= 2500; ++seq)
      batch.events.push_back(tests::message(seq, static_cast<long long>(seq),
                                            "\"" + std::to_string(seq)));
    auto conversation = tests::conversation_named("#convoy", "#Convoy");
    conversation.key = "channel-key";
    conversation.unread = 3;
    conversation.read_seq = 2497;
    batch.changed = {{"irc-libera", conversation}};
    tests::append(db, {batch});
    db.add_file({"f1", id, "a.txt", "text/plain", now, "text"}, 1000);
    db.create_session({"hash-of-session", id, now, now + std::chrono::hours{1},
                       "::1", "browser"});
    db.create_token({"t1", "hash-of-token", id, "bot", {"read"}, now});
  }

  int run_export() {
    what.what = kind::export_user;
    std::istringstream in;
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    const auto result =
        run_store_command(what, {in, out_stream, err_stream}, now);
    out = out_stream.str();
    err = err_stream.str();
    return result;
  }

  /// Every line, checked to be an object.
  std::vector<protocol::json_object> lines(const std::string& text) {
    std::vector<protocol::json_object> result;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) {
      result.emplace_back(line);
      REQUIRE(result.back().ok());
    }
    return result;
  }
};

} // namespace

TEST_CASE_FIXTURE(export_fixture, "all of one person is in it, in order") {
  CHECK(run_export() == 0);
  CHECK(err.empty());
  auto all = lines(out);
  std::map<std::string, std::size_t> counts;
  for (auto& line : all)
    ++counts[line.required_string("type")];
  CHECK(counts
        == std::map<std::string, std::size_t>{{"convoy-export", 1},
                                              {"account", 1},
                                              {"session", 1},
                                              {"token", 1},
                                              {"connection", 1},
                                              {"conversation", 1},
                                              {"event", 2500},
                                              {"file", 1},
                                              {"end", 1}});
  CHECK(all.front().required_string("type") == "convoy-export");
  CHECK(all.front().number("version") == 1);
  CHECK(all.front().required_string("email") == "ann@example.org");
  CHECK(all.back().number("events") == 2500);
  CHECK(all.back().number("files") == 1);
  std::uint64_t seq = 0;
  for (auto& line : all)
    if (line.required_string("type") == "event") {
      auto event = line.object("event");
      REQUIRE(event);
      CHECK(event->number("seq") == ++seq);
      CHECK(event->required_string("message") == "\"" + std::to_string(seq));
    }
  for (auto& line : all)
    if (line.required_string("type") == "file")
      CHECK(line.required_string("content") == "dGV4dA==");
    else if (line.required_string("type") == "conversation")
      CHECK(line.number("read_seq") == 2497);
}

TEST_CASE_FIXTURE(export_fixture, "secrets are in it only when asked for") {
  const strings secrets{"battery-staple", "PEM-of-ann", "/msg q identify",
                        "channel-key", "$argon2id$"};
  CHECK(run_export() == 0);
  for (const auto& secret : secrets)
    CHECK(out.find(secret) == std::string::npos);
  what.with_secrets = true;
  CHECK(run_export() == 0);
  for (const auto& secret : secrets)
    CHECK(out.find(secret) != std::string::npos);
  for (const auto* never : {"hash-of-session", "hash-of-token"})
    CHECK(out.find(never) == std::string::npos);
}

TEST_CASE_FIXTURE(export_fixture, "it may go to a file, which is private") {
  what.output = place.path("ann.jsonl");
  CHECK(run_export() == 0);
  CHECK(out.empty());
  CHECK(place.mode("ann.jsonl")
        == (std::filesystem::perms::owner_read
            | std::filesystem::perms::owner_write));
  CHECK(lines(place.read("ann.jsonl")).size() == 2508);
  CHECK(run_export() == 1);
  CHECK(err.find("--force") != std::string::npos);
  what.force = true;
  CHECK(run_export() == 0);
}

TEST_CASE_FIXTURE(export_fixture, "who is not there has nothing") {
  what.email = "bob@example.org";
  CHECK(run_export() == 1);
  CHECK(err == "convoy: bob@example.org: there is no such account\n");
  CHECK(out.empty());
}
