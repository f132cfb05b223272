// SPDX-License-Identifier: Apache-2.0
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

struct talking {
  talking() {
    user = world.add_user("ann@example.org");
    world.add_connection(user, {"#room"});
    socket = world.open_socket();
    irc = &world.welcome();
  }
  void hear(const std::string& from, const std::string& text,
            const std::string& where = "#room") {
    world.advance(1s);
    irc->tell(":" + from + "!b@host PRIVMSG " + where + " :" + text);
    world.settle();
  }
  protocol::http_response get(const std::string& query) {
    return world.rest("GET", "/api/search?" + query);
  }
  /// The texts of the answer, in its order.
  std::vector<std::string> found(const std::string& query) {
    const auto body = get(query).body;
    std::vector<std::string> result;
    constexpr std::string_view key = R"("message":")";
    for (auto at = body.find(key); at != std::string::npos;
         at = body.find(key, at)) {
      at += key.size();
      result.push_back(body.substr(at, body.find('"', at) - at));
    }
    return result;
  }

  deterministic world;
  protocol::user_id user{};
  std::shared_ptr<fake_websocket> socket;
  fake_irc_link* irc = nullptr;
};

using strings = std::vector<std::string>;

} // namespace

TEST_CASE("a search without a filter finds nothing") {
  talking it;
  it.hear("bob", "hello");
  CHECK(it.get("match=").body == R"({"messages":[],"end":true})");
  CHECK(it.get("").body == R"({"messages":[],"end":true})");
}

TEST_CASE("hits say where they are, oldest first") {
  talking it;
  it.hear("bob", "hello world");
  it.hear("carl", "hello again");
  CHECK(it.found("match=hello") == strings{"hello world", "hello again"});
  const auto body = it.get("match=world").body;
  CHECK(member_of(body, "connection_id") == "irc-example");
  CHECK(member_of(body, "conversation_id") == "#room");
  CHECK(member_of(body, "from") == "bob");
  CHECK(member_of(body, "snippet") == "hello world");
  CHECK(body.find(R"("matches":[[6,5]])") != std::string::npos);
  CHECK(body.ends_with(R"("end":true})"));
}

TEST_CASE("a search is filtered by what its match says, or its parameters") {
  talking it;
  it.hear("bob", "hello one");
  it.hear("Carl", "hello two");
  it.hear("carl", "hello three", "ann");
  CHECK(it.found("match=hello%20@carl") == strings{"hello two", "hello three"});
  CHECK(it.found("match=hello%20from:CARL%20%23room") == strings{"hello two"});
  CHECK(it.found("match=%23room").size() == 2);
  CHECK(it.found("from=carl&conversation_id=carl") == strings{"hello three"});
  CHECK(it.found("match=hello&connection_id=IRC-example").size() == 3);
  CHECK(it.found("match=hello&before=2000-01-01T00:00:00Z").empty());
}

TEST_CASE("what is wrong with a search is said") {
  talking it;
  const auto unknown = it.get("match=x&connection_id=irc-other");
  CHECK(unknown.status == 404);
  CHECK(member_of(unknown.body, "message") == "Connection not found.");
  for (const auto* query : {"cursor=x", "cursor=0.0", "cursor=5.x", "sort=name",
                            "after=yesterday", "limit=0"}) {
    CAPTURE(query);
    CHECK(it.get(std::string{"match=x&"} + query).status == 400);
  }
}

TEST_CASE("a cursor goes on where the answer ended") {
  talking it;
  for (auto n = 1; n <= 5; ++n)
    it.hear("bob", "hello " + std::to_string(n));
  auto body = it.get("match=hello&limit=2").body;
  CHECK(it.found("match=hello&limit=2") == strings{"hello 4", "hello 5"});
  const auto cursor = member_of(body, "cursor");
  CHECK(it.found("match=hello&limit=2&cursor=" + cursor)
        == strings{"hello 2", "hello 3"});
  it.hear("bob", "hello 6");
  CHECK(it.found("match=hello&limit=2&cursor=" + cursor)
        == strings{"hello 2", "hello 3"});
  CHECK(it.found("match=hello&limit=2&sort=rank").size() == 2);
}

TEST_CASE("a search is bounded by numbers, and a cursor goes on in there") {
  talking it;
  for (auto n = 1; n <= 6; ++n)
    it.hear("bob", "hello " + std::to_string(n));
  // Those of the messages ascend by one.
  const auto body = it.get("match=hello%201").body;
  const auto first = std::stoul(member_of(body, "seq"));
  const auto number = [&](unsigned long n) {
    return std::to_string(first + n - 1);
  };
  CHECK(it.found("match=hello&after_seq=" + number(5)) == strings{"hello 6"});
  CHECK(it.found("match=hello&before_seq=" + number(2)) == strings{"hello 1"});
  const auto between =
      "match=hello&after_seq=" + number(1) + "&before_seq=" + number(5);
  CHECK(it.found(between) == strings{"hello 2", "hello 3", "hello 4"});
  CHECK(it.found(between + "&limit=2") == strings{"hello 3", "hello 4"});
  const auto newest = it.get(between + "&limit=2").body;
  const auto rest = between + "&cursor=" + member_of(newest, "cursor");
  CHECK(it.found(rest) == strings{"hello 2"});
  CHECK(it.get(rest).body.ends_with(R"("end":true})"));
  // A cursor does not lead out of them.
  CHECK(it.found(between + "&cursor=9999.0") == it.found(between));
  CHECK(it.found("match=hello&before_seq=0").empty());
  CHECK(it.found("match=hello&after_seq=9999").empty());
  CHECK(it.found(between + "&sort=rank").size() == 3);
  CHECK(it.found("before_seq=" + number(2) + "&after_seq=" + number(0))
        == strings{"hello 1"});
  const auto wrong = it.get("match=x&after_seq=5&before_seq=5");
  CHECK(wrong.status == 400);
  CHECK(member_of(wrong.body, "path") == "/before_seq");
  CHECK(it.get("match=x&after_seq=-1").status == 400);
  CHECK(it.get("match=x&before_seq=x").status == 400);
}

TEST_CASE("notifications are kept when they are read") {
  talking it;
  it.hear("bob", "ann: one");
  it.hear("bob", "nothing");
  it.hear("bob", "ann: two");
  it.hear("bob", "ann: alone", "ann");
  const auto all = it.world.rest("GET", "/api/notifications");
  CHECK(all.status == 200);
  CHECK(member_of(all.body, "message") == "ann: one");
  CHECK(all.body.find("alone") == std::string::npos);
  CHECK(all.body.ends_with(R"("end":true})"));
  const auto newest = it.world.rest("GET", "/api/notifications?limit=1");
  CHECK(member_of(newest.body, "message") == "ann: two");
  const auto before = member_of(newest.body, "before_seq");
  const auto older =
      it.world.rest("GET", "/api/notifications?limit=1&before_seq=" + before);
  CHECK(member_of(older.body, "message") == "ann: one");
  CHECK(member_of(it.world.rest("GET", "/api/user").body, "unread") == "2");
  it.socket->take();
  CHECK(it.world.rest("POST", "/api/notifications/read").body == "{}");
  const auto frames = it.socket->take();
  REQUIRE(frames.size() == 1);
  CHECK(member_of(frames[0], "type") == "read");
  CHECK(member_of(frames[0], "notifications") == "0");
  CHECK(member_of(frames[0], "unread") == "3");
  CHECK(member_of(it.world.rest("GET", "/api/user").body, "unread") == "0");
  CHECK(it.world.rest("GET", "/api/notifications").body == all.body);
  CHECK(it.world.rest("POST", "/api/notifications/read").status == 200);
  CHECK(it.socket->take().empty());
}
