// SPDX-License-Identifier: Apache-2.0
#include "actors/connection_wish.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors;

namespace {

protocol::connection_record made(create_connection wish) {
  auto result = make_connection_record(wish, "ann@example.org");
  REQUIRE(std::holds_alternative<protocol::connection_record>(result));
  return std::get<protocol::connection_record>(result);
}

record_change changed(const protocol::connection_record& old,
                      const std::string& url) {
  update_connection wish;
  wish.url = url;
  auto result = change_connection_record(wish, old);
  REQUIRE(std::holds_alternative<record_change>(result));
  return std::get<record_change>(result);
}

} // namespace

TEST_CASE("a wish becomes a record without secrets in its URL") {
  const auto record = made({"irc://joe:secret@irc.libera.chat:6697/%23a%20key",
                            "",
                            {" /msg x y ", "  "},
                            false});
  CHECK(record.id == "irc-libera");
  CHECK(record.password == "secret");
  CHECK(record.url.find("secret") == std::string::npos);
  CHECK(record.url.find("key") == std::string::npos);
  CHECK(record.url.find("nick=ann") != std::string::npos);
  CHECK_FALSE(record.wanted);
  CHECK(record.on_connect_commands == std::vector<std::string>{"/msg x y"});
  REQUIRE(record.conversations.size() == 1);
  CHECK(record.conversations[0].name == "#a");
  CHECK(record.conversations[0].key == "key");
  CHECK(record.conversations[0].frozen == protocol::freeze::not_active);
}

TEST_CASE("the conversation that is asked for goes before that of the URL") {
  const auto record = made({"irc://irc.libera.chat/%23a", "#B k", {}, true});
  REQUIRE(record.conversations.size() == 1);
  CHECK(record.conversations[0].id == "#b");
  CHECK(record.conversations[0].key == "k");
}

TEST_CASE("a URL that is none is refused with its place") {
  const auto result = make_connection_record({"irc://", "", {}, true}, "a@b");
  REQUIRE(std::holds_alternative<refused>(result));
  CHECK(std::get<refused>(result).status == 400);
  CHECK(std::get<refused>(result).path == "/url");
}

TEST_CASE("a conversation is added once, and none without a name") {
  protocol::connection_record record;
  add_conversation(record, "", "");
  CHECK(record.conversations.empty());
  add_conversation(record, "#Room", "k");
  add_conversation(record, "#room", "other");
  add_conversation(record, "Bob", "");
  REQUIRE(record.conversations.size() == 2);
  CHECK(record.conversations[0].key == "k");
  CHECK(record.conversations[1].id == "bob");
  CHECK(record.conversations[1].frozen.empty());
}

TEST_CASE("a change asks for a reconnect when the server would notice") {
  const auto old =
      made({"irc://joe:secret@irc.libera.chat:6697/", "", {}, true});
  CHECK_FALSE(changed(old, old.url).reconnect);
  CHECK(changed(old, old.url).record.password == "secret");
  CHECK(changed(old, "irc://joe@irc.oftc.net:6697/").reconnect);
  CHECK(changed(old, "irc://joe:other@irc.libera.chat:6697/").reconnect);
  CHECK(changed(old, "irc://other@irc.libera.chat:6697/").reconnect);
  CHECK_FALSE(
      changed(old, "irc://joe@irc.libera.chat:6697/?nick=other").reconnect);
  for (const auto& param :
       {std::string{"sasl=plain"}, std::string{"authname=boss"},
        std::string{"tls_verify=0"}, std::string{"local_address=192.0.2.1"},
        "tls_fingerprint=" + std::string(64, 'a')})
    CHECK_MESSAGE(
        changed(old, "irc://joe@irc.libera.chat:6697/?" + param).reconnect,
        param);
}

TEST_CASE("a user and a password are forgotten by naming nobody") {
  const auto old =
      made({"irc://joe:secret@irc.libera.chat:6697/", "", {}, true});
  const auto kept = changed(old, "irc://irc.libera.chat:6697/").record;
  CHECK(kept.password == "secret");
  CHECK(kept.url.find("joe@") != std::string::npos);
  const auto forgotten = changed(old, "irc://:@irc.libera.chat:6697/");
  CHECK(forgotten.record.password == "");
  CHECK(forgotten.record.url.find('@') == std::string::npos);
  CHECK(forgotten.reconnect);
}

TEST_CASE("parameters that say whom to trust are checked") {
  const auto problem = [](const std::string& params) -> std::string {
    const auto url = "irc://irc.libera.chat/?" + params;
    const auto result = make_connection_record({url, "", {}, true}, "a@b");
    update_connection wish;
    wish.url = url;
    const auto change = change_connection_record(
        wish, made({"irc://irc.libera.chat/", "", {}, true}));
    const auto* why = std::get_if<refused>(&result);
    CHECK((why != nullptr) == std::holds_alternative<refused>(change));
    return why ? why->path + " " + why->message : "";
  };
  const std::string hex(62, 'a');
  CHECK(problem("tls_fingerprint=" + hex + "aa") == "");
  CHECK(problem("tls_fingerprint=AB:" + hex) == "");
  CHECK(problem("tls_fingerprint=") == "");
  for (const auto& bad : {hex, hex + "aaa", hex + "ag"})
    CHECK(problem("tls_fingerprint=" + bad)
          == "/url tls_fingerprint is not a SHA-256 in hex: 64 digits, colons "
             "allowed.");
  for (const auto* good : {"none", "plain", "EXTERNAL", "SCRAM-SHA-256",
                           "scram-sha-512", "whatever"})
    CHECK(problem(std::string{"sasl="} + good) == "");
  CHECK(problem("sasl=scram-sha-265")
        == "/url sasl is not one of none, plain, external, scram-sha-256, "
           "scram-sha-512.");
}

TEST_CASE("a nick is made from the email where none is asked for") {
  protocol::connection_url url;
  CHECK(wanted_nick(url, "ann.lee@example.org") == "ann_lee");
  CHECK(wanted_nick(url, "4ever@example.org") == "_4ever");
  CHECK(wanted_nick(url, "") == "guest");
  url.set_param("nick", "Superman");
  CHECK(wanted_nick(url, "ann@example.org") == "Superman");
}

TEST_CASE("wanted_state is one of two words") {
  const auto read = [](const char* text) {
    protocol::json_object wish{text};
    const auto wanted = wanted_state(wish);
    return std::pair{wanted, wish.ok()};
  };
  CHECK(read("{}") == std::pair{std::optional<bool>{}, true});
  CHECK(read(R"({"wanted_state":"connected"})")
        == std::pair{std::optional{true}, true});
  CHECK(read(R"({"wanted_state":"disconnected"})")
        == std::pair{std::optional{false}, true});
  CHECK_FALSE(read(R"({"wanted_state":"on"})").second);
}

TEST_CASE("of a forced connection little may be changed") {
  const std::string forced = "irc://joe@irc.libera.chat:6697/?nick=joe&tls=1";
  CHECK(with_allowed_params(
            forced, "ircs://eve:pw@evil.net:1/?nick=eve&realname=Eve&sasl=plain"
                    "&tls_verify=0&local_address=192.0.2.1&mode=8")
        == "irc://joe@irc.libera.chat:6697?nick=eve&realname=Eve&sasl=plain"
           "&tls_verify=0");
  CHECK(with_allowed_params(forced, "not a url") == "not a url");
}

TEST_CASE("what a session remembers survives a change") {
  protocol::connection_record old;
  old.url = "irc://irc.libera.chat:6697/";
  old.memory = R"({"a":1})";
  old.certificate = "PEM";
  const auto& record = changed(old, "irc://irc.oftc.net:6697/").record;
  CHECK(record.memory == old.memory);
  CHECK(record.certificate == "PEM");
}
