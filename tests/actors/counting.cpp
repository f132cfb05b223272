// SPDX-License-Identifier: Apache-2.0
#include "actors/messages.hpp"
#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

// What actors count, by what a node says of itself.

namespace {

/// Ann, who is on IRC, and a browser of hers.
struct counted {
  explicit counted(settings config = deterministic::quick())
      : world(std::move(config)) {
    ann = world.add_user("ann@example.org");
    world.add_connection(ann, {"#room"});
    socket = world.open_socket();
  }
  /// The value behind that name, or "".
  std::string value(const std::string& name) {
    const auto text =
        "\n" + world.counts.text(world.coordinator().clock().now());
    const auto at = text.find("\n" + name + " ");
    if (at == std::string::npos)
      return "";
    const auto begin = at + name.size() + 2;
    return text.substr(begin, text.find('\n', begin) - begin);
  }
  std::string irc(const std::string& state) {
    return value("convoy_irc_connections{network=\"other\",state=\"" + state
                 + "\"}");
  }
  std::string failures(const std::string& cause) {
    return value("convoy_irc_connect_failures_total{cause=\"" + cause + "\"}");
  }
  std::string resumes(const std::string& result) {
    return value("convoy_resumes_total{result=\"" + result + "\"}");
  }

  deterministic world;
  protocol::user_id ann{};
  std::shared_ptr<fake_websocket> socket;
};

} // namespace

TEST_CASE("sessions and users are counted while they are there") {
  counted it;
  CHECK(it.value("convoy_sessions") == "1");
  CHECK(it.value("convoy_users") == "1");
  CHECK(it.value("convoy_homes") == "1");
  const auto second = it.world.open_socket();
  CHECK(it.value("convoy_sessions") == "2");
  CHECK(it.value("convoy_users") == "1");
  second->gone();
  it.world.settle();
  CHECK(it.value("convoy_sessions") == "1");
  it.world.leave();
  CHECK(it.value("convoy_sessions") == "0");
  CHECK(it.value("convoy_users") == "0");
  CHECK(it.value("convoy_homes") == "0");
}

TEST_CASE("an IRC connection is counted by what it does") {
  counted it;
  CHECK(it.irc("dialing") == "1");
  it.world.connector.last().accept();
  it.world.settle();
  CHECK(it.irc("dialing") == "0");
  CHECK(it.irc("registering") == "1");
  CHECK(it.value("convoy_irc_registration_seconds_count") == "0");
  it.world.advance(3s);
  it.world.connector.last().tell(":irc.example.net 001 ann :Welcome");
  it.world.settle();
  CHECK(it.irc("registering") == "0");
  CHECK(it.irc("online") == "1");
  CHECK(it.value("convoy_irc_registration_seconds_count") == "1");
  CHECK(it.value("convoy_irc_registration_seconds_sum") == "3");
  it.world.connector.last().end("Gone.");
  it.world.settle();
  CHECK(it.irc("online") == "0");
  CHECK(it.irc("backing_off") == "1");
  // It had come to a welcome.
  CHECK(it.failures("lost") == "0");
}

TEST_CASE("connects that fail are counted by their cause") {
  counted it;
  it.world.connector.last().end("No such name.", protocol::irc_end::dns);
  it.world.settle();
  CHECK(it.failures("dns") == "1");
  CHECK(it.failures("lost") == "0");
  CHECK(it.irc("backing_off") == "1");
}

TEST_CASE("networks that have a profile have a label") {
  settings config = deterministic::quick();
  config.default_connection = "irc://irc.example.net:6697";
  counted it{config};
  CHECK(it.irc("dialing") == "");
  CHECK(it.value(
            R"(convoy_irc_connections{network="irc-example",state="dialing"})")
        == "1");
}

TEST_CASE("events are counted once they are shown, and how long that took") {
  counted it;
  auto& link = it.world.welcome();
  const auto before = std::stoi(it.value("convoy_events_total"));
  const auto lags = std::stoi(it.value("convoy_deliver_lag_seconds_count"));
  const auto commits = std::stoi(it.value("convoy_commit_seconds_count"));
  it.world.hold(it.world.writer);
  link.tell({":bob!b@h PRIVMSG #room :one", ":bob!b@h PRIVMSG #room :two"});
  it.world.settle();
  CHECK(it.value(R"(convoy_queue_depth{queue="events_to_commit"})") == "2");
  CHECK(it.value(R"(convoy_queue_depth{queue="batches_to_commit"})") == "1");
  CHECK(std::stoi(it.value("convoy_events_total")) == before);
  const auto sum = std::stod(it.value("convoy_deliver_lag_seconds_sum"));
  it.world.advance(500ms);
  it.world.let_go(it.world.writer);
  it.world.settle();
  CHECK(it.value(R"(convoy_queue_depth{queue="events_to_commit"})") == "0");
  CHECK(it.value(R"(convoy_queue_depth{queue="batches_to_commit"})") == "0");
  CHECK(std::stoi(it.value("convoy_events_total")) == before + 2);
  CHECK(std::stoi(it.value("convoy_deliver_lag_seconds_count")) == lags + 1);
  CHECK(std::stod(it.value("convoy_deliver_lag_seconds_sum"))
        == doctest::Approx(sum + 0.5));
  CHECK(std::stoi(it.value("convoy_commit_seconds_count")) == commits + 1);
}

TEST_CASE("sessions that come back are counted by how they are answered") {
  counted it;
  it.world.welcome();
  const auto come_back = [&](const std::string& since,
                             const std::string& stream) {
    protocol::http_request request;
    request.session = "token";
    request.query = {{"since", since}, {"stream", stream}};
    auto link = std::make_shared<fake_websocket>();
    link->observer = it.world.gateway->on_websocket(request, link);
    it.world.settle();
    link->gone();
    it.world.settle();
  };
  come_back("0", "stream of ann@example.org");
  CHECK(it.resumes("resumed") == "1");
  come_back("0", "another stream");
  come_back("999999", "stream of ann@example.org");
  CHECK(it.resumes("other_stream") == "2");
  CHECK(it.resumes("too_old") == "0");
  CHECK(it.value("convoy_holes_total") == "0");
}

TEST_CASE("a session that has missed too many is counted") {
  auto config = deterministic::quick();
  config.max_resumed_events = 1;
  counted it{config};
  it.world.welcome();
  protocol::http_request request;
  request.session = "token";
  request.query = {{"since", "0"}, {"stream", "stream of ann@example.org"}};
  auto link = std::make_shared<fake_websocket>();
  link->observer = it.world.gateway->on_websocket(request, link);
  it.world.settle();
  CHECK(it.resumes("too_many") == "1");
  link->gone();
  it.world.settle();
}

TEST_CASE("passwords that wait for their hash are counted") {
  counted it;
  const std::string name = R"(convoy_queue_depth{queue="passwords"})";
  it.world.hold(it.world.home->hasher);
  protocol::http_request request;
  request.method = "POST";
  REQUIRE(protocol::parse_target("/api/user/login", request));
  request.body = R"({"email":"ann@example.org","password":"correct horse"})";
  request.content_type = "application/json";
  auto answers = 0;
  it.world.gateway->on_request(request,
                               [&](const protocol::http_response& one) {
                                 CHECK(one.status == 200);
                                 ++answers;
                               });
  it.world.settle();
  CHECK(it.value(name) == "1");
  it.world.let_go(it.world.home->hasher);
  it.world.settle();
  CHECK(answers == 1);
  CHECK(it.value(name) == "0");
}
