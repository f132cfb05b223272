// SPDX-License-Identifier: Apache-2.0
#include "actors/store/amendments.hpp"

#include "tests/actors/store/samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace convoy;
using namespace convoy::tests;
using protocol::event_kind;

namespace {

protocol::event with_id(protocol::event what, const std::string& msgid) {
  what.extra = R"({"msgid":")" + msgid + R"(","account":"bob"})";
  return what;
}

protocol::event redaction(protocol::event_seq seq, const std::string& msgid) {
  auto result = message(seq, 100, "");
  result.kind = event_kind::redact;
  result.target = msgid;
  return result;
}

protocol::event renaming(protocol::event_seq seq, const std::string& from,
                         const std::string& to) {
  auto result = message(seq, 100, "");
  result.kind = event_kind::rename;
  result.conversation_id = to;
  result.target = from;
  return result;
}

} // namespace

TEST_CASE("a message that was taken back is not served again") {
  one_user it;
  append(it.db, {batch_of(it.id, {with_id(message(1, 1, "secret"), "a"),
                                  with_id(message(2, 2, "kept"), "A"),
                                  message(3, 3, "without id")})});
  append(it.db, {batch_of(it.id, {with_id(message(4, 4, "at once"), "b"),
                                  redaction(5, "b"), redaction(6, "a"),
                                  redaction(7, "unknown"), redaction(8, "")})});
  const auto page = it.db.history(convoy_channel(it.id));
  CHECK(texts(page) == std::vector<std::string>{"", "kept", "without id", ""});
  CHECK(page.messages[0].extra == R"({"msgid":"a","redacted":true})");
  CHECK(page.messages[1].extra == R"({"msgid":"A","account":"bob"})");
  CHECK(page.messages[2].extra == "");
}

TEST_CASE("only of that connection and that user") {
  one_user it;
  it.db.put_connection(it.id, connection_named("irc-oftc"));
  auto elsewhere = with_id(message(1, 1, "elsewhere"), "a");
  elsewhere.connection_id = "irc-oftc";
  auto other = account_of("bob@example.com");
  it.db.create_account(other, true);
  append(it.db, {batch_of(it.id, {elsewhere, redaction(2, "a")}),
                 batch_of(other.id, {with_id(message(1, 1, "theirs"), "a")}),
                 batch_of(it.id, {redaction(3, "a")})});
  auto query = convoy_channel(it.id);
  query.connection_id = "irc-oftc";
  CHECK(texts(it.db.history(query)) == std::vector<std::string>{"elsewhere"});
  CHECK(texts(it.db.history(convoy_channel(other.id)))
        == std::vector<std::string>{"theirs"});
}

TEST_CASE("an id that a server gave to many is not taken back from all") {
  one_user it;
  std::vector<protocol::event> events;
  const auto count =
      static_cast<protocol::event_seq>(store::max_redacted_messages);
  for (protocol::event_seq seq = 1; seq <= count + 1; ++seq)
    events.push_back(
        with_id(message(seq, static_cast<long long>(seq), "x"), "a"));
  events.push_back(redaction(count + 2, "a"));
  append(it.db, {batch_of(it.id, std::move(events))});
  const auto left = texts(it.db.history(convoy_channel(it.id)));
  CHECK(std::count(left.begin(), left.end(), "x") == 1);
  CHECK(left.front() == "x");
}

TEST_CASE("history goes with the channel's name") {
  one_user it;
  auto fresh = message(4, 4, "two");
  fresh.conversation_id = "#new";
  append(it.db, {batch_of(it.id, {with_id(message(1, 1, "one"), "a"),
                                  renaming(2, "#convoy", "#new")})});
  append(it.db, {batch_of(it.id, {renaming(3, "#new", "#new"), fresh,
                                  redaction(5, "a")})});
  auto query = convoy_channel(it.id);
  CHECK(texts(it.db.history(query)).empty());
  query.conversation_id = "#new";
  CHECK(texts(it.db.history(query)) == std::vector<std::string>{"", "two"});
}

TEST_CASE("but not without end") {
  one_user it;
  std::vector<protocol::event> events;
  const auto count =
      static_cast<protocol::event_seq>(store::max_moved_messages);
  for (protocol::event_seq seq = 1; seq <= count + 1; ++seq)
    events.push_back(message(seq, static_cast<long long>(seq)));
  events.push_back(renaming(count + 2, "#convoy", "#new"));
  append(it.db, {batch_of(it.id, std::move(events))});
  const auto left = it.db.history(convoy_channel(it.id));
  REQUIRE(left.messages.size() == 1);
  CHECK(left.messages[0].seq == 1);
}
